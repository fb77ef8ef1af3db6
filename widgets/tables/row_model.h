// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QAbstractTableModel>
#include <QColor>
#include <QIcon>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace heddle::widgets {

/// One field of a table.
struct Cell
{
    QString text;
    QIcon icon = {};
    QColor colour = {}; ///< invalid: the palette's
    QString toolTip = {};
    bool isNumber = false; ///< aligned to the right

    friend bool operator==(const Cell& left, const Cell& right);
};

/// One row of a table: what it shows, and what it stands for.
struct Row
{
    quint64 key = 0; ///< who the row is: selection stays with it when the table changes
    std::vector<Cell> cells;
    std::optional<qint64> time = {}; ///< nanoseconds since the start of the trace
    int line = 0; ///< of the source, from 1; 0: none
    bool isHeading = false; ///< shown bold
};

/// A table of ready-made rows; a new set of rows changes only what differs, so that selection stays.
class RowModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit RowModel(QStringList headers, QObject* parent = nullptr);

    void setHeaders(QStringList headers);
    void setRows(std::vector<Row> rows);
    void appendRows(std::vector<Row> rows);
    void removeFirstRows(int count);
    void clear();

    [[nodiscard]] const Row& row(int index) const
    {
        return m_rows[static_cast<std::size_t>(index)];
    }
    [[nodiscard]] int indexOfKey(quint64 key) const; ///< -1 if there is none

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] bool isOfNumbers(int column) const;
    void resizeTo(std::size_t count);
    void replaceFrom(std::vector<Row>& rows, std::size_t count);

    QStringList m_headers;
    std::vector<Row> m_rows;
};

} // namespace heddle::widgets

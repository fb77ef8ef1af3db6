// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/tables/row_model.h"

#include <QWidget>

#include <map>

class QLabel;
class QStackedLayout;
class QTableView;

namespace heddle::widgets {

/// A table with a sentence in its place while it is empty, saying what fills it.
class TablePanel : public QWidget
{
    Q_OBJECT

public:
    TablePanel(QStringList headers, const QString& hint, QWidget* parent = nullptr);

    void setHint(const QString& hint);

    /// What a screen reader calls it.
    void setName(const QString& name);

    /// Columns share the width that is left; the others are as wide as their content.
    void setStretchColumn(int column);

    /// Makes a column as wide as what is in it, within bounds.
    void fitColumn(int column, int least, int most);

    /// The row with this key becomes the current one, without chosen() being emitted.
    void select(quint64 key);

    [[nodiscard]] RowModel& rows() { return *m_rows; }
    [[nodiscard]] QTableView& table() { return *m_table; }

signals:
    /// A person clicked the row or moved to it with the keys.
    void chosen(const heddle::widgets::Row& row);

    /// A person double-clicked the row or pressed Enter on it.
    void activated(const heddle::widgets::Row& row);

private:
    void buildTable();
    void connectTable();
    void showTableOrHint();

    RowModel* m_rows;
    QTableView* m_table;
    QLabel* m_hint;
    QStackedLayout* m_stack;
    std::map<int, int> m_fitted; ///< widths, by column
    bool m_isSelecting = false;
};

} // namespace heddle::widgets

// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QAbstractItemModel>
#include <QString>

#include <vector>

namespace heddle::widgets {

/// A program that can be opened: from the gallery, or a file used before.
struct LibraryEntry
{
    QString id; ///< of the gallery program, or the path of the file
    QString title;
    QString summary; ///< one line: what it demonstrates, or the folder
    bool isFile = false;
};

/// The gallery by chapter, then the recent files: a tree of two levels.
class LibraryModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role
    {
        IdRole = Qt::UserRole + 1,
        SummaryRole,
        SearchRole,
        IsFileRole
    };

    struct Chapter
    {
        QString title;
        std::vector<LibraryEntry> entries;
    };

    explicit LibraryModel(QObject* parent = nullptr);

    void setChapters(std::vector<Chapter> chapters);

    /// The last chapter; it disappears when there are none.
    void setRecentFiles(const QString& title, std::vector<LibraryEntry> files);

    [[nodiscard]] QModelIndex index(
        int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] const Chapter& chapter(std::size_t index) const;

    std::vector<Chapter> m_chapters;
    Chapter m_recent;
};

} // namespace heddle::widgets

// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/library/library_model.h"

#include <QFont>
#include <QStringBuilder>

namespace heddle::widgets {

LibraryModel::LibraryModel(QObject* parent)
    : QAbstractItemModel(parent)
{
}

void LibraryModel::setChapters(std::vector<Chapter> chapters)
{
    beginResetModel();
    m_chapters = std::move(chapters);
    endResetModel();
}

void LibraryModel::setRecentFiles(const QString& title, std::vector<LibraryEntry> files)
{
    beginResetModel();
    m_recent = {title, std::move(files)};
    endResetModel();
}

const LibraryModel::Chapter& LibraryModel::chapter(std::size_t index) const
{
    return index < m_chapters.size() ? m_chapters[index] : m_recent;
}

QModelIndex LibraryModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    // Entries carry the number of their chapter plus one, chapters 0.
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex LibraryModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, quintptr{0});
}

int LibraryModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_chapters.size()) + (m_recent.entries.empty() ? 0 : 1);
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(chapter(static_cast<std::size_t>(parent.row())).entries.size());
}

int LibraryModel::columnCount(const QModelIndex& /*parent*/) const
{
    return 1;
}

QVariant LibraryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() == 0) {
        const Chapter& shown = chapter(static_cast<std::size_t>(index.row()));
        return role == Qt::DisplayRole ? QVariant(shown.title) : QVariant();
    }
    const Chapter& of = chapter(index.internalId() - 1);
    const LibraryEntry& entry = of.entries[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return entry.title;
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
    case SummaryRole:
        return entry.summary;
    case IdRole:
        return entry.id;
    case IsFileRole:
        return entry.isFile;
    case SearchRole:
        return QString(entry.title % u' ' % entry.summary % u' ' % entry.id % u' ' % of.title);
    default:
        return {};
    }
}

} // namespace heddle::widgets

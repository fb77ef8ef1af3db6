// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/tables/row_model.h"

#include <QFont>

#include <algorithm>
#include <iterator>

namespace heddle::widgets {

bool operator==(const Cell& left, const Cell& right)
{
    return left.text == right.text && left.icon.cacheKey() == right.icon.cacheKey()
        && left.colour == right.colour && left.toolTip == right.toolTip
        && left.isNumber == right.isNumber;
}

RowModel::RowModel(QStringList headers, QObject* parent)
    : QAbstractTableModel(parent)
    , m_headers(std::move(headers))
{
}

void RowModel::setHeaders(QStringList headers)
{
    Q_ASSERT(headers.size() == m_headers.size());
    m_headers = std::move(headers);
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void RowModel::setRows(std::vector<Row> rows)
{
    const std::size_t common = std::min(rows.size(), m_rows.size());
    const bool sameKeys =
        std::equal(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(common), m_rows.begin(),
            [](const Row& left, const Row& right) { return left.key == right.key; });
    if (!sameKeys) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    const std::size_t before = m_rows.size();
    if (before > rows.size())
        resizeTo(rows.size());
    replaceFrom(rows, common);
    if (rows.size() > before) {
        rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(common));
        appendRows(std::move(rows));
    }
}

void RowModel::resizeTo(std::size_t count)
{
    beginRemoveRows({}, static_cast<int>(count), static_cast<int>(m_rows.size()) - 1);
    m_rows.resize(count);
    endRemoveRows();
}

void RowModel::replaceFrom(std::vector<Row>& rows, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        const bool changed = rows[i].cells != m_rows[i].cells;
        m_rows[i] = rows[i];
        if (changed)
            emit dataChanged(
                index(static_cast<int>(i), 0), index(static_cast<int>(i), columnCount() - 1));
    }
}

void RowModel::appendRows(std::vector<Row> rows)
{
    if (rows.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(rows.size()) - 1);
    m_rows.insert(
        m_rows.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    endInsertRows();
}

void RowModel::removeFirstRows(int count)
{
    if (count <= 0)
        return;
    beginRemoveRows({}, 0, count - 1);
    m_rows.erase(m_rows.begin(), m_rows.begin() + count);
    endRemoveRows();
}

void RowModel::clear()
{
    setRows({});
}

int RowModel::indexOfKey(quint64 key) const
{
    const auto found = std::find_if(
        m_rows.begin(), m_rows.end(), [key](const Row& row) { return row.key == key; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int RowModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RowModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_headers.size());
}

QVariant RowModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& shown = row(index.row());
    const auto column = static_cast<std::size_t>(index.column());
    if (column >= shown.cells.size())
        return {};
    const Cell& cell = shown.cells[column];
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::ToolTipRole:
        return cell.toolTip.isEmpty() ? cell.text : cell.toolTip;
    case Qt::DecorationRole:
        return cell.icon.isNull() ? QVariant() : QVariant(cell.icon);
    case Qt::ForegroundRole:
        return cell.colour.isValid() ? QVariant(cell.colour) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(cell.isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::FontRole: {
        QFont bold;
        bold.setBold(true);
        return shown.isHeading ? QVariant(bold) : QVariant();
    }
    default:
        return {};
    }
}

QVariant RowModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_headers.size())
        return {};
    if (role == Qt::DisplayRole)
        return m_headers[section];
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment(isOfNumbers(section) ? Qt::AlignRight : Qt::AlignLeft)
            | Qt::AlignVCenter);
    return {};
}

/// The head of a column stands where its cells do; the first row tells for all.
bool RowModel::isOfNumbers(int column) const
{
    const auto place = static_cast<std::size_t>(column);
    return !m_rows.empty() && place < m_rows.front().cells.size()
        && m_rows.front().cells[place].isNumber;
}

} // namespace heddle::widgets

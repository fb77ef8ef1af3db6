// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/events/event_model.h"

#include "widgets/shared/state_colours.h"

#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <utility>

namespace heddle::widgets {

namespace {

constexpr std::size_t kPageSize = 128;
constexpr std::size_t kMostPages = 64;
constexpr std::int64_t kMomentsTold = 100'000; ///< of the listed stretch, apart from one another
constexpr int kSwatch = 12;

} // namespace

EventModel::EventModel(QObject* parent)
    : QAbstractTableModel(parent)
    , m_headers(kEventColumnCount)
{
}

void EventModel::setHeaders(QStringList headers)
{
    m_headers = std::move(headers);
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void EventModel::setScheme(ColourScheme scheme)
{
    m_scheme = scheme;
    noteGrowth();
}

void EventModel::clear()
{
    beginResetModel();
    m_list.reset();
    m_arranged.reset();
    m_words.reset();
    m_pages.clear();
    m_first = 0;
    endResetModel();
}

void EventModel::show(std::shared_ptr<const EventList> list, const EventOrder& order,
    std::optional<ArrangedEvents> arranged)
{
    beginResetModel();
    const bool isOfSameTrace = m_list && m_list->trace() == list->trace();
    m_list = std::move(list);
    if (!isOfSameTrace) {
        m_words = std::make_unique<EventWords>(m_list->trace());
        m_times = TraceTimes(*m_list->trace());
        m_first = 0;
    }
    if (m_order != order)
        m_first = 0;
    m_order = order;
    m_arranged = std::move(arranged);
    m_pages.clear();
    m_first = std::min(m_first, reachable() - std::min(reachable(), kMostRows));
    endResetModel();
}

void EventModel::noteGrowth()
{
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

std::size_t EventModel::total() const
{
    return m_arranged ? m_arranged->matching : reachable();
}

/// Events that a row can be had of.
std::size_t EventModel::reachable() const
{
    return !m_list ? 0 : m_arranged ? m_arranged->places.size() : m_list->size();
}

bool EventModel::isReversed() const
{
    return !m_arranged && m_order.direction == Qt::DescendingOrder;
}

EventPlace EventModel::placeAt(std::size_t number) const
{
    if (m_arranged)
        return m_arranged->places[number];
    if (isReversed())
        number = reachable() - 1 - number;
    const std::size_t page = number / kPageSize;
    auto found = m_pages.find(page);
    if (found == m_pages.end()) {
        if (m_pages.size() >= kMostPages)
            m_pages.clear();
        found = m_pages.emplace(page, m_list->places(page * kPageSize, kPageSize)).first;
    }
    return found->second[number % kPageSize];
}

std::optional<std::size_t> EventModel::numberOf(const EventPlace& place) const
{
    if (!m_list)
        return std::nullopt;
    if (!m_arranged) {
        const std::optional<std::size_t> row = m_list->rowOf(place);
        return row && isReversed() ? std::optional(reachable() - 1 - *row) : row;
    }
    const auto& places = m_arranged->places;
    const auto found = std::find(places.begin(), places.end(), place);
    return found == places.end() ? std::nullopt
                                 : std::optional(static_cast<std::size_t>(found - places.begin()));
}

ListedEvent EventModel::eventAt(int row) const
{
    return m_list->event(placeAt(m_first + static_cast<std::size_t>(row)));
}

int EventModel::bring(const EventPlace& place)
{
    const std::optional<std::size_t> number = numberOf(place);
    if (!number)
        return -1;
    if (*number < m_first || *number >= m_first + kMostRows) {
        beginResetModel();
        m_first = std::min(*number - std::min(*number, kMostRows / 2),
            reachable() - std::min(reachable(), kMostRows));
        endResetModel();
    }
    return static_cast<int>(*number - m_first);
}

int EventModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(std::min(reachable() - m_first, kMostRows));
}

int EventModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : kEventColumnCount;
}

QString EventModel::text(const ListedEvent& event, EventColumn column) const
{
    switch (column) {
    case EventColumn::Time: {
        const EventSpan& span = m_list->span();
        return m_times.moment(
            event.begin(), std::max<std::int64_t>(1, (span.to - span.from) / kMomentsTold));
    }
    case EventColumn::Lane:
        return m_words->lane(event.place.lane);
    case EventColumn::Event:
        return m_words->event(event);
    case EventColumn::State:
        return m_words->state(event);
    case EventColumn::Duration:
        return event.kind == ListedEvent::Kind::Slice ? m_times.duration(event.duration())
                                                      : QString();
    case EventColumn::Line:
        return event.line() > 0 ? QString::number(event.line()) : QString();
    }
    return {};
}

/// Colour and pattern of the state, as in the timeline.
QVariant EventModel::swatch(const ListedEvent& event) const
{
    if (event.kind != ListedEvent::Kind::Slice)
        return {};
    QPixmap pixmap(kSwatch, kSwatch);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.fillRect(pixmap.rect(), stateBrush(event.slice.state, m_scheme));
    return pixmap;
}

QVariant EventModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const auto column = static_cast<EventColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(eventAt(index.row()), column);
    case Qt::ToolTipRole:
        return m_words->all(eventAt(index.row()));
    case Qt::DecorationRole:
        return column == EventColumn::Event ? swatch(eventAt(index.row())) : QVariant();
    case Qt::TextAlignmentRole:
        return headerData(index.column(), Qt::Horizontal, role);
    default:
        return {};
    }
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_headers.size())
        return {};
    const auto column = static_cast<EventColumn>(section);
    const bool isNumber = column == EventColumn::Time || column == EventColumn::Duration
        || column == EventColumn::Line;
    if (role == Qt::DisplayRole)
        return m_headers[section];
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment(isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

} // namespace heddle::widgets

// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/event_list.h"

#include <QString>

#include <stop_token>
#include <vector>

namespace heddle::widgets {

enum class EventColumn
{
    Time,
    Lane,
    Event,
    State,
    Duration,
    Line
};
inline constexpr int kEventColumnCount = 6;

/// Which events of a list are shown, and in which order.
struct EventOrder
{
    QString words; ///< each in the lane, the event or the state; empty: all
    EventColumn column = EventColumn::Time;
    Qt::SortOrder direction = Qt::AscendingOrder;

    /// Whether it is that of the list (or the opposite): nothing is to be worked out.
    [[nodiscard]] bool isOfList() const { return words.isEmpty() && column == EventColumn::Time; }
    friend bool operator==(const EventOrder&, const EventOrder&) = default;
};

/// The events that an order brings to the top.
struct ArrangedEvents
{
    std::vector<EventPlace> places;
    std::size_t matching = 0; ///< how many there are, if all were kept
};

/// Looks through the list for what matches, and keeps the first `limit` of it.
///
/// Those that are equal in the column stay in the order of time.
///
/// Threads: any thread; long over large lists, so not the GUI's.
[[nodiscard]] ArrangedEvents arrange(
    const EventList& list, const EventOrder& order, std::size_t limit, const std::stop_token& stop);

} // namespace heddle::widgets

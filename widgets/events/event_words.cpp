// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/events/event_words.h"

#include "widgets/shared/state_colours.h"

#include <utility>

namespace heddle::widgets {

EventWords::EventWords(std::shared_ptr<const Trace> trace)
    : m_trace(std::move(trace))
    , m_slices(m_trace)
{
    readLanes();
}

void EventWords::readLanes()
{
    std::int64_t rank = 0;
    for (const Lane& lane : m_trace->lanes())
        m_lanes[lane.id.value] = {QString::fromStdString(lane.name), ++rank};
}

EventWords::KnownLane& EventWords::known(LaneId lane)
{
    const auto found = m_lanes.find(lane.value);
    if (found != m_lanes.end())
        return found->second;
    readLanes(); // it has come meanwhile
    return m_lanes[lane.value];
}

const QString& EventWords::lane(LaneId lane)
{
    return known(lane).name;
}

std::int64_t EventWords::rank(LaneId lane)
{
    return known(lane).rank;
}

QString EventWords::event(const ListedEvent& event)
{
    switch (event.kind) {
    case ListedEvent::Kind::Moment:
        return m_slices.description(event.moment);
    case ListedEvent::Kind::Sample:
        return tr("level %1").arg(event.sample.value);
    case ListedEvent::Kind::Slice:
        break;
    }
    const QString& label = m_slices.label(event.slice, event.track);
    switch (event.track) {
    case TrackKind::Scheduler:
        return tr("system: %1", "what the scheduler of the system did").arg(label);
    case TrackKind::Holder:
        return tr("held by %1").arg(label);
    default:
        return label;
    }
}

QString EventWords::state(const ListedEvent& event) const
{
    return event.kind == ListedEvent::Kind::Slice ? stateWord(event.slice.state) : QString();
}

QString EventWords::all(const ListedEvent& event)
{
    if (event.kind == ListedEvent::Kind::Slice)
        return m_slices.description(event.slice, event.track);
    return this->event(event).toHtmlEscaped();
}

} // namespace heddle::widgets

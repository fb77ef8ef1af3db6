// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/object_lane.h"

#include <algorithm>

namespace heddle {

ObjectLane::ObjectLane(TraceWriter& writer, LaneId lane)
    : m_writer(writer)
    , m_lane(lane)
{
}

bool ObjectLane::isLock() const
{
    return m_kind == PrimitiveKind::Mutex || m_kind == PrimitiveKind::RecursiveMutex
        || m_kind == PrimitiveKind::ReadWriteLock || m_kind == PrimitiveKind::Semaphore;
}

bool ObjectLane::keep(const TraceEvent& event)
{
    m_kept.push_back(event);
    m_kept.back().time =
        std::min<std::uint64_t>(event.time, static_cast<std::uint64_t>(TraceWriter::kLatest));
    return m_kept.size() == 1;
}

bool ObjectLane::flush(std::int64_t until, const NameOfActor& nameOfActor)
{
    const auto earlier = [](const TraceEvent& left, const TraceEvent& right) {
        return left.time < right.time;
    };
    if (!std::is_sorted(m_kept.begin(), m_kept.end(), earlier))
        std::stable_sort(m_kept.begin(), m_kept.end(), earlier);
    std::size_t done = 0;
    while (done < m_kept.size() && static_cast<std::int64_t>(m_kept[done].time) <= until)
        take(m_kept[done++], nameOfActor);
    m_kept.erase(m_kept.begin(), m_kept.begin() + static_cast<std::ptrdiff_t>(done));
    if (done > 0)
        publishOpen();
    return !m_kept.empty();
}

void ObjectLane::take(const TraceEvent& kept, const NameOfActor& nameOfActor)
{
    TraceEvent event = kept;
    if (static_cast<std::int64_t>(event.time) < m_last) {
        m_writer.mark(m_lane, m_last, "an event came late and was moved");
        event.time = static_cast<std::uint64_t>(m_last);
    }
    m_last = static_cast<std::int64_t>(event.time);
    switch (event.kind) {
    case EventKind::Has:
        has(event, nameOfActor);
        break;
    case EventKind::Released:
        released(event);
        break;
    case EventKind::Level:
        if (!m_level)
            m_level = m_writer.addTrack(m_lane, TrackKind::Level, 0);
        m_writer.addSample(m_level, {m_last, static_cast<std::int64_t>(event.value)});
        break;
    case EventKind::Notified:
        addMoment(Moment::Kind::Notified, event, {});
        break;
    case EventKind::WasSet:
        addMoment(Moment::Kind::WasSet, event, {});
        break;
    case EventKind::WasCleared:
        addMoment(Moment::Kind::WasCleared, event, {});
        break;
    case EventKind::BarrierTripped:
        addMoment(Moment::Kind::Marked, event, m_writer.ownName("tripped"));
        break;
    case EventKind::BarrierBroken:
        addMoment(Moment::Kind::Marked, event, m_writer.ownName("broken"));
        break;
    default:
        m_writer.mark(m_lane, m_last, "an event of an unknown kind");
        break;
    }
}

std::size_t ObjectLane::holdOf(ActorId actor) const
{
    std::size_t hold = 0;
    while (hold < m_holds.size() && m_holds[hold].actor != actor)
        ++hold;
    return hold;
}

void ObjectLane::has(const TraceEvent& event, const NameOfActor& nameOfActor)
{
    if (!isLock())
        return;
    const ActorId actor{event.lane};
    const bool isSemaphore = m_kind == PrimitiveKind::Semaphore;
    const bool isShared =
        isSemaphore || (m_kind == PrimitiveKind::ReadWriteLock && event.value == 'r');
    const std::uint64_t units = isSemaphore ? std::max<std::uint64_t>(event.value, 1) : 1;
    const std::size_t own = holdOf(actor);
    if (own < m_holds.size() && m_kind != PrimitiveKind::Mutex) {
        m_holds[own].units += units;
        return;
    }
    if (own < m_holds.size()) {
        m_writer.mark(m_lane, m_last, "taken again without a release");
        end(own, m_last);
    }
    if (!isSemaphore)
        cutForeignHolds(actor, isShared, m_last);
    if (std::erase(m_cut, actor) > 0)
        m_writer.mark(m_lane, m_last, "a hold ended without a release");
    begin(event, nameOfActor(actor), isShared);
    m_holds.back().units = units;
}

/// Stamps of a release and of the next acquisition may cross by a little: the new holder is believed.
void ObjectLane::cutForeignHolds(ActorId by, bool onlyExclusive, std::int64_t time)
{
    for (std::size_t i = m_holds.size(); i-- > 0;) {
        if (m_holds[i].actor == by || (onlyExclusive && m_holds[i].isShared))
            continue;
        m_cut.push_back(m_holds[i].actor);
        end(i, time);
    }
}

void ObjectLane::released(const TraceEvent& event)
{
    if (!isLock())
        return;
    const ActorId actor{event.lane};
    const bool isSemaphore = m_kind == PrimitiveKind::Semaphore;
    const auto cut = std::find(m_cut.begin(), m_cut.end(), actor);
    std::size_t hold = holdOf(actor);
    if (hold == m_holds.size() && cut != m_cut.end()) {
        m_cut.erase(cut);
        return;
    }
    if (hold == m_holds.size() && !isSemaphore) {
        m_writer.mark(m_lane, m_last, "released by somebody who did not hold it");
        return;
    }
    // Units of a semaphore may be given back by others: the oldest holder's go first.
    std::uint64_t units = isSemaphore ? std::max<std::uint64_t>(event.value, 1) : 1;
    hold = hold == m_holds.size() ? 0 : hold;
    while (hold < m_holds.size() && units > 0) {
        const std::uint64_t part = std::min(units, m_holds[hold].units);
        units -= part;
        m_holds[hold].units -= part;
        if (m_holds[hold].units == 0)
            end(hold, m_last);
        hold = 0;
    }
}

std::size_t ObjectLane::freeTrack()
{
    for (std::size_t track = 0; track < m_holderTracks.size(); ++track) {
        const bool isTaken = std::any_of(m_holds.begin(), m_holds.end(),
            [track](const Hold& hold) { return hold.track == track; });
        if (!isTaken)
            return track;
    }
    const auto depth = static_cast<std::uint8_t>(std::min<std::size_t>(m_holderTracks.size(), 255));
    m_holderTracks.push_back(m_writer.addTrack(m_lane, TrackKind::Holder, depth));
    return m_holderTracks.size() - 1;
}

void ObjectLane::begin(const TraceEvent& event, NameId name, bool isShared)
{
    Hold hold;
    hold.actor = ActorId{event.lane};
    hold.track = freeTrack();
    hold.isShared = isShared;
    hold.slice.begin = m_last;
    hold.slice.state = State::Held;
    hold.slice.line = event.line;
    hold.slice.name = name;
    hold.slice.argument = event.lane;
    hold.slice.argumentIsActor = true;
    m_holds.push_back(hold);
}

void ObjectLane::end(std::size_t hold, std::int64_t time)
{
    Slice slice = m_holds[hold].slice;
    slice.end = time;
    m_writer.addSlice(m_holderTracks[m_holds[hold].track], slice);
    m_holds.erase(m_holds.begin() + static_cast<std::ptrdiff_t>(hold));
}

void ObjectLane::publishOpen()
{
    for (std::size_t track = 0; track < m_holderTracks.size(); ++track) {
        const auto hold = std::find_if(m_holds.begin(), m_holds.end(),
            [track](const Hold& each) { return each.track == track; });
        if (hold == m_holds.end())
            m_writer.clearOpen(m_holderTracks[track]);
        else
            m_writer.setOpen(m_holderTracks[track], hold->slice);
    }
}

void ObjectLane::addMoment(Moment::Kind kind, const TraceEvent& event, NameId name)
{
    Moment moment;
    moment.time = m_last;
    moment.kind = kind;
    moment.line = event.line;
    moment.name = name;
    moment.argument = event.value;
    m_writer.addMoment(m_lane, moment);
}

void ObjectLane::finish(std::int64_t stop)
{
    while (!m_holds.empty())
        end(m_holds.size() - 1, std::max(stop, m_holds.back().slice.begin));
    publishOpen();
}

} // namespace heddle

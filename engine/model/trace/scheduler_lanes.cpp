// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/scheduler_lanes.h"

#include <algorithm>
#include <string>
#include <utility>

namespace heddle {

namespace {

constexpr std::size_t kMostUnknown = 64UL * 1024; ///< switches kept of threads without a name
constexpr std::size_t kMostProcessors = 4096;

std::int64_t timeOf(const TraceEvent& event)
{
    return static_cast<std::int64_t>(
        std::min<std::uint64_t>(event.time, static_cast<std::uint64_t>(TraceWriter::kLatest)));
}

} // namespace

SchedulerLanes::SchedulerLanes(TraceWriter& writer, Actors actors)
    : m_writer(writer)
    , m_actors(std::move(actors))
{
}

void SchedulerLanes::started(ActorId actor, std::uint64_t threadId, std::int64_t time)
{
    m_owners[threadId].push_back({actor, m_actors.nameOf(actor), time, kNever, {}});
    m_threadOf[actor] = threadId;
    m_newlyKnown.push_back(threadId);
    if (!m_anyLane)
        m_anyLane = m_actors.laneOf(actor);
}

void SchedulerLanes::ended(ActorId actor, std::int64_t time)
{
    const auto thread = m_threadOf.find(actor);
    if (thread == m_threadOf.end())
        return;
    for (Owner& owner : m_owners[thread->second]) {
        if (owner.actor == actor && owner.until == kNever)
            owner.until = time;
    }
}

void SchedulerLanes::keep(const TraceEvent& event)
{
    m_kept.push_back(event);
}

/// A thread is on its processor before its actor's first event, and a little beyond its last one.
SchedulerLanes::Owner* SchedulerLanes::ownerAt(std::uint64_t threadId, std::int64_t time)
{
    const auto found = m_owners.find(threadId);
    if (found == m_owners.end() || found->second.empty())
        return nullptr;
    std::vector<Owner>& owners = found->second;
    std::size_t i = 0;
    while (i + 1 < owners.size() && (owners[i + 1].from <= time || owners[i].until < time))
        ++i;
    return &owners[i];
}

void SchedulerLanes::flush(std::int64_t until)
{
    const auto earlier = [](const TraceEvent& left, const TraceEvent& right) {
        return left.time < right.time;
    };
    if (!std::is_sorted(m_kept.begin(), m_kept.end(), earlier))
        std::stable_sort(m_kept.begin(), m_kept.end(), earlier);
    for (const std::uint64_t threadId : std::exchange(m_newlyKnown, {})) {
        const auto unknown = m_unknown.find(threadId);
        if (unknown == m_unknown.end())
            continue;
        m_unknownCount -= unknown->second.size();
        for (const TraceEvent& event : unknown->second)
            takeForActor(event, *ownerAt(threadId, timeOf(event)));
        m_unknown.erase(unknown);
    }
    std::size_t done = 0;
    while (done < m_kept.size() && timeOf(m_kept[done]) <= until)
        take(m_kept[done++]);
    m_kept.erase(m_kept.begin(), m_kept.begin() + static_cast<std::ptrdiff_t>(done));
    for (auto& [threadId, owners] : m_owners) {
        for (Owner& owner : owners) {
            closeIfGone(owner, until);
            publish(owner.strip);
        }
    }
    for (auto& [number, strip] : m_processors)
        publish(strip);
}

/// The end of a process is noticed after it has left its processor: it does not wait since then.
void SchedulerLanes::closeIfGone(Owner& owner, std::int64_t until)
{
    if (owner.until == kNever || owner.until > until)
        return;
    if (owner.strip.isOpen && owner.strip.open.state == State::Blocked)
        change(owner.strip, std::max(owner.until, owner.strip.open.begin), {});
}

void SchedulerLanes::take(const TraceEvent& event)
{
    if (event.kind == EventKind::SwitchesLost) {
        if (m_anyLane)
            m_writer.mark(m_anyLane, timeOf(event),
                "the kernel dropped scheduler records: " + std::to_string(event.value));
        return;
    }
    Owner* owner = ownerAt(event.object, timeOf(event));
    if (owner == nullptr) {
        takeUnknown(event);
        return;
    }
    takeForActor(event, *owner);
    takeForProcessor(event, *owner);
}

void SchedulerLanes::takeUnknown(const TraceEvent& event)
{
    if (m_unknownCount >= kMostUnknown)
        return; // threads that never become actors: the recorder's own, the supervisor's
    m_unknown[event.object].push_back(event);
    ++m_unknownCount;
}

void SchedulerLanes::takeForActor(const TraceEvent& event, Owner& owner)
{
    Strip& strip = owner.strip;
    if (!strip.track) {
        strip.lane = m_actors.laneOf(owner.actor);
        strip.track = m_writer.addTrack(strip.lane, TrackKind::Scheduler, 0);
    }
    const std::int64_t time = timeOf(event);
    Slice next;
    if (event.kind == EventKind::SwitchedIn)
        next.state = State::Running;
    else
        next.state = event.line == 1 ? State::Runnable : State::Blocked;
    if (owner.until <= time && next.state == State::Blocked)
        next.state = State::None; // it has left for good
    change(strip, time, next);
}

SchedulerLanes::Strip* SchedulerLanes::processor(std::uint64_t number)
{
    const auto found = m_processors.find(number);
    if (found != m_processors.end())
        return &found->second;
    if (m_processors.size() >= kMostProcessors)
        return nullptr;
    Lane lane;
    lane.group = LaneGroup::Processors;
    lane.name = "CPU " + std::to_string(number);
    lane.number = static_cast<std::uint32_t>(number);
    Strip& strip = m_processors[number];
    strip.lane = m_writer.addLane(std::move(lane));
    strip.track = m_writer.addTrack(strip.lane, TrackKind::Processor, 0);
    return &strip;
}

void SchedulerLanes::takeForProcessor(const TraceEvent& event, const Owner& owner)
{
    Strip* strip = processor(event.value);
    if (strip == nullptr)
        return;
    Slice next;
    if (event.kind == EventKind::SwitchedIn) {
        next.state = State::Running;
        next.name = owner.name;
        next.argument = owner.actor.value;
        next.argumentIsActor = true;
    } else if (!strip->isOpen || strip->open.argument != owner.actor.value) {
        return; // it ran there since before the first record
    }
    change(*strip, timeOf(event), next);
}

void SchedulerLanes::change(Strip& strip, std::int64_t time, const Slice& next)
{
    if (strip.isOpen && time < strip.open.begin) {
        m_writer.mark(strip.lane, strip.open.begin, "a scheduler record came late and was moved");
        time = strip.open.begin;
    }
    if (strip.isOpen && time > strip.open.begin) {
        strip.open.end = time;
        m_writer.addSlice(strip.track, strip.open);
    }
    strip.open = next;
    strip.open.begin = time;
    strip.isOpen = next.state != State::None;
    strip.isPublished = false;
}

void SchedulerLanes::publish(Strip& strip)
{
    if (strip.isPublished)
        return;
    if (strip.isOpen)
        m_writer.setOpen(strip.track, strip.open);
    else
        m_writer.clearOpen(strip.track);
    strip.isPublished = true;
}

void SchedulerLanes::finish(std::int64_t end)
{
    flush(kNever);
    for (auto& [threadId, owners] : m_owners) {
        for (Owner& owner : owners) {
            if (!owner.strip.track)
                continue;
            change(owner.strip, std::max(std::min(end, owner.until), owner.strip.open.begin), {});
            publish(owner.strip);
        }
    }
    for (auto& [number, strip] : m_processors) {
        change(strip, std::max(end, strip.open.begin), {});
        publish(strip);
    }
}

} // namespace heddle

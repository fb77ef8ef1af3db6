// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/perfetto_reader.h"

#include "engine/model/trace/perfetto_fields.h"

#include <algorithm>

namespace heddle {

using namespace perfetto;

namespace {

constexpr std::size_t kMostTargets =
    64UL * 1024; ///< a lane takes a hundred times its bytes in the file
constexpr std::size_t kDeepest = 64;
constexpr std::size_t kMostFlows = 1024UL * 1024;

} // namespace

void PerfettoReader::takeTrack(const PerfettoTrack& track)
{
    if (m_descriptors.size() >= kMostTargets)
        return;
    m_descriptors[track.uuid] = track;
    if (const Target* target = find(track.uuid); target != nullptr && !target->isOwn) {
        // Described after its first event.
        if (auto lane = m_writer.trace()->lane(target->lane); lane && !track.name.empty()) {
            lane->name = track.name;
            m_writer.setLane(*lane);
        }
    }
}

PerfettoReader::Target* PerfettoReader::find(std::uint64_t uuid)
{
    return m_targetOf.get(uuid);
}

LaneId PerfettoReader::laneFor(std::uint64_t uuid, bool isCounter)
{
    Lane lane;
    lane.name = "track " + std::to_string(uuid);
    lane.group = isCounter ? LaneGroup::Counters : LaneGroup::Actors;
    if (const auto found = m_descriptors.find(uuid); found != m_descriptors.end()) {
        if (!found->second.name.empty())
            lane.name = found->second.name;
        lane.number = found->second.threadId;
    }
    if (!isCounter) {
        lane.actorKind = ActorKind::Foreign;
        lane.actor.value = ++m_actors;
    }
    return m_writer.addLane(std::move(lane));
}

PerfettoReader::Target* PerfettoReader::targetOf(std::uint64_t uuid, bool isCounter)
{
    if (m_last != nullptr
        && m_lastUuid == uuid) // as nearly always: a track's events stand together
        return m_last;
    if (Target* target = find(uuid)) {
        m_lastUuid = uuid;
        return m_last = target;
    }
    if (m_targets.size() >= kMostTargets) {
        ++m_ignored;
        return nullptr;
    }
    m_targets.push_back(std::make_unique<Target>());
    Target* target = m_targets.back().get();
    target->lane = laneFor(uuid, isCounter);
    m_targetOf.set(uuid, target);
    return target;
}

void PerfettoReader::takeEvent(const PerfettoEvent& event, const PerfettoFact& fact)
{
    if (event.isFact) {
        takeFact(fact);
        return;
    }
    const bool isCounter = event.type == event::kTypeCounter;
    if (event.type < event::kTypeSliceBegin || event.type > event::kTypeCounter)
        return;
    Target* target = targetOf(event.track, isCounter);
    if (target == nullptr)
        return;
    const std::int64_t time = std::max<std::int64_t>(0, event.time - m_start);
    if (event.type == event::kTypeSliceBegin)
        begin(*target, event, time);
    else if (event.type == event::kTypeSliceEnd)
        end(*target, time);
    else if (isCounter)
        count(*target, event, time);
    else
        instant(*target, event, time);
    if (event.flow || event.terminatingFlow)
        flow(*target, event, time);
}

Slice PerfettoReader::sliceOf(const PerfettoEvent& event, std::int64_t time)
{
    Slice slice;
    slice.begin = time;
    slice.line = static_cast<std::uint16_t>(event.line);
    slice.state = State::Section;
    slice.name = event.name;
    if (!event.isHeddle)
        return slice;
    const std::uint64_t state = event.category - own::kFirstStateCategory;
    if (state < kStateCount)
        slice.state = static_cast<State>(state);
    if (event.nameIid < own::kFirstName)
        slice.name = {};
    if (event.subject >= own::stringOf(0, false)) {
        const std::uint64_t subject = event.subject - own::stringOf(0, false);
        slice.argument = static_cast<std::uint32_t>(subject >> 1U);
        slice.argumentIsActor = (subject & 1U) != 0;
    }
    return slice;
}

TrackId PerfettoReader::depthTrack(Target& target, std::size_t depth)
{
    if (target.isOwn)
        return target.track;
    while (target.depths.size() <= depth) {
        const auto next = static_cast<std::uint8_t>(target.depths.size());
        target.depths.push_back(m_writer.addTrack(target.lane, TrackKind::Section, next));
    }
    return target.depths[depth];
}

void PerfettoReader::begin(Target& target, const PerfettoEvent& event, std::int64_t time)
{
    if (target.isLevel || target.isSteps || (target.isOwn && !target.track)) {
        m_writer.mark(target.lane, time, "a slice where none can be");
        return;
    }
    if (target.isOwn && !target.open.empty())
        end(target, time);
    if (target.open.size() >= kDeepest) {
        ++target.tooDeep;
        return;
    }
    target.open.push_back(sliceOf(event, time));
}

void PerfettoReader::end(Target& target, std::int64_t time)
{
    if (target.tooDeep > 0) {
        --target.tooDeep;
        return;
    }
    if (target.open.empty()) {
        m_writer.mark(target.lane, time, "a slice ended that had not begun");
        return;
    }
    Slice slice = target.open.back();
    target.open.pop_back();
    slice.end = time;
    m_writer.addSlice(depthTrack(target, target.open.size()), slice);
}

void PerfettoReader::count(Target& target, const PerfettoEvent& event, std::int64_t time)
{
    if (target.isSteps) {
        m_writer.addStep(target.lane, time, static_cast<std::uint16_t>(event.counter));
        return;
    }
    if (target.isOwn && !target.isLevel) {
        m_writer.mark(target.lane, time, "a number where none can be");
        return;
    }
    if (!target.isLevel && !target.depths.empty()) {
        m_writer.mark(target.lane, time, "a number where none can be");
        return;
    }
    if (!target.isLevel) {
        target.track = m_writer.addTrack(target.lane, TrackKind::Level, 0);
        target.isLevel = true;
    }
    m_writer.addSample(target.track, {time, event.counter});
}

void PerfettoReader::instant(Target& target, const PerfettoEvent& event, std::int64_t time)
{
    if (event.isHeddle) {
        ownInstant(target, event, time);
        return;
    }
    Moment moment;
    moment.time = time;
    moment.kind = Moment::Kind::Marked;
    moment.name = event.name;
    m_writer.addMoment(target.lane, moment);
}

void PerfettoReader::ownInstant(const Target& target, const PerfettoEvent& event, std::int64_t time)
{
    const std::uint64_t kind = event.category - own::kFirstMomentCategory;
    if (kind >= kMomentKindCount)
        return; // the end of an edge
    Moment moment;
    moment.time = time;
    moment.kind = static_cast<Moment::Kind>(kind);
    moment.line = static_cast<std::uint16_t>(event.line);
    if (event.nameIid >= own::kFirstName)
        moment.name = event.name;
    moment.argument = event.value;
    m_writer.addMoment(target.lane, moment);
}

/// A flow goes from each event that names it to the next one.
void PerfettoReader::flow(const Target& target, const PerfettoEvent& event, std::int64_t time)
{
    const std::uint64_t id = event.flow ? *event.flow : *event.terminatingFlow;
    const auto found = m_flows.find(id);
    const std::uint64_t kind = event.category - own::kFirstEdgeCategory;
    Edge next;
    next.from = target.lane;
    next.fromTime = time;
    if (event.isHeddle && kind < kEdgeKindCount)
        next.kind = static_cast<Edge::Kind>(kind);
    if (found != m_flows.end()) {
        Edge edge = found->second;
        edge.to = target.lane;
        edge.toTime = time;
        m_writer.addEdge(edge);
        m_flows.erase(found);
    }
    if (event.flow && m_flows.size() < kMostFlows)
        m_flows[id] = next;
}

void PerfettoReader::finish()
{
    const std::int64_t end = std::max(m_end, m_writer.latest());
    for (const auto& target : m_targets) {
        target->tooDeep = 0;
        while (!target->open.empty())
            this->end(*target, std::max(end, target->open.back().begin));
    }
    if (m_ignored > 0)
        m_writer.setProperty("events without a lane", std::to_string(m_ignored));
    m_writer.setEnd(end);
    m_writer.finish();
}

} // namespace heddle

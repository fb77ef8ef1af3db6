// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/trace_builder.h"

#include "engine/model/trace/actor_lane.h"
#include "engine/model/trace/counter_lanes.h"
#include "engine/model/trace/edge_pairs.h"
#include "engine/model/trace/id_table.h"
#include "engine/model/trace/object_lane.h"
#include "engine/model/trace/scheduler_lanes.h"
#include "engine/model/trace/trace_writer.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace heddle {

namespace {

/// Lanes that are made for ids nobody defined: a bound against a broken recording.
constexpr std::size_t kMostUndefined = 4096;

std::int64_t timeOf(const TraceEvent& event)
{
    return static_cast<std::int64_t>(
        std::min<std::uint64_t>(event.time, static_cast<std::uint64_t>(TraceWriter::kLatest)));
}

/// How a process ended is seen by those around it: its own ring does not hold it.
bool isToldByOthers(EventKind kind)
{
    return kind == EventKind::ActorKilled || kind == EventKind::ActorExited
        || kind == EventKind::Reaped || kind == EventKind::Orphaned;
}

} // namespace

/// The lanes that are being built, by the ids of their actors and objects.
struct TraceBuilder::State
{
    struct Actor
    {
        std::unique_ptr<ActorLane> lane;
        NameId name;
        bool isDefined = false;
    };
    struct Object
    {
        std::unique_ptr<ObjectLane> lane;
        bool isDefined = false;
    };

    TraceWriter writer;
    IdTable<Actor> actors;
    IdTable<Object> objects;
    std::size_t undefined = 0;
    std::uint64_t homeless = 0; ///< events of lanes beyond that bound
    SchedulerLanes scheduler;
    CounterLanes counters;
    EdgePairs edges;
    std::vector<TraceEvent>
        ends; ///< of processes, told by others than the process: they wait for flush()
    std::vector<ActorLane*> touched;
    std::vector<ObjectLane*> waiting; ///< objects with events that wait for flush()
    std::uint32_t lastActor = 0;
    ActorLane* lastLane = nullptr;

    State()
        : scheduler(writer,
            {[this](ActorId id) { return laneOf(id); }, [this](ActorId id) { return nameOf(id); }})
        , counters(writer)
        , edges(writer, [this](ActorId id) { return find(id); })
    {
    }

    [[nodiscard]] const ActorLane* find(ActorId id)
    {
        const Actor* found = actors.find(id.value);
        return found == nullptr ? nullptr : found->lane.get();
    }
    [[nodiscard]] LaneId laneOf(ActorId id)
    {
        const ActorLane* lane = find(id);
        return lane == nullptr ? LaneId{} : lane->lane();
    }
    [[nodiscard]] NameId nameOf(ActorId id)
    {
        const Actor* found = actors.find(id.value);
        return found == nullptr ? NameId{} : found->name;
    }

    void defineActor(ActorId id, ActorKind kind, std::string name, bool isDefined);
    void defineObject(ObjectId id, PrimitiveKind kind, std::string name, bool isDefined);
    [[nodiscard]] ActorLane* actor(ActorId id);
    [[nodiscard]] ObjectLane* object(ObjectId id);
    void take(const TraceEvent& event);
    void takeForLane(const TraceEvent& event);
    void takeEnds(std::int64_t until);
    void takeLife(const TraceEvent& event, const ActorLane& lane);
    void takeWait(const TraceEvent& event, const ActorLane& lane);
    void takeForObject(const TraceEvent& event);
    void publishOpen();
    void flush(std::int64_t until);
};

void TraceBuilder::State::defineActor(ActorId id, ActorKind kind, std::string name, bool isDefined)
{
    Actor& actor = actors.at(id.value);
    if (actor.isDefined)
        return;
    Lane lane;
    lane.group = LaneGroup::Actors;
    lane.actor = id;
    lane.actorKind = kind;
    lane.name = std::move(name);
    actor.name = writer.ownName(lane.name);
    if (actor.lane != nullptr) {
        // It was met before it was defined.
        lane.id = actor.lane->lane();
        lane.number = writer.trace()->lane(lane.id)->number;
        writer.setLane(lane);
    } else {
        actor.lane = std::make_unique<ActorLane>(writer, id, writer.addLane(lane));
    }
    actor.lane->setKind(kind);
    actor.isDefined = isDefined;
}

void TraceBuilder::State::defineObject(
    ObjectId id, PrimitiveKind kind, std::string name, bool isDefined)
{
    Object& object = objects.at(id.value);
    if (object.isDefined)
        return;
    Lane lane;
    lane.group = LaneGroup::Objects;
    lane.object = id;
    lane.objectKind = kind;
    lane.name = std::move(name);
    if (object.lane != nullptr) {
        lane.id = object.lane->lane();
        writer.setLane(lane);
    } else {
        object.lane = std::make_unique<ObjectLane>(writer, writer.addLane(lane));
    }
    object.lane->setKind(kind);
    object.isDefined = isDefined;
}

ActorLane* TraceBuilder::State::actor(ActorId id)
{
    if (id.value == lastActor && lastLane != nullptr)
        return lastLane;
    Actor* found = actors.find(id.value);
    if (found == nullptr) {
        if (id.value == 0 || undefined >= kMostUndefined)
            return nullptr;
        ++undefined;
        defineActor(id, ActorKind::Thread, "actor " + std::to_string(id.value), false);
        found = actors.find(id.value);
    }
    lastActor = id.value;
    lastLane = found->lane.get();
    return lastLane;
}

ObjectLane* TraceBuilder::State::object(ObjectId id)
{
    Object* found = objects.find(id.value);
    if (found == nullptr) {
        if (id.value == 0 || undefined >= kMostUndefined)
            return nullptr;
        ++undefined;
        defineObject(id, PrimitiveKind::None, "object " + std::to_string(id.value), false);
        found = objects.find(id.value);
    }
    return found->lane.get();
}

void TraceBuilder::State::take(const TraceEvent& event)
{
    const auto family = static_cast<unsigned>(event.kind) >> 4U;
    if (isToldByOthers(event.kind))
        ends.push_back(event);
    else if (family == 5)
        scheduler.keep(event);
    else if (family == 6)
        counters.keep(event);
    else if (family == 2)
        takeForObject(event);
    else
        takeForLane(event);
}

/// What the process itself recorded before comes first, though it lay in another ring.
void TraceBuilder::State::takeEnds(std::int64_t until)
{
    const auto byTime = [](const TraceEvent& left, const TraceEvent& right) {
        return left.time < right.time;
    };
    std::stable_sort(ends.begin(), ends.end(), byTime);
    const auto rest = std::find_if(ends.begin(), ends.end(),
        [until](const TraceEvent& event) { return timeOf(event) > until; });
    std::for_each(ends.begin(), rest, [this](TraceEvent event) {
        if (event.kind == EventKind::Orphaned) // a lane knows names, and of no other actor
            event.object = nameOf(ActorId{static_cast<std::uint32_t>(event.object)}).value;
        takeForLane(event);
    });
    ends.erase(ends.begin(), rest);
}

void TraceBuilder::State::takeForLane(const TraceEvent& event)
{
    ActorLane* lane = actor(ActorId{event.lane});
    if (lane == nullptr) {
        ++homeless;
        return;
    }
    if (lane->isPublished())
        touched.push_back(lane);
    lane->take(event);
    const auto family = static_cast<unsigned>(event.kind) >> 4U;
    if (family == 0)
        takeLife(event, *lane);
    else if (family == 1)
        takeWait(event, *lane);
    else if (event.kind == EventKind::SignalSent)
        edges.signalled(lane->lane(), ActorId{static_cast<std::uint32_t>(event.object)},
            event.value, timeOf(event));
}

void TraceBuilder::State::takeLife(const TraceEvent& event, const ActorLane& lane)
{
    switch (event.kind) {
    case EventKind::ActorCreated:
        edges.created(
            lane.lane(), ActorId{static_cast<std::uint32_t>(event.object)}, timeOf(event));
        break;
    case EventKind::ActorStarted:
        scheduler.started(lane.actor(), event.value, timeOf(event));
        if (auto own = writer.trace()->lane(lane.lane())) {
            own->number = static_cast<std::uint32_t>(event.value);
            writer.setLane(*own);
        }
        break;
    case EventKind::ActorFinished:
    case EventKind::ActorFailed:
    case EventKind::ActorKilled:
    case EventKind::ActorExited:
        scheduler.ended(lane.actor(), timeOf(event));
        break;
    default:
        break;
    }
}

void TraceBuilder::State::takeWait(const TraceEvent& event, const ActorLane& lane)
{
    const ObjectId object{static_cast<std::uint32_t>(event.object)};
    switch (event.kind) {
    case EventKind::Has:
        if ((event.object & kActorFlag) != 0)
            edges.joined(lane.lane(), ActorId{object.value}, timeOf(event));
        else
            takeForObject(event);
        break;
    case EventKind::Released:
        takeForObject(event);
        break;
    case EventKind::HandedOver:
        edges.handedOver(
            lane.lane(), ActorId{static_cast<std::uint32_t>(event.value)}, object, timeOf(event));
        break;
    default:
        break;
    }
}

void TraceBuilder::State::takeForObject(const TraceEvent& event)
{
    ObjectLane* lane = object(ObjectId{static_cast<std::uint32_t>(event.object)});
    if (lane == nullptr)
        ++homeless;
    else if (lane->keep(event))
        waiting.push_back(lane);
}

void TraceBuilder::State::publishOpen()
{
    for (ActorLane* lane : touched) {
        if (!lane->isPublished())
            lane->publishOpen();
    }
    touched.clear();
}

void TraceBuilder::State::flush(std::int64_t until)
{
    takeEnds(until);
    publishOpen();
    const auto name = [this](ActorId id) { return nameOf(id); };
    std::erase_if(waiting, [&](ObjectLane* lane) { return !lane->flush(until, name); });
    scheduler.flush(until);
    counters.flush(until);
    edges.flush(until);
}

TraceBuilder::TraceBuilder()
    : m_state(std::make_unique<State>())
{
}

TraceBuilder::~TraceBuilder() = default;

std::shared_ptr<const Trace> TraceBuilder::trace() const
{
    return m_state->writer.trace();
}

void TraceBuilder::defineName(NameId id, std::string text)
{
    m_state->writer.defineName(id, std::move(text));
}

void TraceBuilder::defineActor(ActorId id, ActorKind kind, std::string name)
{
    if (id)
        m_state->defineActor(id, kind, std::move(name), true);
}

void TraceBuilder::defineObject(ObjectId id, PrimitiveKind kind, std::string name)
{
    if (id)
        m_state->defineObject(id, kind, std::move(name), true);
}

void TraceBuilder::append(std::span<const TraceEvent> events)
{
    for (const TraceEvent& event : events)
        m_state->take(event);
    m_state->publishOpen();
}

void TraceBuilder::setEnd(std::int64_t moment)
{
    m_state->flush(moment);
    m_state->writer.setEnd(moment);
}

void TraceBuilder::setRecorder(const RecorderFigures& figures)
{
    m_state->writer.setRecorder(figures);
}

void TraceBuilder::setProperty(const std::string& key, const std::string& value)
{
    m_state->writer.setProperty(key, value);
}

void TraceBuilder::finish()
{
    State& state = *m_state;
    state.flush(std::numeric_limits<std::int64_t>::max());
    const std::int64_t end = std::max(state.writer.latest(), trace()->end());
    state.writer.setEnd(end);
    state.actors.forEach([end](State::Actor& actor) { actor.lane->finish(end); });
    state.objects.forEach([end](State::Object& object) { object.lane->finish(end); });
    state.scheduler.finish(end);
    state.edges.flush(end);
    if (state.homeless > 0)
        state.writer.setProperty("events without a lane", std::to_string(state.homeless));
    state.writer.finish();
}

LaneId TraceBuilder::addLane(Lane lane)
{
    return m_state->writer.addLane(std::move(lane));
}

TrackId TraceBuilder::addTrack(LaneId lane, TrackKind kind, std::uint8_t depth)
{
    return m_state->writer.addTrack(lane, kind, depth);
}

void TraceBuilder::addSlice(TrackId track, const Slice& slice)
{
    m_state->writer.addSlice(track, slice);
}

void TraceBuilder::addMoment(LaneId lane, const Moment& moment)
{
    m_state->writer.addMoment(lane, moment);
}

void TraceBuilder::addSample(TrackId track, Sample sample)
{
    m_state->writer.addSample(track, sample);
}

void TraceBuilder::addEdge(const Edge& edge)
{
    m_state->writer.addEdge(edge);
}

} // namespace heddle

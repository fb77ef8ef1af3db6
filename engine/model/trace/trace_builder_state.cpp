// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/trace_builder_state.h"

#include <algorithm>
#include <string>
#include <utility>

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
        || kind == EventKind::Reaped || isSeenFromOutside(kind);
}

} // namespace

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

void TraceBuilder::State::append(std::span<const TraceEvent> events)
{
    for (const TraceEvent& event : events)
        take(event);
    publishOpen();
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

} // namespace heddle

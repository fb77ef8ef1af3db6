// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/wait_graph.h"

#include "engine/model/trace/track.h"
#include "engine/model/trace/wait_cycles.h"

#include <algorithm>
#include <unordered_map>

namespace heddle {

namespace {

bool isWait(State state)
{
    return state >= State::WaitLock && state <= State::WaitSignal;
}

/// The slice of the lane's first track of a kind at `time`.
std::optional<Slice> sliceAt(
    const Trace& trace, const Lane& lane, TrackKind kind, std::int64_t time)
{
    for (const TrackId id : lane.tracks) {
        const Track* track = trace.track(id);
        if (track->kind() == kind)
            return track->at(time);
    }
    return std::nullopt;
}

ActorMoment actorAt(const Trace& trace, const Lane& lane, std::int64_t time)
{
    ActorMoment actor;
    actor.actor = lane.actor;
    actor.name = lane.name;
    if (const auto scheduler = sliceAt(trace, lane, TrackKind::Scheduler, time))
        actor.schedulerState = scheduler->state;
    const auto slice = sliceAt(trace, lane, TrackKind::Activity, time);
    if (!slice)
        return actor;
    actor.state = slice->state;
    actor.since = slice->begin;
    actor.line = slice->line;
    if (!isWait(slice->state)) {
        if (const std::uint16_t line = trace.stepLineAt(lane.id, time); line != 0)
            actor.line = line;
    } else if (slice->argumentIsActor) {
        actor.waitsForActor.value = slice->argument;
    } else {
        actor.waitsFor.value = slice->argument;
    }
    return actor;
}

ObjectMoment objectAt(const Trace& trace, const Lane& lane, std::int64_t time)
{
    ObjectMoment object;
    object.object = lane.object;
    object.name = lane.name;
    object.kind = lane.objectKind;
    for (const TrackId id : lane.tracks) {
        const Track* track = trace.track(id);
        if (track->kind() == TrackKind::Holder) {
            if (const auto held = track->at(time))
                object.holders.push_back(ActorId{held->argument});
        } else if (track->kind() == TrackKind::Level) {
            object.hasLevel = true;
            object.level = track->levelAt(time);
        }
    }
    return object;
}

/// Fills in what follows from the others: queues, holders of what is waited for, what each holds.
void connect(WaitGraph& graph)
{
    std::unordered_map<ObjectId, ObjectMoment*> objects;
    std::unordered_map<ActorId, ActorMoment*> actors;
    for (ObjectMoment& object : graph.objects)
        objects[object.object] = &object;
    for (ActorMoment& actor : graph.actors)
        actors[actor.actor] = &actor;

    std::vector<const ActorMoment*> waiting;
    for (ActorMoment& actor : graph.actors) {
        const auto object = objects.find(actor.waitsFor);
        if (!actor.waitsFor || object == objects.end())
            continue;
        actor.heldBy = object->second->holders;
        waiting.push_back(&actor);
    }
    std::stable_sort(
        waiting.begin(), waiting.end(), [](const ActorMoment* left, const ActorMoment* right) {
            return left->since < right->since;
        });
    for (const ActorMoment* actor : waiting)
        objects[actor->waitsFor]->queue.push_back(actor->actor);
    for (const ObjectMoment& object : graph.objects) {
        for (const ActorId holder : object.holders) {
            if (const auto actor = actors.find(holder); actor != actors.end())
                actor->second->holds.push_back(object.object);
        }
    }
}

} // namespace

WaitGraph waitGraphAt(const Trace& trace, std::int64_t time)
{
    WaitGraph graph;
    graph.time = time;
    for (const Lane& lane : trace.lanes()) {
        if (lane.group == LaneGroup::Actors)
            graph.actors.push_back(actorAt(trace, lane, time));
        else if (lane.group == LaneGroup::Objects)
            graph.objects.push_back(objectAt(trace, lane, time));
    }
    connect(graph);
    graph.cycles = findWaitCycles(graph);
    return graph;
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/actor_lane.h"
#include "engine/model/trace/counter_lanes.h"
#include "engine/model/trace/edge_pairs.h"
#include "engine/model/trace/id_table.h"
#include "engine/model/trace/object_lane.h"
#include "engine/model/trace/scheduler_lanes.h"
#include "engine/model/trace/trace_builder.h"
#include "engine/model/trace/trace_writer.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace heddle {

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
    void append(std::span<const TraceEvent> events);
    void take(const TraceEvent& event);
    void takeForLane(const TraceEvent& event);
    void takeEnds(std::int64_t until);
    void takeLife(const TraceEvent& event, const ActorLane& lane);
    void takeWait(const TraceEvent& event, const ActorLane& lane);
    void takeForObject(const TraceEvent& event);
    void publishOpen();
    void flush(std::int64_t until);
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/locks.h"
#include "engine/model/trace/edge_store.h"
#include "engine/model/trace/growing_array.h"
#include "engine/model/trace/level_store.h"
#include "engine/model/trace/trace.h"
#include "engine/model/trace/track.h"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace heddle {

/// The part of a lane that grows: moments, and the lines of its steps.
struct LaneStore
{
    GrowingArray<Moment, 2, 12> moments;
    LevelStore steps; ///< value: line
    GrowingArray<StepOperation, 4, 12> operations;
};

/// What a trace is made of; the TraceWriter fills it.
struct Trace::Store
{
    std::atomic<std::int64_t> end{0};
    std::atomic<bool> isLive{true};
    std::atomic<std::uint64_t> layoutGeneration{0};

    // Grow without a lock; elements are owned by the vectors below.
    GrowingArray<Track*, 4, 12> tracks; ///< TrackId − 1
    GrowingArray<LaneStore*, 4, 12> laneStores; ///< LaneId − 1
    EdgeStore edges;

    // Small tables, under one lock that is held for a look-up.
    mutable InternalMutex mutex;
    std::vector<Lane> lanes HEDDLE_GUARDED_BY(mutex); ///< LaneId − 1
    std::unordered_map<NameId, std::string> names HEDDLE_GUARDED_BY(mutex);
    std::unordered_map<ActorId, LaneId> laneOfActor HEDDLE_GUARDED_BY(mutex);
    std::unordered_map<ObjectId, LaneId> laneOfObject HEDDLE_GUARDED_BY(mutex);
    std::map<std::string, std::string> properties HEDDLE_GUARDED_BY(mutex);
    RecorderFigures recorder HEDDLE_GUARDED_BY(mutex);

    // The writer's.
    std::vector<std::unique_ptr<Track>> ownTracks;
    std::vector<std::unique_ptr<LaneStore>> ownLaneStores;
};

} // namespace heddle

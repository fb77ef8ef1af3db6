// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/level_store.h"
#include "engine/model/trace/open_slice.h"
#include "engine/model/trace/slice_store.h"
#include "engine/model/trace/track.h"

#include <atomic>
#include <cstdint>

namespace heddle {

/// What a track is made of; the TraceWriter fills it.
struct Track::Store
{
    TrackId id;
    LaneId lane;
    TrackKind kind = TrackKind::Activity;
    std::uint8_t depth = 0;
    SliceStore slices;
    LevelStore levels;
    OpenSlice open;
    const std::atomic<std::int64_t>* traceEnd = nullptr; ///< null: the track stands alone

    std::int64_t lastTime = 0; ///< the writer's: end of the last slice, time of the last sample
};

} // namespace heddle

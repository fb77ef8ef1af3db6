// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/duration_index.h"
#include "engine/model/trace/level_store.h"
#include "engine/model/trace/open_slice.h"
#include "engine/model/trace/share_pyramid.h"
#include "engine/model/trace/slice_store.h"
#include "engine/model/trace/track.h"

#include <atomic>
#include <cstdint>
#include <memory>

namespace heddle {

/// What a track is made of; the TraceWriter fills it.
struct Track::Store
{
    TrackId id;
    LaneId lane;
    TrackKind kind = TrackKind::Activity;
    std::uint8_t depth = 0;
    SliceStore slices;
    DurationIndex durations;
    LevelStore levels;
    OpenSlice open;
    const std::atomic<std::int64_t>* traceEnd = nullptr; ///< null: the track stands alone

    /// Null while there are so few slices that looking at each is as fast.
    std::atomic<const SharePyramid*> shares{nullptr};

    /// Adds a finished slice to columns and indexes.
    void append(const Slice& slice);

    // The writer's.
    std::int64_t lastTime = 0; ///< end of the last slice, time of the last sample
    std::unique_ptr<SharePyramid> ownShares;
};

} // namespace heddle

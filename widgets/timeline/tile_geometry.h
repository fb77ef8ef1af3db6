// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace.h"
#include "engine/model/trace/track.h"
#include "widgets/timeline/timeline_coordinates.h"

#include <array>
#include <cstdint>
#include <vector>

namespace heddle::widgets {

/// Names a piece of the timeline: one track, 512 columns of 2^level nanoseconds.
struct TileKey
{
    TrackId track;
    int level = 0;
    std::int64_t index = 0;

    [[nodiscard]] std::int64_t begin() const { return index * tileDuration(level); }
    [[nodiscard]] std::int64_t end() const { return (index + 1) * tileDuration(level); }
    friend bool operator==(const TileKey&, const TileKey&) = default;
};

/// The lowest and highest level within a column; `low > high` where nothing is known.
struct LevelColumn
{
    std::int64_t low = 0;
    std::int64_t high = -1;
};

/// What is to be drawn in a tile, before colours.
struct TileContent
{
    std::vector<Slice> boxes; ///< at least kSmallestBox columns long; drawn sharp, with names
    std::vector<Slice> smallBoxes; ///< three columns or more: plain stretches of colour
    std::vector<StateShares> columns; ///< 512, or none if no column is a stack
    std::vector<bool> isStack; ///< columns that hold slices shorter than three columns
    std::vector<LevelColumn> levels; ///< of a Level track: 512, else none
    std::vector<Moment> moments; ///< of an Activity track's lane, at most kMostMoments
    std::int64_t knownUntil = 0; ///< end of the trace when this was asked
    bool isComplete = false; ///< nothing can be added to it any more
};

inline constexpr int kSmallestBox = 8;
inline constexpr std::size_t kMostMoments = 256;

/// Asks the trace for the content of a tile. Its price depends on the columns, not on the number of slices.
///
/// Threads: any thread.
[[nodiscard]] TileContent tileContent(const Trace& trace, const TileKey& key);

/// How high the parts of a stack are, in the order of StateGroup, in a strip of `height` pixels.
/// Contention and errors that happen at all get at least one pixel; the sum never exceeds `height`.
struct StackHeights
{
    std::array<int, kStateGroupCount> pixels{};
    std::array<bool, kStateGroupCount> isEnlarged{};
};
[[nodiscard]] StackHeights stackHeights(const StateShares& shares, int height);

} // namespace heddle::widgets

// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/timeline/timeline_scene.h"

#include <QPoint>

#include <array>
#include <optional>
#include <stop_token>
#include <vector>

namespace heddle::widgets {

/// The slice under a point of the widget, if any.
[[nodiscard]] std::optional<PlacedSlice> sliceAt(const TimelineScene& scene, const QPoint& point);

/// The slice that follows (or precedes) on the same track; also across gaps.
enum class Direction
{
    Next,
    Previous
};
[[nodiscard]] std::optional<PlacedSlice> neighbourOf(
    const Trace& trace, const PlacedSlice& place, Direction direction);

/// The slice at the other end of the first edge that leaves (Next) or the last that reaches (Previous) the slice.
[[nodiscard]] std::optional<PlacedSlice> acrossEdge(
    const Trace& trace, const PlacedSlice& place, Direction direction);

/// Edges that begin or end in the slice, at most `limit`.
[[nodiscard]] std::vector<Edge> edgesOf(
    const Trace& trace, const PlacedSlice& place, std::size_t limit);

/// The first strip's slice of a lane at a moment.
[[nodiscard]] std::optional<PlacedSlice> sliceOfLane(
    const Trace& trace, LaneId lane, std::int64_t time);

/// The lanes between two heights of the layout, from the top.
[[nodiscard]] std::vector<LaneId> lanesBetween(const LaneLayout& layout, int oneY, int otherY);

/// What the actors did in a selection, summed up exactly.
struct SelectionSums
{
    std::array<std::int64_t, kStateCount> nanoseconds{};
    std::int64_t duration = 0;
    std::size_t actors = 0;
};

/// Sums over the Activity tracks of the selected actors (all, if no lanes are named).
///
/// Threads: any thread.
[[nodiscard]] SelectionSums selectionSums(
    const Trace& trace, const TimelineSelection& selection, const std::stop_token& stop);

} // namespace heddle::widgets

// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace.h"
#include "widgets/shared/theme.h"
#include "widgets/shared/timeline_range.h"
#include "widgets/shared/trace_times.h"
#include "widgets/timeline/lane_layout.h"
#include "widgets/timeline/timeline_coordinates.h"
#include "widgets/timeline/trace_overview.h"

#include <QFont>
#include <QRect>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace heddle::widgets {

/// Where the parts of a timeline lie on its widget (or picture).
///
/// Units:   logical pixels.
struct TimelineFrame
{
    int width = 0;
    int height = 0;
    int headerWidth = 180;
    int minimapHeight = 36;
    int rulerHeight = 24;
    int scrollY = 0;

    [[nodiscard]] int lanesTop() const { return minimapHeight + rulerHeight; }
    [[nodiscard]] int canvasWidth() const { return std::max(1, width - headerWidth); }
    [[nodiscard]] QRect minimap() const { return {headerWidth, 0, canvasWidth(), minimapHeight}; }
    [[nodiscard]] QRect ruler() const
    {
        return {headerWidth, minimapHeight, canvasWidth(), rulerHeight};
    }
    [[nodiscard]] QRect corner() const { return {0, 0, headerWidth, lanesTop()}; }
    [[nodiscard]] QRect headers() const
    {
        return {0, lanesTop(), headerWidth, height - lanesTop()};
    }
    [[nodiscard]] QRect lanes() const
    {
        return {headerWidth, lanesTop(), canvasWidth(), height - lanesTop()};
    }

    /// From the layout's y to the widget's.
    [[nodiscard]] int toWidget(int layoutY) const { return layoutY - scrollY + lanesTop(); }
    [[nodiscard]] int toLayout(int widgetY) const { return widgetY + scrollY - lanesTop(); }
};

/// A slice together with where it is.
struct PlacedSlice
{
    Slice slice;
    TrackId track;
    TrackKind kind = TrackKind::Activity;
    LaneId lane;

    [[nodiscard]] bool isSameAs(const PlacedSlice& other) const
    {
        return track == other.track && slice.begin == other.slice.begin;
    }
};

/// Everything that a picture of the timeline needs to know; the painter adds nothing of its own.
struct TimelineScene
{
    std::shared_ptr<const Trace> trace;
    TraceTimes times; ///< of the trace
    LaneLayout layout;
    TimelineFrame frame;
    TimeScale scale; ///< of the canvas
    std::int64_t extent = 0;
    ColourScheme scheme = ColourScheme::Light;
    QFont font;
    qreal devicePixelRatio = 1.0;
    bool isLive = false;

    std::optional<std::int64_t> cursor;
    TimelineSelection selection;
    std::optional<PlacedSlice> hovered;
    std::optional<PlacedSlice> selected;
    std::vector<Edge> edges; ///< of the selected slice
    std::vector<DeadlockMark> deadlocks;
    std::vector<StateShares> overview; ///< of the minimap: equal parts of [0, overviewEnd)
    std::int64_t overviewEnd = 0;
};

} // namespace heddle::widgets

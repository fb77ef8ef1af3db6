// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace.h"
#include "engine/model/trace/track.h"

#include <cstddef>
#include <set>
#include <vector>

namespace heddle::widgets {

/// One track of a lane as a strip of pixels; `y` counts from the top of the whole layout.
struct StripPlace
{
    TrackId track;
    TrackKind kind = TrackKind::Activity;
    int y = 0;
    int height = 0;
};

struct LanePlace
{
    Lane lane;
    int y = 0;
    int height = 0;
    std::vector<StripPlace> strips;
};

/// The heading of a group of lanes.
struct GroupPlace
{
    LaneGroup group = LaneGroup::Actors;
    int y = 0;
    int height = 0;
    std::size_t laneCount = 0;
    bool isCollapsed = false;
};

/// A lane or the heading of a group: what the keys go over, one after the other.
struct RowPlace
{
    int y = 0;
    int height = 0;
    LaneId lane; ///< 0: a heading
    LaneGroup group = LaneGroup::Actors;

    [[nodiscard]] bool isSameAs(const RowPlace& other) const
    {
        return lane == other.lane && group == other.group;
    }
};

/// Where everything lies from top to bottom, before scrolling.
///
/// Units:   logical pixels.
struct LaneLayout
{
    std::vector<GroupPlace> groups;
    std::vector<LanePlace> lanes; ///< of groups that are not collapsed, from the top
    int height = 0;

    [[nodiscard]] const LanePlace* laneAt(int y) const;
    [[nodiscard]] const LanePlace* laneWith(LaneId id) const;
    [[nodiscard]] const StripPlace* stripAt(int y) const; ///< within its lane the nearest strip
    [[nodiscard]] const GroupPlace* groupAt(int y) const;
    [[nodiscard]] std::vector<RowPlace> rows() const; ///< from the top
};

/// Lays out the lanes of a trace group by group. Groups without lanes are left out.
[[nodiscard]] LaneLayout layOut(const Trace& trace, const std::set<LaneGroup>& collapsed);

} // namespace heddle::widgets

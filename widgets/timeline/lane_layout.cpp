// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/lane_layout.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace heddle::widgets {

namespace {

constexpr int kGroupHeight = 24;
constexpr int kLanePadding = 4;
constexpr int kStripGap = 2;

int heightOf(TrackKind kind)
{
    switch (kind) {
    case TrackKind::Activity:
        return 20;
    case TrackKind::Section:
        return 14;
    case TrackKind::Scheduler:
        return 6;
    case TrackKind::Holder:
        return 18;
    case TrackKind::Processor:
        return 16;
    case TrackKind::Level:
        return 20;
    }
    return 16;
}

// What the program did first, then the kernel's word, then regions by depth, numbers last.
int orderOf(TrackKind kind)
{
    switch (kind) {
    case TrackKind::Activity:
    case TrackKind::Holder:
    case TrackKind::Processor:
        return 0;
    case TrackKind::Scheduler:
        return 1;
    case TrackKind::Section:
        return 2;
    case TrackKind::Level:
        return 3;
    }
    return 3;
}

LanePlace placeLane(const Trace& trace, Lane lane, int y)
{
    LanePlace place{std::move(lane), y, 0, {}};
    std::vector<const Track*> tracks;
    for (const TrackId id : place.lane.tracks) {
        if (const Track* track = trace.track(id))
            tracks.push_back(track);
    }
    std::stable_sort(tracks.begin(), tracks.end(), [](const Track* one, const Track* other) {
        return std::pair(orderOf(one->kind()), one->depth())
            < std::pair(orderOf(other->kind()), other->depth());
    });
    int bottom = y + kLanePadding;
    for (const Track* track : tracks) {
        place.strips.push_back({track->id(), track->kind(), bottom, heightOf(track->kind())});
        bottom += heightOf(track->kind()) + kStripGap;
    }
    const int smallest = heightOf(TrackKind::Activity) + 2 * kLanePadding;
    place.height = std::max(smallest, bottom - kStripGap + kLanePadding - y);
    return place;
}

template <typename Place> const Place* placeAt(const std::vector<Place>& places, int y)
{
    const auto after = std::upper_bound(places.begin(), places.end(), y,
        [](int value, const Place& place) { return value < place.y; });
    if (after == places.begin())
        return nullptr;
    const Place& place = *std::prev(after);
    return y < place.y + place.height ? &place : nullptr;
}

} // namespace

const LanePlace* LaneLayout::laneAt(int y) const
{
    return placeAt(lanes, y);
}

const LanePlace* LaneLayout::laneWith(LaneId id) const
{
    const auto found = std::find_if(
        lanes.begin(), lanes.end(), [id](const LanePlace& place) { return place.lane.id == id; });
    return found == lanes.end() ? nullptr : &*found;
}

const StripPlace* LaneLayout::stripAt(int y) const
{
    const LanePlace* place = laneAt(y);
    if (!place || place->strips.empty())
        return nullptr;
    const auto distance = [y](const StripPlace& strip) {
        return y < strip.y ? strip.y - y : std::max(0, y - (strip.y + strip.height - 1));
    };
    return &*std::min_element(place->strips.begin(), place->strips.end(),
        [&](const auto& one, const auto& other) { return distance(one) < distance(other); });
}

const GroupPlace* LaneLayout::groupAt(int y) const
{
    return placeAt(groups, y);
}

std::vector<RowPlace> LaneLayout::rows() const
{
    std::vector<RowPlace> rows;
    for (const GroupPlace& group : groups)
        rows.push_back({group.y, group.height, {}, group.group});
    for (const LanePlace& place : lanes)
        rows.push_back({place.y, place.height, place.lane.id, place.lane.group});
    std::sort(rows.begin(), rows.end(),
        [](const RowPlace& one, const RowPlace& other) { return one.y < other.y; });
    return rows;
}

LaneLayout layOut(const Trace& trace, const std::set<LaneGroup>& collapsed)
{
    LaneLayout layout;
    const std::vector<Lane> lanes = trace.lanes();
    for (const LaneGroup group :
        {LaneGroup::Actors, LaneGroup::Objects, LaneGroup::Processors, LaneGroup::Counters}) {
        const auto count = static_cast<std::size_t>(std::count_if(
            lanes.begin(), lanes.end(), [group](const Lane& lane) { return lane.group == group; }));
        if (count == 0)
            continue;
        const bool isCollapsed = collapsed.contains(group);
        layout.groups.push_back({group, layout.height, kGroupHeight, count, isCollapsed});
        layout.height += kGroupHeight;
        for (const Lane& lane : lanes) {
            if (lane.group != group || isCollapsed)
                continue;
            layout.lanes.push_back(placeLane(trace, lane, layout.height));
            layout.height += layout.lanes.back().height;
        }
    }
    return layout;
}

} // namespace heddle::widgets

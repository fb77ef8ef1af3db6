// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/timeline_query.h"

#include <algorithm>

namespace heddle::widgets {

namespace {

constexpr std::size_t kMostEdgesAsked = 5000;

std::optional<PlacedSlice> placed(const Track& track, const std::optional<Slice>& slice)
{
    if (!slice)
        return std::nullopt;
    return PlacedSlice{*slice, track.id(), track.kind(), track.lane()};
}

const Track* firstTrackOf(const Trace& trace, LaneId id)
{
    const std::optional<Lane> lane = trace.lane(id);
    if (!lane)
        return nullptr;
    for (const TrackId track : lane->tracks) {
        const Track* found = trace.track(track);
        if (found
            && (found->kind() == TrackKind::Activity || found->kind() == TrackKind::Holder
                || found->kind() == TrackKind::Processor))
            return found;
    }
    return nullptr;
}

} // namespace

std::optional<PlacedSlice> sliceAt(const TimelineScene& scene, const QPoint& point)
{
    if (!scene.frame.lanes().contains(point))
        return std::nullopt;
    const int y = scene.frame.toLayout(point.y());
    const StripPlace* strip = scene.layout.stripAt(y);
    if (!strip || y < strip->y - 3 || y > strip->y + strip->height + 2)
        return std::nullopt;
    const Track* track = scene.trace->track(strip->track);
    if (!track || track->kind() == TrackKind::Level)
        return std::nullopt;
    const std::int64_t time = timeAt(scene.scale, point.x() - scene.frame.headerWidth + 0.5);
    std::optional<Slice> slice = track->at(time);
    if (!slice) { // a thin slice somewhere in this pixel
        const std::int64_t begin = timeAt(scene.scale, point.x() - scene.frame.headerWidth);
        const std::int64_t end = timeAt(scene.scale, point.x() - scene.frame.headerWidth + 1);
        const std::size_t index = track->firstEndingAfter(begin);
        if (index < track->sliceCount() && track->slice(index).begin < end)
            slice = track->slice(index);
    }
    return placed(*track, slice);
}

std::optional<PlacedSlice> neighbourOf(
    const Trace& trace, const PlacedSlice& place, Direction direction)
{
    const Track* track = trace.track(place.track);
    if (!track)
        return std::nullopt;
    const std::size_t count = track->sliceCount();
    // The slice at hand, or where it would be.
    const std::size_t index = track->firstEndingAfter(place.slice.begin);
    if (direction == Direction::Previous) {
        const std::size_t here = std::min(index, count);
        return here == 0 ? std::nullopt : placed(*track, track->slice(here - 1));
    }
    const bool isFinished = index < count && track->slice(index).begin <= place.slice.begin;
    const std::size_t next = isFinished ? index + 1 : index;
    if (next < count)
        return placed(*track, track->slice(next));
    const auto open = track->openSlice();
    return open && open->begin > place.slice.begin ? placed(*track, open) : std::nullopt;
}

std::vector<Edge> edgesOf(const Trace& trace, const PlacedSlice& place, std::size_t limit)
{
    std::vector<Edge> edges = trace.edges(place.slice.begin, place.slice.end, kMostEdgesAsked);
    const auto isElsewhere = [&place](const Edge& edge) {
        const bool leaves = edge.from == place.lane && edge.fromTime >= place.slice.begin
            && edge.fromTime <= place.slice.end;
        const bool reaches = edge.to == place.lane && edge.toTime >= place.slice.begin
            && edge.toTime <= place.slice.end;
        return !leaves && !reaches;
    };
    std::erase_if(edges, isElsewhere);
    if (edges.size() > limit)
        edges.resize(limit);
    return edges;
}

std::optional<PlacedSlice> acrossEdge(
    const Trace& trace, const PlacedSlice& place, Direction direction)
{
    const std::vector<Edge> edges = edgesOf(trace, place, kMostEdgesAsked);
    if (direction == Direction::Next) {
        for (const Edge& edge : edges) {
            if (edge.from == place.lane && edge.to != place.lane)
                return sliceOfLane(trace, edge.to, edge.toTime);
        }
        return std::nullopt;
    }
    for (auto edge = edges.rbegin(); edge != edges.rend(); ++edge) {
        if (edge->to == place.lane && edge->from != place.lane)
            return sliceOfLane(trace, edge->from, edge->fromTime);
    }
    return std::nullopt;
}

std::optional<PlacedSlice> sliceOfLane(const Trace& trace, LaneId lane, std::int64_t time)
{
    const Track* track = firstTrackOf(trace, lane);
    if (!track)
        return std::nullopt;
    if (auto slice = placed(*track, track->at(time)))
        return slice;
    const std::size_t index = track->firstEndingAfter(time);
    return index < track->sliceCount() ? placed(*track, track->slice(index))
                                       : placed(*track, track->openSlice());
}

std::vector<LaneId> lanesBetween(const LaneLayout& layout, int oneY, int otherY)
{
    const auto [top, bottom] = std::minmax(oneY, otherY);
    std::vector<LaneId> lanes;
    for (const LanePlace& place : layout.lanes) {
        if (place.y <= bottom && place.y + place.height > top)
            lanes.push_back(place.lane.id);
    }
    return lanes;
}

SelectionSums selectionSums(
    const Trace& trace, const TimelineSelection& selection, const std::stop_token& stop)
{
    SelectionSums sums;
    sums.duration = (selection.end - selection.begin).count();
    for (const Lane& lane : trace.lanes()) {
        const bool isWanted = selection.lanes.empty()
            || std::find(selection.lanes.begin(), selection.lanes.end(), lane.id)
                != selection.lanes.end();
        const Track* track =
            isWanted && lane.group == LaneGroup::Actors ? firstTrackOf(trace, lane.id) : nullptr;
        if (!track || stop.stop_requested())
            continue;
        ++sums.actors;
        const auto parts = track->sums(selection.begin.count(), selection.end.count());
        for (std::size_t state = 0; state < parts.size(); ++state)
            sums.nanoseconds[state] += parts[state];
    }
    return sums;
}

} // namespace heddle::widgets

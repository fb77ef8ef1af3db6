// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/trace_overview.h"

#include <algorithm>

namespace heddle::widgets {

namespace {

constexpr std::size_t kMomentsAtOnce = 4096;

const Track* activityOf(const Trace& trace, const Lane& lane)
{
    for (const TrackId id : lane.tracks) {
        const Track* track = trace.track(id);
        if (track && track->kind() == TrackKind::Activity)
            return track;
    }
    return nullptr;
}

void findInLane(const Trace& trace, const Lane& lane, std::int64_t from, std::int64_t to,
    std::vector<DeadlockMark>& marks)
{
    while (from <= to) {
        const std::vector<Moment> moments = trace.moments(lane.id, from, to, kMomentsAtOnce);
        for (const Moment& moment : moments) {
            if (moment.kind != Moment::Kind::Deadlocked)
                continue;
            const Track* activity = activityOf(trace, lane);
            const auto wait = activity ? activity->at(moment.time) : std::nullopt;
            marks.push_back({lane.id, wait ? wait->begin : moment.time, moment.time});
        }
        if (moments.size() < kMomentsAtOnce)
            return;
        from = moments.back().time + 1;
    }
}

} // namespace

std::vector<DeadlockMark> deadlockMarks(
    const Trace& trace, std::int64_t from, std::int64_t to, const std::stop_token& stop)
{
    std::vector<DeadlockMark> marks;
    for (const Lane& lane : trace.lanes()) {
        if (stop.stop_requested())
            break;
        if (lane.group == LaneGroup::Actors)
            findInLane(trace, lane, from, to, marks);
    }
    return marks;
}

std::vector<StateShares> overviewShares(
    const Trace& trace, std::int64_t end, std::size_t columns, const std::stop_token& stop)
{
    std::vector<StateShares> total(columns);
    float actors = 0.0F;
    for (const Lane& lane : trace.lanes()) {
        const Track* activity = lane.group == LaneGroup::Actors ? activityOf(trace, lane) : nullptr;
        if (!activity || stop.stop_requested())
            continue;
        actors += 1.0F;
        const std::vector<StateShares> shares = activity->shares(0, end, columns);
        for (std::size_t column = 0; column < std::min(columns, shares.size()); ++column) {
            for (std::size_t group = 0; group < shares[column].share.size(); ++group)
                total[column].share[group] += shares[column].share[group];
            total[column].count += shares[column].count;
        }
    }
    for (StateShares& column : total) {
        for (float& share : column.share)
            share /= std::max(1.0F, actors);
    }
    return total;
}

} // namespace heddle::widgets

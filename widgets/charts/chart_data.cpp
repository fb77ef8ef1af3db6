// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/charts/chart_data.h"

#include "engine/model/trace/statistics.h"
#include "engine/model/trace/track.h"

#include <algorithm>
#include <map>

namespace heddle::widgets {

namespace {

const Track* trackOf(const Trace& trace, const Lane& lane, TrackKind kind)
{
    for (const TrackId id : lane.tracks) {
        const Track* track = trace.track(id);
        if (track && track->kind() == kind)
            return track;
    }
    return nullptr;
}

void add(UtilizationCurves& curves, const std::vector<StateShares>& columns)
{
    for (std::size_t column = 0; column < columns.size(); ++column) {
        for (std::size_t group = 0; group < curves.shares.size(); ++group) {
            const double share = columns[column].share[group];
            curves.shares[group][column] += share;
            curves.isEmpty = curves.isEmpty && share <= 0.0;
        }
    }
}

LevelCurve levelCurve(const Lane& lane, const Track& track, const ChartSpan& span)
{
    LevelCurve curve{lane.name, track.samples(span.from, span.to, span.columns), 0};
    const std::int64_t first = track.levelAt(span.from);
    if (curve.samples.empty() || curve.samples.front().time > span.from)
        curve.samples.insert(curve.samples.begin(), {span.from, first});
    curve.samples.front().time = std::max(curve.samples.front().time, span.from);
    for (const Sample& sample : curve.samples)
        curve.highest = std::max(curve.highest, sample.value);
    curve.samples.push_back({span.to, curve.samples.back().value});
    return curve;
}

} // namespace

UtilizationCurves utilizationCurves(
    const Trace& trace, LaneId lane, const ChartSpan& span, const std::stop_token& stop)
{
    UtilizationCurves curves;
    const double width =
        static_cast<double>(span.to - span.from) / static_cast<double>(span.columns);
    for (std::size_t column = 0; column <= span.columns; ++column)
        curves.times.push_back(
            static_cast<double>(span.from) + width * static_cast<double>(column));
    for (std::vector<double>& shares : curves.shares)
        shares.assign(span.columns + 1, 0.0);
    double actors = 0.0;
    for (const Lane& candidate : trace.lanes()) {
        const bool isWanted =
            candidate.group == LaneGroup::Actors && (!lane || candidate.id == lane);
        const Track* track = isWanted ? trackOf(trace, candidate, TrackKind::Activity) : nullptr;
        if (!track || stop.stop_requested())
            continue;
        actors += 1.0;
        add(curves, track->shares(span.from, span.to, span.columns));
    }
    for (std::vector<double>& shares : curves.shares) {
        for (double& share : shares)
            share /= std::max(1.0, actors);
        shares.back() = shares[span.columns - 1];
    }
    return curves;
}

std::vector<LevelCurve> levelCurves(
    const Trace& trace, const ChartSpan& span, std::size_t limit, const std::stop_token& stop)
{
    std::vector<LevelCurve> curves;
    for (const Lane& lane : trace.lanes()) {
        const Track* track = trackOf(trace, lane, TrackKind::Level);
        if (track && track->sampleCount() > 0 && !stop.stop_requested())
            curves.push_back(levelCurve(lane, *track, span));
    }
    std::stable_sort(curves.begin(), curves.end(),
        [](const LevelCurve& one, const LevelCurve& other) { return one.highest > other.highest; });
    if (curves.size() > limit)
        curves.resize(limit);
    return curves;
}

std::vector<WaitBar> waitBars(
    const Trace& trace, const ChartSpan& span, std::size_t limit, const std::stop_token& stop)
{
    std::map<std::string, WaitBar> byObject;
    const TraceStatistics all = statistics(trace, span.from, span.to, stop);
    for (const LaneStatistics& lane : all.lanes) {
        if (lane.group != LaneGroup::Actors)
            continue;
        for (const WaitStatistics& wait : lane.waits) {
            WaitBar& bar = byObject[wait.object];
            bar.object = wait.object;
            bar.totalNanoseconds += wait.totalNanoseconds;
            bar.count += wait.count;
        }
    }
    std::vector<WaitBar> bars;
    bars.reserve(byObject.size());
    for (const auto& [name, bar] : byObject)
        bars.push_back(bar);
    std::stable_sort(bars.begin(), bars.end(), [](const WaitBar& one, const WaitBar& other) {
        return one.totalNanoseconds > other.totalNanoseconds;
    });
    if (bars.size() > limit)
        bars.resize(limit);
    return bars;
}

} // namespace heddle::widgets

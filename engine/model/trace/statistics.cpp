// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/statistics.h"

#include "engine/model/trace/duration_histogram.h"
#include "engine/model/trace/kind_text.h"
#include "engine/model/trace/track.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <unordered_map>
#include <utility>

namespace heddle {

namespace {

constexpr std::size_t kSlicesBetweenStopQuestions = 16UL * 1024;

/// Durations kept one by one; beyond it a histogram stands for them.
constexpr std::size_t kMostExact = 4096;

const char* kindOf(const Lane& lane)
{
    switch (lane.group) {
    case LaneGroup::Actors:
        return toText(lane.actorKind);
    case LaneGroup::Objects:
        return toText(lane.objectKind);
    case LaneGroup::Processors:
        return "processor";
    case LaneGroup::Counters:
        return "counter";
    }
    return "";
}

/// Durations of the waits of one actor (or of all) for one thing.
class WaitSum
{
public:
    void add(std::int64_t duration)
    {
        ++m_count;
        m_total += duration;
        m_longest = std::max(m_longest, duration);
        m_histogram.addDuration(duration);
        if (m_exact.size() < kMostExact)
            m_exact.push_back(duration);
    }

    [[nodiscard]] WaitStatistics result(std::string object)
    {
        WaitStatistics wait;
        wait.object = std::move(object);
        wait.count = m_count;
        wait.totalNanoseconds = m_total;
        wait.longestNanoseconds = m_longest;
        std::sort(m_exact.begin(), m_exact.end());
        wait.p50Nanoseconds = percentile(50);
        wait.p99Nanoseconds = percentile(99);
        return wait;
    }

private:
    [[nodiscard]] std::int64_t percentile(double percent) const
    {
        if (m_count > m_exact.size())
            return std::min(m_histogram.percentile(percent), m_longest);
        const double rank = std::ceil(percent / 100.0 * static_cast<double>(m_count));
        return m_exact[std::max<std::size_t>(static_cast<std::size_t>(rank), 1) - 1];
    }

    std::uint64_t m_count = 0;
    std::int64_t m_total = 0;
    std::int64_t m_longest = 0;
    std::vector<std::int64_t> m_exact;
    DurationHistogram m_histogram;
};

/// What is waited for: the argument of a slice, and the state where it has none.
struct Awaited
{
    std::uint32_t argument = 0;
    bool isActor = false;
    State state = State::None;
    bool operator==(const Awaited&) const = default;
};

struct AwaitedHash
{
    std::size_t operator()(const Awaited& awaited) const noexcept
    {
        const auto state = static_cast<std::size_t>(awaited.state);
        return std::size_t{awaited.argument} * 64 + state * 2 + (awaited.isActor ? 1 : 0);
    }
};

using WaitSums = std::unordered_map<Awaited, WaitSum, AwaitedHash>;

class StatisticsPass
{
public:
    StatisticsPass(const Trace& trace, std::int64_t from, std::int64_t to, std::stop_token stop)
        : m_trace(trace)
        , m_from(from)
        , m_to(to)
        , m_stop(std::move(stop))
    {
    }

    TraceStatistics run();

private:
    [[nodiscard]] LaneStatistics laneOf(const Lane& lane);
    void addTrack(LaneStatistics& statistics, const Track& track) const;
    void addWaits(const Track& track, WaitSums& waits);
    void addWait(const Slice& slice, WaitSums& waits);
    [[nodiscard]] std::string nameOf(const Awaited& awaited) const;
    [[nodiscard]] std::vector<WaitStatistics> sorted(WaitSums& waits) const;

    const Trace& m_trace;
    std::int64_t m_from;
    std::int64_t m_to;
    std::stop_token m_stop;
    WaitSums m_byObject; ///< of all actors
};

void StatisticsPass::addTrack(LaneStatistics& statistics, const Track& track) const
{
    const auto sums = track.sums(m_from, m_to);
    const auto of = [&sums](State state) { return sums[static_cast<std::size_t>(state)]; };
    if (track.kind() == TrackKind::Holder) {
        statistics.runningNanoseconds += of(State::Held);
        return;
    }
    statistics.runningNanoseconds = of(State::Running) + of(State::Computing);
    statistics.runnableNanoseconds = of(State::Runnable);
    statistics.blockedNanoseconds = of(State::Blocked);
    for (auto state = static_cast<int>(State::WaitLock);
         state <= static_cast<int>(State::WaitSignal); ++state)
        statistics.blockedNanoseconds += of(static_cast<State>(state));
}

void StatisticsPass::addWait(const Slice& slice, WaitSums& waits)
{
    if (slice.state < State::WaitLock || slice.state > State::WaitSignal)
        return;
    const std::int64_t duration = std::min(slice.end, m_to) - std::max(slice.begin, m_from);
    Awaited awaited{slice.argument, slice.argumentIsActor, State::None};
    if (slice.argument == 0)
        awaited.state = slice.state;
    waits[awaited].add(std::max<std::int64_t>(duration, 0));
    if (slice.argument != 0 && !slice.argumentIsActor)
        m_byObject[awaited].add(std::max<std::int64_t>(duration, 0));
}

void StatisticsPass::addWaits(const Track& track, WaitSums& waits)
{
    const std::size_t count = track.sliceCount();
    std::size_t seen = 0;
    for (std::size_t i = track.firstEndingAfter(m_from); i < count; ++i) {
        if (++seen % kSlicesBetweenStopQuestions == 0 && m_stop.stop_requested())
            return;
        const Slice slice = track.slice(i);
        if (slice.begin >= m_to)
            return;
        addWait(slice, waits);
    }
    const auto open = track.openSlice();
    if (open && open->begin < m_to && open->end > m_from)
        addWait(*open, waits);
}

std::string StatisticsPass::nameOf(const Awaited& awaited) const
{
    if (awaited.argument == 0) {
        switch (awaited.state) {
        case State::WaitTime:
            return "time";
        case State::WaitInput:
            return "input";
        case State::WaitSignal:
            return "signal";
        default:
            return "unknown";
        }
    }
    return awaited.isActor ? m_trace.actorName(ActorId{awaited.argument})
                           : m_trace.objectName(ObjectId{awaited.argument});
}

std::vector<WaitStatistics> StatisticsPass::sorted(WaitSums& waits) const
{
    std::vector<WaitStatistics> result;
    for (auto& [awaited, sum] : waits)
        result.push_back(sum.result(nameOf(awaited)));
    std::sort(
        result.begin(), result.end(), [](const WaitStatistics& left, const WaitStatistics& right) {
            if (left.totalNanoseconds != right.totalNanoseconds)
                return left.totalNanoseconds > right.totalNanoseconds;
            return left.object < right.object;
        });
    return result;
}

LaneStatistics StatisticsPass::laneOf(const Lane& lane)
{
    LaneStatistics statistics;
    statistics.lane = lane.id;
    statistics.name = lane.name;
    statistics.group = lane.group;
    statistics.kind = kindOf(lane);
    const Track* activity = nullptr;
    const Track* scheduler = nullptr;
    WaitSums waits;
    for (const TrackId id : lane.tracks) {
        const Track* track = m_trace.track(id);
        if (track->kind() == TrackKind::Activity) {
            activity = track;
            addWaits(*track, waits);
        } else if (track->kind() == TrackKind::Scheduler) {
            scheduler = track;
        } else if (track->kind() == TrackKind::Holder || track->kind() == TrackKind::Processor) {
            addTrack(statistics, *track);
        }
    }
    const bool hasKernelsWord =
        scheduler != nullptr && (scheduler->sliceCount() > 0 || scheduler->openSlice());
    if (hasKernelsWord)
        addTrack(statistics, *scheduler);
    else if (activity != nullptr)
        addTrack(statistics, *activity);
    statistics.waits = sorted(waits);
    return statistics;
}

TraceStatistics StatisticsPass::run()
{
    TraceStatistics statistics;
    statistics.stepNanoseconds = m_trace.stepNanoseconds();
    statistics.from = m_from;
    statistics.to = m_to;
    // Actors come first, so the waits for an object are complete when its lane is reached.
    for (const Lane& lane : m_trace.lanes()) {
        if (m_stop.stop_requested())
            return {};
        statistics.lanes.push_back(laneOf(lane));
        if (lane.group != LaneGroup::Objects)
            continue;
        const Awaited self{lane.object.value, false, State::None};
        if (const auto found = m_byObject.find(self); found != m_byObject.end())
            statistics.lanes.back().waits.push_back(found->second.result(lane.name));
    }
    if (m_stop.stop_requested())
        return {};
    return statistics;
}

} // namespace

TraceStatistics statistics(
    const Trace& trace, std::int64_t from, std::int64_t to, std::stop_token stop)
{
    return StatisticsPass(trace, from, to, std::move(stop)).run();
}

} // namespace heddle

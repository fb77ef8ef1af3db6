// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace.h"

#include <array>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace heddle::widgets {

/// The stretch of time a chart shows, and into how many columns it is cut.
///
/// Units:   nanoseconds since the start of the trace.
struct ChartSpan
{
    std::int64_t from = 0;
    std::int64_t to = 1;
    std::size_t columns = 1;
};

/// How the time of one or all actors is shared out among the state groups, column by column.
struct UtilizationCurves
{
    std::vector<double> times; ///< where each column begins; one more for the end of the last
    std::array<std::vector<double>, kStateGroupCount> shares; ///< 0…1, as long as `times`
    bool isEmpty = true; ///< nobody did anything
};

/// Shares of one actor's lane, or of all actors together if `lane` is none.
///
/// Threads: any thread.
[[nodiscard]] UtilizationCurves utilizationCurves(
    const Trace& trace, LaneId lane, const ChartSpan& span, const std::stop_token& stop);

/// A number over time as steps: queue length, units of a semaphore, a counter.
struct LevelCurve
{
    std::string name;
    std::vector<Sample> samples; ///< the first and the last at the edges of the span
    std::int64_t highest = 0;
};

/// The curves of the `limit` lanes with the highest levels within the span.
///
/// Threads: any thread.
[[nodiscard]] std::vector<LevelCurve> levelCurves(
    const Trace& trace, const ChartSpan& span, std::size_t limit, const std::stop_token& stop);

/// How long all actors together waited for one thing.
struct WaitBar
{
    std::string object;
    std::int64_t totalNanoseconds = 0;
    std::uint64_t count = 0;

    friend bool operator==(const WaitBar&, const WaitBar&) = default;
};

/// The `limit` things that were waited for longest, the longest first.
///
/// Threads: any thread; long over large spans, so not the GUI's.
[[nodiscard]] std::vector<WaitBar> waitBars(
    const Trace& trace, const ChartSpan& span, std::size_t limit, const std::stop_token& stop);

} // namespace heddle::widgets

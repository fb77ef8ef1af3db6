// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace heddle {

/// How often and how long one actor waited for one thing.
struct WaitStatistics
{
    std::string object;
    std::uint64_t count = 0;
    std::int64_t totalNanoseconds = 0;
    std::int64_t p50Nanoseconds = 0;
    std::int64_t p99Nanoseconds = 0;
    std::int64_t longestNanoseconds = 0;
};

struct LaneStatistics
{
    LaneId lane;
    std::string name;
    LaneGroup group = LaneGroup::Actors;
    std::string kind; ///< "thread", "mutex", …
    /// The kernel's word where there is one, else the program's.
    std::int64_t runningNanoseconds = 0;
    std::int64_t runnableNanoseconds = 0;
    std::int64_t blockedNanoseconds = 0;
    std::vector<WaitStatistics> waits; ///< largest total first
};

struct TraceStatistics
{
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t stepNanoseconds = 0; ///< of the trace: see there
    std::vector<LaneStatistics> lanes;
};

/// Statistics of [from, to) over all lanes; an empty result if `stop` was requested meanwhile.
///
/// Threads: any thread; long over large selections, so not the GUI's.
[[nodiscard]] TraceStatistics statistics(
    const Trace& trace, std::int64_t from, std::int64_t to, std::stop_token stop = {});

} // namespace heddle

// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace.h"
#include "engine/model/trace/track.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace heddle::widgets {

/// A lane that is part of a deadlock: from `since` on it waits for ever; noticed at `time`.
struct DeadlockMark
{
    LaneId lane;
    std::int64_t since = 0;
    std::int64_t time = 0;
};

/// The deadlocks noticed in [from, to], in the order of lanes.
///
/// Threads: any thread; long over traces with many moments, so not the GUI's.
[[nodiscard]] std::vector<DeadlockMark> deadlockMarks(
    const Trace& trace, std::int64_t from, std::int64_t to, const std::stop_token& stop);

/// How the time of all actors together is shared out in each of `columns` equal parts of [0, end).
///
/// Threads: any thread.
[[nodiscard]] std::vector<StateShares> overviewShares(
    const Trace& trace, std::int64_t end, std::size_t columns, const std::stop_token& stop);

} // namespace heddle::widgets

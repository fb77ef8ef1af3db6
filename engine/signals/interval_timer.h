// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"

#include <chrono>

#include <sys/time.h>

namespace heddle {

/// The three timers of a process, by what they count and which signal they send.
enum class IntervalTimer : int
{
    Real = ITIMER_REAL, ///< time that passes; SIGALRM
    Virtual = ITIMER_VIRTUAL, ///< processor time in the program; SIGVTALRM
    Profile = ITIMER_PROF, ///< processor time in the program and in the kernel for it; SIGPROF
};

/// Units: microseconds, so that the shortest time is no rounded 0.
struct IntervalTimes
{
    std::chrono::microseconds delay{0}; ///< to the first signal; 0: the timer is off
    std::chrono::microseconds interval{0}; ///< from one signal to the next; 0: only one

    friend bool operator==(const IntervalTimes&, const IntervalTimes&) = default;
};

/// Starts the timer anew, or stops it, and returns what was left of the former times.
///
/// Errors:  InvalidArgument: negative times; SystemCall with EINVAL: no such timer.
/// Threads: any thread, and inside a handler of this engine.
/// Source:  setitimer(2).
[[nodiscard]] Result<IntervalTimes> setIntervalTimer(IntervalTimer timer, IntervalTimes times);

/// What is left until the next signal, and the interval.
///
/// Errors:  SystemCall with EINVAL: no such timer.
/// Threads: any thread.
/// Source:  getitimer(2).
[[nodiscard]] Result<IntervalTimes> intervalTimer(IntervalTimer timer);

} // namespace heddle

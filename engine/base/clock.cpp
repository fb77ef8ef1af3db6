// SPDX-License-Identifier: Apache-2.0
#include "engine/base/clock.h"

#include <time.h>

namespace heddle {

nanoseconds monotonicNow() noexcept
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::chrono::seconds(now.tv_sec) + nanoseconds(now.tv_nsec);
}

Deadline Deadline::after(nanoseconds duration)
{
    const nanoseconds now = monotonicNow();
    return duration >= nanoseconds::max() - now ? never() : Deadline(now + duration);
}

Result<Deadline> Deadline::afterSeconds(double seconds)
{
    constexpr double kMost = 9.2e9; // what a count of nanoseconds in 64 bits holds, just
    if (!(seconds >= 0)) // no number is not either
        return Error{ErrorKind::InvalidArgument, 0, "time limit", "negative, or no number"};
    if (seconds > kMost)
        return Error{ErrorKind::Overflow, 0, "time limit", "more than can be counted"};
    return after(std::chrono::duration_cast<nanoseconds>(std::chrono::duration<double>(seconds)));
}

} // namespace heddle

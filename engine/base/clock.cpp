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

} // namespace heddle

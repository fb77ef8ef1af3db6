// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstdint>

namespace heddle {

/// The time until the deadline in the form poll(2) takes: milliseconds, rounded up; -1 for ever.
inline int pollTime(Deadline deadline)
{
    if (deadline.isNever())
        return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline.moment() - monotonicNow());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, INT_MAX));
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"

#include <chrono>

namespace heddle {

/// Has SIGALRM sent to this process once, so many seconds from now; 0 takes the alarm back. There is
/// one alarm: a new one takes the place of the old. It is the timer IntervalTimer::Real.
///
/// Result:  the whole seconds that were left of the former alarm; 0 if there was none.
/// Errors:  InvalidArgument: negative, or more than fit.
/// Threads: any thread; the handler runs in the main thread.
/// Source:  alarm(2).
[[nodiscard]] Result<std::chrono::seconds> setAlarm(std::chrono::seconds delay);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"

#include <atomic>
#include <cstdint>

namespace heddle {

/// Waits so long, whatever signals arrive meanwhile.
///
/// Threads: any thread.
/// Source:  clock_nanosleep(2), absolute time.
void pauseFor(nanoseconds duration);

/// The same, ended early when `word` is not 0 any more (and its futex is woken).
///
/// Result: whether the whole time has passed.
[[nodiscard]] bool pauseUnless(const std::atomic<std::uint32_t>& word, nanoseconds duration);

/// Computes until the calling thread has used so much processor time: what a `compute` does.
///
/// A thread that is preempted meanwhile takes longer, as one with real work would.
void burnProcessor(nanoseconds duration);

/// Processor time that the calling thread has used so far.
[[nodiscard]] nanoseconds threadProcessorTime();

} // namespace heddle

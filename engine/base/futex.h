// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"

#include <atomic>
#include <cstdint>

namespace heddle {

enum class FutexScope
{
    ThisProcess,
    SharedMemory
};
enum class FutexWait
{
    Woken,
    TimedOut
};

/// Sleeps while `word` holds `expected`, at most until `deadline`.
///
/// Result:  TimedOut when the deadline has passed; Woken in every other case, also without a wake
///          (a signal, a changed word): the caller looks at the word again.
/// Threads: any thread.
/// Source:  futex(2), FUTEX_WAIT_BITSET (absolute time of CLOCK_MONOTONIC).
FutexWait futexWait(const std::atomic<std::uint32_t>& word, std::uint32_t expected,
    Deadline deadline, FutexScope scope = FutexScope::ThisProcess) noexcept;

/// Wakes at most `count` threads that sleep on `word`.
///
/// Threads: any thread, and inside a signal handler.
void futexWake(const std::atomic<std::uint32_t>& word, int count,
    FutexScope scope = FutexScope::ThisProcess) noexcept;

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>

namespace heddle {

// What the system's handler touches beside signalMarks: constant-initialised, so that it is there at
// any moment. What the main thread waits at, and what the wake-up descriptor needs.
inline constinit std::atomic<std::uint32_t> newsWord{0};
inline constinit std::atomic<int> newsFd{-1};
inline constinit std::atomic<int> wakeupFd{-1};
inline constinit std::atomic<bool> isFullBufferTold{true};
inline constinit std::atomic<int> failedWakeup{0}; ///< the signal that could not be written there
inline constinit std::atomic<int> failedWakeupErrno{0};

/// What the system calls for every signal that has a handler of the engine, in whichever thread: it
/// marks the signal and wakes the main thread.
///
/// ThreadSanitizer does not see this function, and the system calls it directly: the sanitizer would
/// hold a signal back until its thread next calls something known, and lose it if the thread ends.
///
/// Threads: inside a signal handler, and any thread.
/// Source:  signal-safety(7).
void noteSignal(int signal) noexcept;

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace heddle {

// Why an object refuses an operation, in the same words whether it is a real one, one in the memory of
// several processes, or one that the explorer imagines.

inline constexpr const char* kNotHeldByCaller = "the caller does not hold it";
inline constexpr const char* kMutexNotHeldByCaller =
    "the caller does not hold the condition's mutex";
inline constexpr const char* kNotReadByAnybody = "nobody reads";
inline constexpr const char* kNotWrittenByCaller = "the caller does not write";
inline constexpr const char* kTooFewUnits = "fewer than one unit";
inline constexpr const char* kTooManyUnits = "more units than the semaphore may have";
inline constexpr const char* kBarrierIsBroken = "the barrier is broken";
inline constexpr const char* kLatchWouldFall = "the latch would fall below 0";
inline constexpr const char* kQueueIsClosed = "the queue is closed";
inline constexpr const char* kTooManyHandled = "more items handled than were put";

} // namespace heddle

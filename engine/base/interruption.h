// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/futex.h"
#include "engine/base/result.h"

#include <atomic>
#include <cstdint>

namespace heddle {

/// What becomes of the wait in which a handler has run.
enum class AfterInterruption : std::uint8_t
{
    GoOn, ///< it waits for what is left of its time
    GiveUp ///< it ends at once with the error Interrupted
};

/// Work that a thread must do at once even while it waits: the handlers of signals, in the main
/// thread. The waits of the engine ask it; a thread that has none pays one look at a pointer.
///
/// Threads: all but word() and fd() belong to the thread whose source it is. Whoever makes it pending
///          then changes word(), wakes its futex and makes fd() readable, in this order.
class InterruptionSource
{
public:
    InterruptionSource() = default;
    virtual ~InterruptionSource() = default;
    InterruptionSource(const InterruptionSource&) = delete;
    InterruptionSource& operator=(const InterruptionSource&) = delete;

    /// Whether run() has something to do.
    [[nodiscard]] virtual bool isPending() const noexcept = 0;

    /// Does it. It may wait itself, and so be called again within itself.
    virtual AfterInterruption run() = 0;

    /// Changes whenever something becomes pending; for waits with a futex.
    [[nodiscard]] virtual const std::atomic<std::uint32_t>& word() const noexcept = 0;

    /// Becomes readable whenever something becomes pending, until quieten(); for poll(2).
    [[nodiscard]] virtual int fd() const noexcept = 0;

    /// Makes fd() unreadable. isPending() is asked afterwards, so that nothing is missed.
    virtual void quieten() noexcept = 0;
};

/// The calling thread's source, or null; whether a wait of it must still be given up, because the
/// one in which the handler ran had been granted meanwhile; and how many scopes put that off.
inline constinit thread_local InterruptionSource* currentInterruptions = nullptr;
inline constinit thread_local bool isGiveUpKept = false;
inline constinit thread_local int giveUpsPutOff = 0;

/// Whether the calling thread, were it to wait now, would rather call runInterruptions().
[[nodiscard]] inline bool hasInterruption() noexcept
{
    return currentInterruptions != nullptr
        && (currentInterruptions->isPending() || (isGiveUpKept && giveUpsPutOff == 0));
}

/// Does what is pending for the calling thread. With GiveUp the caller ends its wait and returns
/// interruptedError(); if it cannot (it has been granted at the same moment), the next wait is given up
/// instead, so that no handler's word is lost.
[[nodiscard]] AfterInterruption runInterruptions();

/// The error of a wait that a handler has ended. Making it settles the matter: the next wait waits.
[[nodiscard]] Error interruptedError(const char* operation);

/// While it lives, handlers run in the calling thread's waits as always, but none is given up; the
/// first one afterwards is. For waits that must succeed, such as taking a condition's mutex back.
///
/// Threads: the thread that made it.
class GiveUpsPutOff
{
public:
    GiveUpsPutOff() { ++giveUpsPutOff; }
    ~GiveUpsPutOff() { --giveUpsPutOff; }
    GiveUpsPutOff(const GiveUpsPutOff&) = delete;
    GiveUpsPutOff& operator=(const GiveUpsPutOff&) = delete;
};

/// As futexWait(), and returns Woken also as soon as hasInterruption():
/// the caller looks at that before each such wait.
///
/// Threads: any thread.
/// Source:  futex_waitv(2); where the kernel has none, it looks for interruptions every 20 ms.
FutexWait futexWaitInterruptibly(const std::atomic<std::uint32_t>& word, std::uint32_t expected,
    Deadline deadline, FutexScope scope = FutexScope::ThisProcess) noexcept;

} // namespace heddle

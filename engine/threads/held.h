// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"

#include <stop_token>
#include <utility>

namespace heddle {

/// A mutex, or a unit of a semaphore, that is held as long as this lives: what hold() gives.
///
/// Its end gives it back. That nobody held it any more then, because it was given back otherwise, is told
/// to nobody.
///
/// Threads: one thread at a time; ended by a thread that may give the lock back.
template <typename Lock> class [[nodiscard]] Held
{
public:
    /// Takes over a lock that the caller has taken.
    explicit Held(Lock& taken)
        : m_lock(&taken)
    {
    }
    Held(Held&& other) noexcept
        : m_lock(std::exchange(other.m_lock, nullptr))
    {
    }
    Held& operator=(Held&& other) = delete;
    ~Held()
    {
        if (m_lock == nullptr)
            return;
        if constexpr (requires { m_lock->unlock(); })
            static_cast<void>(m_lock->unlock());
        else
            static_cast<void>(m_lock->release());
    }

private:
    Lock* m_lock;
};

/// Takes a Mutex, a RecursiveMutex or one unit of a Semaphore, waiting if need be, and holds it as long as
/// the value lives. A deadline that is over makes it a try.
///
///     const auto held = hold(mutex);
///     if (!held)
///         return held.error();
///
/// Errors:  those of lock() and acquire(): nothing is held then.
/// Threads: any thread.
template <typename Lock>
[[nodiscard]] Result<Held<Lock>> hold(
    Lock& lock, Deadline deadline = Deadline::never(), const std::stop_token& stop = {})
{
    Result<void> taken;
    if constexpr (requires { lock.lock(deadline, stop); })
        taken = lock.lock(deadline, stop);
    else
        taken = lock.acquire(1, deadline, stop);
    if (!taken)
        return taken.error();
    return Held<Lock>(lock);
}

} // namespace heddle

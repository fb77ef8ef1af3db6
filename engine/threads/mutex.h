// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/asymmetric_fence.h"
#include "engine/base/clock.h"
#include "engine/base/locks.h"
#include "engine/base/result.h"
#include "engine/record/recorder.h"
#include "engine/threads/wait_list.h"

#include <atomic>
#include <cstdint>
#include <stop_token>

namespace heddle {

/// Who gets a mutex that is given back while others wait.
enum class LockOrder
{
    Unfair, ///< whoever comes first; the longest waiter is woken to try (faster)
    Fair, ///< the longest waiter, at once
};

/// Who may unlock.
enum class UnlockBy
{
    AnyThread, ///< a key that may be passed on
    HolderOnly, ///< anybody else gets NotOwner
};

struct MutexOptions
{
    LockOrder order = LockOrder::Unfair;
    UnlockBy unlockBy = UnlockBy::AnyThread;
};

/// Lets one thread in at a time.
///
/// Locking a mutex that one holds waits for oneself: for ever, unless there is a limit. It must not
/// be destroyed while any call of it has not returned.
///
/// A try and a limit are one thing, a Deadline, so that no two arguments can contradict each other.
///
/// Threads: any thread.
class Mutex
{
public:
    /// `object`: what it is recorded as; 0 for not at all.
    explicit Mutex(ObjectId object = {}, MutexOptions options = {})
        : m_object(object)
        , m_options(options)
        , m_hasHeavyFence(hasHeavyFence())
    {
    }
    Mutex(const Mutex&) = delete;
    Mutex& operator=(const Mutex&) = delete;

    /// Takes it, waiting if need be. A deadline that is over makes it a try.
    ///
    /// Errors: Timeout, never before the deadline; Cancelled if `stop` is asked for while it waits.
    ///         Interrupted if a handler of a signal says so (all waits of the main thread).
    [[nodiscard]] Result<void> lock(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {})
    {
        if (!take())
            return lockSlowly(deadline, stop);
        if (isRecorded())
            reportTaken();
        return {};
    }

    /// Takes it if it is free; never waits.
    [[nodiscard]] bool tryLock();

    /// Gives it back. Of two threads that do so at the same moment both may succeed.
    ///
    /// Errors: NotOwner if it is free, or held by another thread where only the holder may unlock.
    [[nodiscard]] Result<void> unlock()
    {
        if (!isHeldByCaller() || m_hasWaiters.load(std::memory_order_relaxed))
            return unlockSlowly();
        if (isRecorded())
            reportGiven();
        letGo();
        if (m_hasWaiters.load(std::memory_order_seq_cst))
            serveLateComer();
        return {};
    }

    /// Whether anybody held it a moment ago.
    [[nodiscard]] bool isLocked() const { return m_thread.load(std::memory_order_relaxed) != 0; }
    /// Whether the calling thread has taken it and nobody has given it back since.
    [[nodiscard]] bool isHeldByCaller() const
    {
        return m_thread.load(std::memory_order_relaxed) == currentThreadNumber();
    }
    [[nodiscard]] ObjectId object() const { return m_object; }

    /// The actor that holds it, or 0; known only while something is recorded.
    [[nodiscard]] ActorId holder() const;

    /// Keeps those a condition has notified asleep until the mutex, which the caller holds, is given
    /// back: sooner they could only wait for it.
    void wakeAfterUnlock(const WakeChain& chain);

    /// How many wait for it just now.
    [[nodiscard]] std::size_t waiting() const;

private:
    struct Place : Waiter
    {
        std::uint32_t thread = currentThreadNumber();
    };

    [[nodiscard]] bool take()
    {
        std::uint32_t free = 0;
        return m_thread.compare_exchange_strong(free, currentThreadNumber());
    }
    // Free first, then a look for waiters; who begins to wait does it the other way round, with the
    // heavy fence between, so that one of the two sees the other.
    void letGo()
    {
        if (m_hasHeavyFence) {
            m_thread.store(0, std::memory_order_release);
            lightFence();
        } else {
            m_thread.store(0, std::memory_order_seq_cst);
        }
    }
    [[nodiscard]] bool isRecorded() const { return isRecording() && m_object; }
    [[nodiscard]] bool spinToTake();
    [[nodiscard]] Result<void> lockSlowly(Deadline deadline, const std::stop_token& stop);
    [[nodiscard]] WaitEnd waitToTake(Deadline deadline, const std::stop_token& stop);
    [[nodiscard]] WaitEnd leave(Place& place, WaitEnd end);
    [[nodiscard]] bool takeOrFlagLocked() HEDDLE_REQUIRES(m_mutex);
    [[nodiscard]] Waiter* chooseNextLocked() HEDDLE_REQUIRES(m_mutex);
    [[nodiscard]] Result<void> unlockSlowly();
    void serveLateComer();
    void noteWaitersLocked() HEDDLE_REQUIRES(m_mutex);
    void reportTaken() const;
    void reportGiven() const;
    [[nodiscard]] static Error notOwner();

    std::atomic<std::uint32_t> m_thread{0}; ///< the number of the one that holds it, 0 while free
    std::atomic<bool> m_hasWaiters{false}; ///< whoever unlocks must look at the lists
    const ObjectId m_object;
    const MutexOptions m_options;
    const bool m_hasHeavyFence;
    mutable InternalMutex m_mutex;
    WaitList m_waiters HEDDLE_GUARDED_BY(m_mutex);
    WakeChain m_notified HEDDLE_GUARDED_BY(m_mutex); ///< to be woken by the next unlock
    bool m_wakeInFlight HEDDLE_GUARDED_BY(m_mutex) = false; ///< a woken waiter has not tried yet
};

} // namespace heddle

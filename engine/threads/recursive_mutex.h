// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/threads/mutex.h"

#include <cstdint>

namespace heddle {

/// A mutex that its holder may take again; it is free after as many unlocks as locks.
///
/// Threads: any thread.
class RecursiveMutex
{
public:
    /// `object`: what it is recorded as; 0 for not at all.
    explicit RecursiveMutex(ObjectId object = {}, LockOrder order = LockOrder::Unfair)
        : m_mutex(object, MutexOptions{order, UnlockBy::HolderOnly})
    {
    }

    /// Takes it, or takes it once more. A deadline that is over makes it a try.
    ///
    /// Errors: Timeout, Cancelled, Interrupted as for Mutex; Overflow after four
    ///         thousand million times.
    [[nodiscard]] Result<void> lock(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

    /// Takes it, once more if the caller holds it, or says false if another thread does; never waits.
    [[nodiscard]] bool tryLock();

    /// Gives back one level.
    ///
    /// Errors: NotOwner if the caller does not hold it; nothing changes then.
    [[nodiscard]] Result<void> unlock();

    [[nodiscard]] bool isLocked() const { return m_mutex.isLocked(); }
    [[nodiscard]] bool isHeldByCaller() const { return m_mutex.isHeldByCaller(); }
    [[nodiscard]] ObjectId object() const { return m_mutex.object(); }
    [[nodiscard]] ActorId holder() const { return m_mutex.holder(); }
    [[nodiscard]] std::size_t waiting() const { return m_mutex.waiting(); }

    /// How many times the caller holds it; 0 if it does not.
    [[nodiscard]] std::uint32_t depth() const { return isHeldByCaller() ? m_depth : 0; }

    /// Gives all levels back at once and says how many there were, for restore(): what waiting on a
    /// condition does.
    ///
    /// Errors: NotOwner.
    [[nodiscard]] Result<std::uint32_t> unlockAll();

    /// Takes it again at `depth` levels, however long that takes.
    void restore(std::uint32_t depth);

    /// As for Mutex.
    void wakeAfterUnlock(const WakeChain& chain) { m_mutex.wakeAfterUnlock(chain); }

private:
    Mutex m_mutex;
    std::uint32_t m_depth = 0; ///< the holder's
};

} // namespace heddle

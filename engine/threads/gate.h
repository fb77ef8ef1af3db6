// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/locks.h"
#include "engine/base/result.h"
#include "engine/base/strong_id.h"
#include "engine/record/recorder.h"
#include "engine/threads/wait_list.h"

#include <cstddef>
#include <stop_token>

namespace heddle {

/// Those who wait until something is open: what events and latches have in common. Whether it is open
/// is the owner's to say; it changes only within change().
///
/// Threads: any thread.
class Gate
{
public:
    explicit Gate(ObjectId object)
        : m_object(object)
    {
    }
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    enum class Outcome
    {
        StaysAsItIs,
        Opens ///< all who wait at this moment go
    };

    /// Calls `change()`, which returns an Outcome, while nobody can begin to wait.
    template <typename Change> void change(const Change& change)
    {
        WakeChain chain;
        const ObjectId object = m_object; // who is let go may end the gate
        {
            const InternalLock lock(m_mutex);
            if (change() == Outcome::Opens)
                takeAllLocked(chain);
        }
        chain.wake(object);
    }

    /// Waits until `isOpen()` or until it opens, even if it is shut again at once.
    ///
    /// Errors: Timeout, Cancelled, Interrupted.
    template <typename IsOpen>
    [[nodiscard]] Result<void> wait(
        const IsOpen& isOpen, Deadline deadline, const std::stop_token& stop)
    {
        Waiter waiter;
        {
            const InternalLock lock(m_mutex);
            if (isOpen()) {
                reportHas(m_object);
                return {};
            }
            if (deadline.isOver())
                return waitError(WaitEnd::TimedOut, "wait");
            reportWants(m_object, State::WaitCondition, deadline);
            m_waiters.pushBack(waiter);
        }
        return sleep(waiter, deadline, stop);
    }

    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] ObjectId object() const { return m_object; }

private:
    void takeAllLocked(WakeChain& chain) HEDDLE_REQUIRES(m_mutex);
    [[nodiscard]] Result<void> sleep(
        Waiter& waiter, Deadline deadline, const std::stop_token& stop);
    [[nodiscard]] WaitEnd leave(Waiter& waiter, WaitEnd end);

    const ObjectId m_object;
    mutable InternalMutex m_mutex;
    WaitList m_waiters HEDDLE_GUARDED_BY(m_mutex);
};

} // namespace heddle

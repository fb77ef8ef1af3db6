// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/locks.h"
#include "engine/base/result.h"
#include "engine/base/strong_id.h"
#include "engine/record/recorder.h"
#include "engine/threads/wait_list.h"

#include <cstddef>
#include <cstdint>
#include <stop_token>

// What a queue calls back under the gate's lock, which the analysis cannot follow through a callable.
#define HEDDLE_UNANALYSED HEDDLE_ANNOTATION(no_thread_safety_analysis)

namespace heddle {

/// All of a queue but its items: who waits on which side, what is closed, how much is unhandled.
///
/// The functions ending in Locked are called by what is passed to pass() and close(), which runs
/// under the gate's lock.
///
/// Threads: any thread.
class QueueGate
{
public:
    enum class Side
    {
        Putters,
        Getters
    };
    enum class Passage
    {
        Done,
        MustWait
    };
    enum class Outcome
    {
        Passed,
        TimedOut,
        Cancelled,
        Interrupted,
        Closed
    };

    /// One who waits at the gate.
    struct Place : Waiter
    {
        bool closed = false; ///< let go because the queue was closed
    };

    explicit QueueGate(ObjectId object);

    /// Does `attempt(chain)` under the lock, and waits at `side` for somebody to do it if it cannot
    /// be done now. The chain takes those whom it lets go.
    template <typename Attempt>
    [[nodiscard]] Outcome pass(Side side, Place& place, const Attempt& attempt, Deadline deadline,
        const std::stop_token& stop)
    {
        WakeChain chain;
        m_mutex.lock();
        const bool isShut = m_closed && side == Side::Putters;
        if (!isShut && attempt(chain) == Passage::Done) {
            m_mutex.unlock();
            if (!chain.isEmpty())
                chain.wake(m_object);
            return Outcome::Passed;
        }
        if (m_closed) {
            m_mutex.unlock();
            return Outcome::Closed;
        }
        return waitAndUnlock(side, place, deadline, stop);
    }

    /// What `question()` says under the lock.
    template <typename Question> [[nodiscard]] std::size_t ask(const Question& question) const
    {
        const InternalLock lock(m_mutex);
        return question();
    }

    /// Closes; `drop()` under the lock says how many items it dropped: none, or all there were.
    template <typename Drop> void close(const Drop& drop)
    {
        WakeChain chain;
        WakeChain joiners;
        m_mutex.lock();
        closeLocked(drop(), chain, joiners);
        m_mutex.unlock();
        wakeAfterClose(chain, joiners);
    }

    /// Errors: Overflow if more are marked as handled than were put; Timeout, Cancelled of a join.
    [[nodiscard]] Result<void> taskDone();
    [[nodiscard]] Result<void> join(Deadline deadline, const std::stop_token& stop);

    /// The error of a passage that did not come about.
    [[nodiscard]] static Error errorOf(Outcome outcome, const char* operation);

    [[nodiscard]] Waiter* firstGetterLocked() const HEDDLE_UNANALYSED { return m_getters.first(); }
    [[nodiscard]] Waiter* firstPutterLocked() const HEDDLE_UNANALYSED { return m_putters.first(); }
    void letGetterGoLocked(WakeChain& chain, Waiter& getter) HEDDLE_UNANALYSED
    {
        chain.take(m_getters, getter);
    }
    void letPutterGoLocked(WakeChain& chain, Waiter& putter) HEDDLE_UNANALYSED
    {
        chain.take(m_putters, putter);
    }

    /// Says how many were added to be handled; `size()` is how many items there are now.
    template <typename Size> void noteLocked(std::size_t added, const Size& size) HEDDLE_UNANALYSED
    {
        m_unfinished += added;
        if (isRecording())
            reportLevel(m_object, static_cast<std::int64_t>(size()));
    }

    [[nodiscard]] bool isClosed() const;
    [[nodiscard]] std::size_t unfinished() const;
    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] ObjectId object() const { return m_object; }

private:
    [[nodiscard]] WaitList& listLocked(Side side) HEDDLE_REQUIRES(m_mutex);
    [[nodiscard]] Outcome waitAndUnlock(Side side, Place& place, Deadline deadline,
        const std::stop_token& stop) HEDDLE_RELEASE(m_mutex);
    [[nodiscard]] WaitEnd leave(Side side, Place& place, WaitEnd end);
    void closeLocked(std::size_t dropped, WakeChain& chain, WakeChain& joiners)
        HEDDLE_REQUIRES(m_mutex);
    void wakeAfterClose(WakeChain& chain, WakeChain& joiners) const;
    [[nodiscard]] WaitEnd leaveJoin(Waiter& waiter, WaitEnd end);

    // What each put and get touches stands in one block of memory, which two threads pass to and fro.
    alignas(64) mutable InternalMutex m_mutex;
    bool m_closed HEDDLE_GUARDED_BY(m_mutex) = false;
    std::size_t m_unfinished HEDDLE_GUARDED_BY(m_mutex) = 0;
    WaitList m_getters HEDDLE_GUARDED_BY(m_mutex);
    WaitList m_putters HEDDLE_GUARDED_BY(m_mutex);
    WaitList m_joiners HEDDLE_GUARDED_BY(m_mutex);
    const ObjectId m_object;
};

} // namespace heddle

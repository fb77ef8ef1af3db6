// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/locks.h"
#include "engine/base/result.h"
#include "engine/base/strong_id.h"
#include "engine/record/recorder.h"
#include "engine/threads/wait_list.h"

#include <atomic>
#include <cstdint>
#include <optional>
#include <stop_token>

namespace heddle {

/// Units that are taken and given back, by whomever.
///
/// Those who wait are served in the order of their coming, except that one who wants more than there
/// is does not hold up the others. It must not be destroyed while any call of it has not returned.
///
/// Threads: any thread.
class Semaphore
{
public:
    /// `most`: releasing beyond it is an error; nothing: there is no bound. As a constructor has no
    /// error to return, a semaphore with a negative count, or with more units than `most`, has none and
    /// refuses to take and to release any.
    explicit Semaphore(
        std::int64_t initial = 1, std::optional<std::int64_t> most = {}, ObjectId object = {});
    Semaphore(const Semaphore&) = delete;
    Semaphore& operator=(const Semaphore&) = delete;

    /// Takes `units`, all at once, waiting if need be. A deadline that is over makes it a try.
    ///
    /// Errors: Timeout; Cancelled; Interrupted; InvalidArgument if `units` is below 1, or the semaphore
    ///         was made with impossible counts.
    [[nodiscard]] Result<void> acquire(std::int64_t units = 1,
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {})
    {
        if (tryAcquire(units))
            return {};
        return acquireSlowly(units, deadline, stop);
    }

    /// Takes `units` if they are there; never waits. False for fewer than 1.
    [[nodiscard]] bool tryAcquire(std::int64_t units = 1)
    {
        if (units < 1 || !take(units))
            return false;
        if (isRecorded())
            reportTaken(units);
        return true;
    }

    /// Gives `units` (of anybody's) back.
    ///
    /// Errors: Overflow if there would be more than `most`: nothing changes then; InvalidArgument if
    ///         `units` is below 1, or the semaphore was made with impossible counts.
    [[nodiscard]] Result<void> release(std::int64_t units = 1)
    {
        std::int64_t value = m_value.load(std::memory_order_relaxed);
        do {
            if (units < 1 || units > m_most - value)
                return refusal(units);
        } while (!m_value.compare_exchange_weak(value, value + units, std::memory_order_seq_cst));
        if (isRecorded())
            reportReleased(units, value + units);
        if (m_waiting.load(std::memory_order_seq_cst) != 0)
            serveWaiters();
        return {};
    }

    [[nodiscard]] std::int64_t value() const { return m_value.load(std::memory_order_relaxed); }
    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] ObjectId object() const { return m_object; }

private:
    struct UnitsWaiter : Waiter
    {
        std::int64_t units = 1;
    };

    [[nodiscard]] bool take(std::int64_t units)
    {
        std::int64_t value = m_value.load(std::memory_order_seq_cst);
        while (value >= units) {
            if (m_value.compare_exchange_weak(value, value - units, std::memory_order_seq_cst))
                return true;
        }
        return false;
    }
    [[nodiscard]] bool isRecorded() const { return isRecording() && m_object; }
    [[nodiscard]] bool isImpossible() const { return m_most < 0; }
    [[nodiscard]] Error refusal(std::int64_t units) const;
    [[nodiscard]] Result<void> acquireSlowly(
        std::int64_t units, Deadline deadline, const std::stop_token& stop);
    [[nodiscard]] WaitEnd waitToTake(
        std::int64_t units, Deadline deadline, const std::stop_token& stop);
    [[nodiscard]] WaitEnd leave(Waiter& waiter, WaitEnd end);
    void serveWaiters();
    void reportTaken(std::int64_t units) const;
    void reportReleased(std::int64_t units, std::int64_t level) const;

    std::atomic<std::int64_t> m_value;
    std::atomic<std::size_t> m_waiting{0}; ///< how many are, or are about to be, in the list
    const std::int64_t m_most; ///< -1: made with impossible counts
    const ObjectId m_object;
    mutable InternalMutex m_mutex;
    WaitList m_waiters HEDDLE_GUARDED_BY(m_mutex);
};

} // namespace heddle

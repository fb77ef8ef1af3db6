// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/threads/mutex.h"
#include "engine/threads/recursive_mutex.h"

#include <cstddef>
#include <cstdint>
#include <random>

namespace heddle {

/// Which waiter a notify lets go.
enum class NotifyOrder
{
    Fifo, ///< the one that has waited longest
    Any, ///< one drawn by lot: nobody may rely on an order
};

/// Whether notifying asks for the mutex.
enum class NotifyBy
{
    HolderOnly,
    AnyThread
};

/// Whether a wait may end though nobody has notified.
enum class SpuriousWakeups
{
    Never,
    Rarely, ///< each wait has a moment at which it ends by itself, drawn by lot: seldom at once,
    ///< mostly after a time in which a program has long notified
};

struct ConditionOptions
{
    NotifyOrder order = NotifyOrder::Fifo;
    NotifyBy notifyBy = NotifyBy::HolderOnly;
    std::uint64_t seed = 0; ///< of the lot
    SpuriousWakeups spurious = SpuriousWakeups::Never;
};

/// Waits, with the mutex given back meanwhile, until somebody notifies.
///
/// A notify reaches only those who wait at that moment: with nobody there it is lost. A wait ends by
/// itself only where the options say so. Those who are let go take the mutex again before they go on.
/// It has no mutex of its own: which one protects what is waited for is for the program to say.
///
/// Threads: any thread.
class Condition
{
public:
    /// `mutex` must live longer. `object`: what it is recorded as; 0 for not at all.
    explicit Condition(Mutex& mutex, ObjectId object = {}, ConditionOptions options = {});
    explicit Condition(RecursiveMutex& mutex, ObjectId object = {}, ConditionOptions options = {});
    Condition(const Condition&) = delete;
    Condition& operator=(const Condition&) = delete;

    /// Gives the mutex back (all levels of it), waits for a notify, and takes it again. A deadline
    /// that is over makes it a try, which no notify reaches.
    ///
    /// Whatever the result, the mutex is held again when it returns, except after NotOwner; taking it
    /// again knows no limit.
    ///
    /// Errors: NotOwner if the caller does not hold the mutex; Timeout; Cancelled; Interrupted.
    [[nodiscard]] Result<void> wait(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

    /// Waits until `isTrue()`, which is asked with the mutex held; the deadline is for all of it.
    ///
    /// Result: what it was when last asked. Errors: NotOwner, Cancelled, Interrupted.
    template <typename Predicate>
    [[nodiscard]] Result<bool> waitUntil(
        Predicate isTrue, Deadline deadline = Deadline::never(), const std::stop_token& stop = {})
    {
        while (!isTrue()) {
            const Result<void> waited = wait(deadline, stop);
            if (!waited && waited.error().kind == ErrorKind::Timeout)
                return static_cast<bool>(isTrue());
            if (!waited)
                return waited.error();
        }
        return true;
    }

    /// Lets at most `count` of those go who wait now, and says how many.
    ///
    /// Errors: NotOwner if the mutex is asked for and the caller does not hold it.
    Result<std::size_t> notify(std::size_t count = 1);
    /// The same for all who wait now.
    Result<std::size_t> notifyAll();

    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] ObjectId object() const { return m_object; }

private:
    [[nodiscard]] bool isMutexHeld() const;
    [[nodiscard]] Result<std::uint32_t> giveMutex();
    void takeMutex(std::uint32_t depth);
    /// When a wait ends: by its limit, or by itself before that.
    struct Limits
    {
        Deadline deadline;
        Deadline own;
        [[nodiscard]] bool isOwnFirst() const { return own.moment() < deadline.moment(); }
        [[nodiscard]] Deadline first() const { return isOwnFirst() ? own : deadline; }
    };
    [[nodiscard]] Result<void> passBy(Deadline deadline);
    [[nodiscard]] Deadline drawWakeup();
    [[nodiscard]] WaitEnd waitInList(
        Waiter& waiter, const Limits& limits, const std::stop_token& stop);
    [[nodiscard]] WaitEnd waitForTurn(
        Waiter& waiter, const Limits& limits, const std::stop_token& stop);
    [[nodiscard]] WaitEnd leave(Waiter& waiter, WaitEnd end);
    WaitEnd report(WaitEnd end) const;
    void takeForNotifyLocked(WakeChain& chain, std::size_t count) HEDDLE_REQUIRES(m_mutex);
    [[nodiscard]] Waiter& nextLocked() HEDDLE_REQUIRES(m_mutex);

    Mutex* const m_plain = nullptr; ///< one of the two
    RecursiveMutex* const m_recursive = nullptr;
    const ObjectId m_object;
    const ConditionOptions m_options;
    mutable InternalMutex m_mutex;
    WaitList m_waiters HEDDLE_GUARDED_BY(m_mutex);
    std::mt19937_64 m_lot HEDDLE_GUARDED_BY(m_mutex);
};

} // namespace heddle

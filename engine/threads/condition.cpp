// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/condition.h"

#include "engine/base/interruption.h"
#include "engine/base/object_refusals.h"
#include "engine/threads/wait_gate.h"

#include <chrono>
#include <limits>

namespace heddle {

Condition::Condition(Mutex& mutex, ObjectId object, ConditionOptions options)
    : m_plain(&mutex)
    , m_object(object)
    , m_options(options)
    , m_lot(options.seed)
{
}

Condition::Condition(RecursiveMutex& mutex, ObjectId object, ConditionOptions options)
    : m_recursive(&mutex)
    , m_object(object)
    , m_options(options)
    , m_lot(options.seed)
{
}

bool Condition::isMutexHeld() const
{
    return m_plain != nullptr ? m_plain->isHeldByCaller() : m_recursive->isHeldByCaller();
}

Result<std::uint32_t> Condition::giveMutex()
{
    if (m_recursive != nullptr)
        return m_recursive->unlockAll();
    Result<void> given = m_plain->unlock();
    if (!given)
        return given.error();
    return std::uint32_t{1};
}

void Condition::takeMutex(std::uint32_t depth)
{
    const GiveUpsPutOff untilTaken;
    if (m_recursive != nullptr) {
        m_recursive->restore(depth);
        return;
    }
    const Result<void> taken = m_plain->lock();
    HEDDLE_ASSERT(taken.has_value(), "a lock without a limit is granted");
    static_cast<void>(taken);
}

Result<void> Condition::wait(Deadline deadline, const std::stop_token& stop)
{
    if (!isMutexHeld())
        return Error{ErrorKind::NotOwner, 0, "wait", kMutexNotHeldByCaller};
    const bool isForced = currentWaitGate != nullptr && currentWaitGate->isForced();
    if (isForced ? !currentWaitGate->joinsWaiters() : deadline.isOver())
        return passBy(deadline);
    Waiter waiter;
    const Limits limits{deadline, drawWakeup()};
    reportWants(m_object, State::WaitCondition, limits.first());
    {
        const InternalLock lock(m_mutex);
        m_waiters.pushBack(waiter); // before the mutex is free, so that no notify falls between
    }
    const Result<std::uint32_t> depth = giveMutex();
    HEDDLE_ASSERT(depth.has_value(), "the holder can give the mutex back");
    const WaitEnd end = currentWaitGate == nullptr ? waitInList(waiter, limits, stop)
                                                   : waitForTurn(waiter, limits, stop);
    takeMutex(depth ? *depth : 1);
    if (end == WaitEnd::Granted)
        return {};
    return waitError(end, "wait");
}

// A wait that is only tried is none: it gives others their chance, and no notify reaches it.
Result<void> Condition::passBy(Deadline deadline)
{
    reportWants(m_object, State::WaitCondition, deadline);
    const Result<std::uint32_t> depth = giveMutex();
    HEDDLE_ASSERT(depth.has_value(), "the holder can give the mutex back");
    if (currentWaitGate != nullptr)
        static_cast<void>(currentWaitGate->giveWay());
    report(WaitEnd::TimedOut);
    takeMutex(depth ? *depth : 1);
    return waitError(WaitEnd::TimedOut, "wait");
}

// Every wait has such a moment, so that no waiter of a program with spurious wake-ups is stuck.
Deadline Condition::drawWakeup()
{
    using std::chrono::microseconds;
    constexpr std::int64_t kOneInSoMany = 8;
    if (m_options.spurious == SpuriousWakeups::Never)
        return Deadline::never();
    const InternalLock lock(m_mutex);
    const auto draw = [this](std::int64_t low, std::int64_t high) HEDDLE_REQUIRES(m_mutex) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(m_lot);
    };
    const bool isSoon = draw(1, kOneInSoMany) == 1;
    return Deadline::after(microseconds(isSoon ? draw(0, 1'000) : draw(50'000, 250'000)));
}

/// One that ends by itself counts as granted.
WaitEnd Condition::waitInList(Waiter& waiter, const Limits& limits, const std::stop_token& stop)
{
    const WaitEnd end = leave(waiter, waiter.sleep(limits.first(), stop));
    return report(end == WaitEnd::TimedOut && limits.isOwnFirst() ? WaitEnd::Granted : end);
}

// Forced: whether it is let go, and when it takes the mutex again, is what the schedule says.
WaitEnd Condition::waitForTurn(Waiter& waiter, const Limits& limits, const std::stop_token& stop)
{
    const WaitGate::Turn turn = currentWaitGate->giveWay();
    switch (turn) {
    case WaitGate::Turn::Free:
        return waitInList(waiter, limits, stop);
    case WaitGate::Turn::Granted:
        waiter.awaitGrant();
        return report(WaitEnd::Granted);
    case WaitGate::Turn::LimitOver:
    case WaitGate::Turn::Woken:
        break;
    }
    const WaitEnd end = leave(waiter, WaitEnd::TimedOut);
    report(turn == WaitGate::Turn::Woken ? WaitEnd::Granted : end);
    static_cast<void>(currentWaitGate->giveWay());
    return turn == WaitGate::Turn::Woken ? WaitEnd::Granted : end;
}

WaitEnd Condition::report(WaitEnd end) const
{
    if (end == WaitEnd::Granted)
        reportHas(m_object);
    else
        reportGaveUp(m_object, endOfWait(end));
    return end;
}

WaitEnd Condition::leave(Waiter& waiter, WaitEnd end)
{
    if (end == WaitEnd::Granted)
        return end;
    {
        const InternalLock lock(m_mutex);
        if (m_waiters.remove(waiter))
            return end;
    }
    waiter.awaitGrant(); // notified at the same moment: that one is not lost
    return WaitEnd::Granted;
}

Waiter& Condition::nextLocked()
{
    if (m_options.order == NotifyOrder::Fifo || m_waiters.size() == 1)
        return *m_waiters.first();
    std::uniform_int_distribution<std::size_t> draw(0, m_waiters.size() - 1);
    return *m_waiters.at(draw(m_lot));
}

void Condition::takeForNotifyLocked(WakeChain& chain, std::size_t count)
{
    const WaitGate* gate = currentWaitGate;
    if (gate == nullptr || !gate->isForced()) {
        while (chain.size() < count && !m_waiters.isEmpty())
            chain.take(m_waiters, nextLocked());
        return;
    }
    for (Waiter* waiter = m_waiters.first(); waiter != nullptr;) {
        Waiter* next = WaitList::after(*waiter);
        if (gate->isChosen(waiter->actor()))
            chain.take(m_waiters, *waiter);
        waiter = next;
    }
}

Result<std::size_t> Condition::notify(std::size_t count)
{
    if (m_options.notifyBy == NotifyBy::HolderOnly && !isMutexHeld())
        return Error{ErrorKind::NotOwner, 0, "notify", kMutexNotHeldByCaller};
    WakeChain chain;
    {
        const InternalLock lock(m_mutex);
        takeForNotifyLocked(chain, count);
    }
    const std::size_t woken = chain.size();
    if (m_object)
        record(EventKind::Notified, m_object.value, woken);
    if (woken == 0)
        return woken;
    if (!isMutexHeld()) {
        chain.wake(m_object);
        return woken;
    }
    chain.announce(m_object);
    if (m_plain != nullptr)
        m_plain->wakeAfterUnlock(chain);
    else
        m_recursive->wakeAfterUnlock(chain);
    return woken;
}

Result<std::size_t> Condition::notifyAll()
{
    return notify(std::numeric_limits<std::size_t>::max());
}

std::size_t Condition::waiting() const
{
    const InternalLock lock(m_mutex);
    return m_waiters.size();
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/condition.h"

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
        return Error{
            ErrorKind::NotOwner, 0, "wait", "the caller does not hold the condition's mutex"};
    Waiter waiter;
    reportWants(m_object, State::WaitCondition, deadline);
    {
        const InternalLock lock(m_mutex);
        m_waiters.pushBack(waiter); // before the mutex is free, so that no notify falls between
    }
    const Result<std::uint32_t> depth = giveMutex();
    HEDDLE_ASSERT(depth.has_value(), "the holder can give the mutex back");
    const WaitEnd end = leave(waiter, waiter.sleep(deadline, stop));
    if (end == WaitEnd::Granted)
        reportHas(m_object);
    else
        reportGaveUp(m_object, endOfWait(end));
    takeMutex(depth ? *depth : 1);
    if (end == WaitEnd::Granted)
        return {};
    return waitError(end, "wait");
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

Result<std::size_t> Condition::notify(std::size_t count)
{
    if (m_options.notifyBy == NotifyBy::HolderOnly && !isMutexHeld())
        return Error{
            ErrorKind::NotOwner, 0, "notify", "the caller does not hold the condition's mutex"};
    WakeChain chain;
    {
        const InternalLock lock(m_mutex);
        while (chain.size() < count && !m_waiters.isEmpty())
            chain.take(m_waiters, nextLocked());
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

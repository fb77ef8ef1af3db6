// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/event.h"

#include "engine/record/recorder.h"

namespace heddle {

void Event::set()
{
    WakeChain chain;
    {
        const InternalLock lock(m_mutex);
        if (m_object)
            record(EventKind::WasSet, m_object.value);
        m_set.store(true, std::memory_order_release);
        while (!m_waiters.isEmpty())
            chain.take(m_waiters, *m_waiters.first());
    }
    chain.wake(m_object);
}

void Event::clear()
{
    const InternalLock lock(m_mutex);
    if (m_object)
        record(EventKind::WasCleared, m_object.value);
    m_set.store(false, std::memory_order_release);
}

Result<void> Event::wait(Deadline deadline, const std::stop_token& stop)
{
    if (isSet()) {
        reportHas(m_object);
        return {};
    }
    Waiter waiter;
    {
        const InternalLock lock(m_mutex);
        if (isSet()) {
            reportHas(m_object);
            return {};
        }
        if (deadline.isOver())
            return waitError(WaitEnd::TimedOut, "wait");
        reportWants(m_object, State::WaitCondition, deadline);
        m_waiters.pushBack(waiter);
    }
    const WaitEnd end = leave(waiter, waiter.sleep(deadline, stop));
    if (end == WaitEnd::Granted) {
        reportHas(m_object);
        return {};
    }
    reportGaveUp(m_object, endOfWait(end));
    return waitError(end, "wait");
}

WaitEnd Event::leave(Waiter& waiter, WaitEnd end)
{
    if (end == WaitEnd::Granted)
        return end;
    {
        const InternalLock lock(m_mutex);
        if (m_waiters.remove(waiter))
            return end;
    }
    waiter.awaitGrant();
    return WaitEnd::Granted;
}

std::size_t Event::waiting() const
{
    const InternalLock lock(m_mutex);
    return m_waiters.size();
}

} // namespace heddle

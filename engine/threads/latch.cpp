// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/latch.h"

#include "engine/record/recorder.h"

#include <algorithm>

namespace heddle {

Latch::Latch(std::int64_t count, ObjectId object)
    : m_object(object)
    , m_count(std::max<std::int64_t>(count, 0))
{
    reportLevel(m_object, std::max<std::int64_t>(count, 0));
}

Result<void> Latch::countDown(std::int64_t by)
{
    if (by < 1)
        return Error{ErrorKind::InvalidArgument, 0, "count down", "by less than one"};
    WakeChain chain;
    {
        const InternalLock lock(m_mutex);
        if (by > m_count)
            return Error{ErrorKind::Overflow, 0, "count down", "the latch would fall below 0"};
        m_count -= by;
        reportLevel(m_object, m_count);
        while (m_count == 0 && !m_waiters.isEmpty())
            chain.take(m_waiters, *m_waiters.first());
    }
    chain.wake(m_object);
    return {};
}

Result<void> Latch::wait(Deadline deadline, const std::stop_token& stop)
{
    Waiter waiter;
    {
        const InternalLock lock(m_mutex);
        if (m_count == 0) {
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

WaitEnd Latch::leave(Waiter& waiter, WaitEnd end)
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

std::int64_t Latch::count() const
{
    const InternalLock lock(m_mutex);
    return m_count;
}

std::size_t Latch::waiting() const
{
    const InternalLock lock(m_mutex);
    return m_waiters.size();
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/gate.h"

namespace heddle {

void Gate::takeAllLocked(WakeChain& chain)
{
    while (!m_waiters.isEmpty())
        chain.take(m_waiters, *m_waiters.first());
}

Result<void> Gate::sleep(Waiter& waiter, Deadline deadline, const std::stop_token& stop)
{
    const WaitEnd end = leave(waiter, waiter.sleep(deadline, stop));
    if (end == WaitEnd::Granted) {
        reportHas(m_object);
        return {};
    }
    reportGaveUp(m_object, endOfWait(end));
    return waitError(end, "wait");
}

// Who gives up goes from the list, unless it has been let go meanwhile: then it was granted.
WaitEnd Gate::leave(Waiter& waiter, WaitEnd end)
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

std::size_t Gate::waiting() const
{
    const InternalLock lock(m_mutex);
    return m_waiters.size();
}

} // namespace heddle

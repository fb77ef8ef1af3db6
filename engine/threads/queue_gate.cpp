// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/queue_gate.h"

#include "engine/base/object_refusals.h"
#include "engine/record/recorder.h"

#include <algorithm>

namespace heddle {

namespace {

EndOfWait endOfOutcome(QueueGate::Outcome outcome)
{
    if (outcome == QueueGate::Outcome::Closed)
        return EndOfWait::Closed;
    if (outcome == QueueGate::Outcome::Interrupted)
        return EndOfWait::Interrupted;
    return outcome == QueueGate::Outcome::TimedOut ? EndOfWait::TimedOut : EndOfWait::Cancelled;
}

QueueGate::Outcome outcomeOf(WaitEnd end, bool closed)
{
    if (end == WaitEnd::Granted)
        return closed ? QueueGate::Outcome::Closed : QueueGate::Outcome::Passed;
    if (end == WaitEnd::Interrupted)
        return QueueGate::Outcome::Interrupted;
    return end == WaitEnd::TimedOut ? QueueGate::Outcome::TimedOut : QueueGate::Outcome::Cancelled;
}

} // namespace

QueueGate::QueueGate(ObjectId object)
    : m_object(object)
{
    reportLevel(m_object, 0);
}

Error QueueGate::errorOf(Outcome outcome, const char* operation)
{
    if (outcome == Outcome::Closed)
        return Error{ErrorKind::Closed, 0, operation, kQueueIsClosed};
    if (outcome == Outcome::Interrupted)
        return waitError(WaitEnd::Interrupted, operation);
    return waitError(
        outcome == Outcome::TimedOut ? WaitEnd::TimedOut : WaitEnd::Cancelled, operation);
}

WaitList& QueueGate::listLocked(Side side)
{
    return side == Side::Putters ? m_putters : m_getters;
}

QueueGate::Outcome QueueGate::waitAndUnlock(
    Side side, Place& place, Deadline deadline, const std::stop_token& stop)
{
    if (deadline.isOver()) {
        m_mutex.unlock();
        return Outcome::TimedOut;
    }
    // Reported under the lock: a hand-over that follows must find this wait.
    reportWants(m_object, State::WaitQueue, deadline);
    listLocked(side).pushBack(place);
    m_mutex.unlock();
    const WaitEnd end = leave(side, place, place.sleep(deadline, stop));
    const Outcome outcome = outcomeOf(end, place.closed);
    if (outcome == Outcome::Passed)
        reportHas(m_object);
    else
        reportGaveUp(m_object, endOfOutcome(outcome));
    return outcome;
}

WaitEnd QueueGate::leave(Side side, Place& place, WaitEnd end)
{
    if (end == WaitEnd::Granted)
        return end;
    {
        const InternalLock lock(m_mutex);
        if (listLocked(side).remove(place))
            return end;
    }
    place.awaitGrant(); // an item or its place was given to it at the same moment
    return WaitEnd::Granted;
}

void QueueGate::closeLocked(std::size_t dropped, WakeChain& chain, WakeChain& joiners)
{
    m_closed = true;
    m_unfinished -= std::min(dropped, m_unfinished);
    if (dropped != 0)
        reportLevel(m_object, 0);
    // Getters wait only where there is nothing, and nothing comes any more.
    for (WaitList* list : {&m_putters, &m_getters}) {
        while (Waiter* waiter = list->first()) {
            static_cast<Place*>(waiter)->closed = true;
            chain.take(*list, *waiter);
        }
    }
    while (m_unfinished == 0 && !m_joiners.isEmpty())
        joiners.take(m_joiners, *m_joiners.first());
}

void QueueGate::wakeAfterClose(WakeChain& chain, WakeChain& joiners) const
{
    chain.wake(m_object);
    joiners.wake(m_object);
}

Result<void> QueueGate::taskDone()
{
    WakeChain joiners;
    {
        const InternalLock lock(m_mutex);
        if (m_unfinished == 0)
            return Error{ErrorKind::Overflow, 0, "task done", kTooManyHandled};
        --m_unfinished;
        while (m_unfinished == 0 && !m_joiners.isEmpty())
            joiners.take(m_joiners, *m_joiners.first());
    }
    joiners.wake(m_object);
    return {};
}

Result<void> QueueGate::join(Deadline deadline, const std::stop_token& stop)
{
    Waiter waiter;
    {
        const InternalLock lock(m_mutex);
        if (m_unfinished == 0)
            return {};
        if (deadline.isOver())
            return waitError(WaitEnd::TimedOut, "join");
        reportWants(m_object, State::WaitQueue, deadline);
        m_joiners.pushBack(waiter);
    }
    const WaitEnd end = leaveJoin(waiter, waiter.sleep(deadline, stop));
    if (end == WaitEnd::Granted) {
        reportHas(m_object);
        return {};
    }
    reportGaveUp(m_object, endOfWait(end));
    return waitError(end, "join");
}

WaitEnd QueueGate::leaveJoin(Waiter& waiter, WaitEnd end)
{
    if (end == WaitEnd::Granted)
        return end;
    {
        const InternalLock lock(m_mutex);
        if (m_joiners.remove(waiter))
            return end;
    }
    waiter.awaitGrant();
    return WaitEnd::Granted;
}

bool QueueGate::isClosed() const
{
    const InternalLock lock(m_mutex);
    return m_closed;
}

std::size_t QueueGate::unfinished() const
{
    const InternalLock lock(m_mutex);
    return m_unfinished;
}

std::size_t QueueGate::waiting() const
{
    const InternalLock lock(m_mutex);
    return m_putters.size() + m_getters.size() + m_joiners.size();
}

} // namespace heddle

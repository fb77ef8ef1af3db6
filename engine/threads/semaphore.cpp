// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/semaphore.h"

#include "engine/base/object_refusals.h"

#include <limits>

namespace heddle {

namespace {

Error badUnits(const char* operation)
{
    return Error{ErrorKind::InvalidArgument, 0, operation, kTooFewUnits};
}

Error badCounts(const char* operation)
{
    return Error{ErrorKind::InvalidArgument, 0, operation,
        "the semaphore was made with a negative count, or more units than it may have"};
}

// -1 if there is no such semaphore.
std::int64_t boundOf(std::int64_t initial, std::optional<std::int64_t> most)
{
    const std::int64_t bound = most.value_or(std::numeric_limits<std::int64_t>::max());
    return initial >= 0 && initial <= bound ? bound : -1;
}

} // namespace

Semaphore::Semaphore(std::int64_t initial, std::optional<std::int64_t> most, ObjectId object)
    : m_value(boundOf(initial, most) < 0 ? 0 : initial)
    , m_most(boundOf(initial, most))
    , m_object(object)
{
    reportLevel(m_object, value());
}

void Semaphore::reportTaken(std::int64_t units) const
{
    reportHas(m_object, static_cast<std::uint64_t>(units));
    reportLevel(m_object, value());
}

void Semaphore::reportReleased(std::int64_t units, std::int64_t level) const
{
    heddle::reportReleased(m_object, static_cast<std::uint64_t>(units));
    reportLevel(m_object, level);
}

Error Semaphore::refusal(std::int64_t units) const
{
    if (isImpossible())
        return badCounts("release");
    if (units < 1)
        return badUnits("release");
    return Error{ErrorKind::Overflow, 0, "release", kTooManyUnits};
}

Result<void> Semaphore::acquireSlowly(
    std::int64_t units, Deadline deadline, const std::stop_token& stop)
{
    if (units < 1)
        return badUnits("acquire");
    if (isImpossible())
        return badCounts("acquire");
    if (deadline.isOver())
        return waitError(WaitEnd::TimedOut, "acquire");
    reportWants(m_object, State::WaitLock, deadline);
    const WaitEnd end = waitToTake(units, deadline, stop);
    if (end == WaitEnd::Granted) {
        if (isRecorded())
            reportTaken(units);
        return {};
    }
    reportGaveUp(m_object, endOfWait(end));
    return waitError(end, "acquire");
}

WaitEnd Semaphore::waitToTake(std::int64_t units, Deadline deadline, const std::stop_token& stop)
{
    UnitsWaiter waiter;
    waiter.units = units;
    {
        const InternalLock lock(m_mutex);
        // First announce the wait, then look once more: a release does it the other way round, so
        // that one of the two sees the other.
        m_waiting.store(m_waiters.size() + 1, std::memory_order_seq_cst);
        if (take(units)) {
            m_waiting.store(m_waiters.size(), std::memory_order_seq_cst);
            return WaitEnd::Granted;
        }
        m_waiters.pushBack(waiter);
    }
    return leave(waiter, waiter.sleep(deadline, stop));
}

WaitEnd Semaphore::leave(Waiter& waiter, WaitEnd end)
{
    if (end == WaitEnd::Granted)
        return end;
    {
        const InternalLock lock(m_mutex);
        if (m_waiters.remove(waiter)) {
            m_waiting.store(m_waiters.size(), std::memory_order_seq_cst);
            return end;
        }
    }
    waiter.awaitGrant(); // its units were taken for it at the same moment
    return WaitEnd::Granted;
}

void Semaphore::serveWaiters()
{
    WakeChain chain;
    {
        const InternalLock lock(m_mutex);
        for (Waiter* waiter = m_waiters.first(); waiter != nullptr;) {
            Waiter* next = WaitList::after(*waiter);
            if (take(static_cast<UnitsWaiter*>(waiter)->units))
                chain.take(m_waiters, *waiter);
            waiter = next;
        }
        m_waiting.store(m_waiters.size(), std::memory_order_seq_cst);
    }
    chain.wake(m_object);
}

std::size_t Semaphore::waiting() const
{
    const InternalLock lock(m_mutex);
    return m_waiters.size();
}

} // namespace heddle

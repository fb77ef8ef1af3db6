// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/mutex.h"

#include "engine/base/object_refusals.h"
#include "engine/record/session_view.h"

#include <utility>

namespace heddle {

bool Mutex::tryLock()
{
    if (!take())
        return false;
    if (isRecorded())
        reportTaken();
    return true;
}

bool Mutex::spinToTake()
{
    for (int turn = spinLimit(); turn > 0; --turn) {
        if (!isLocked() && take())
            return true;
        pauseProcessor();
    }
    return take();
}

Result<void> Mutex::lockSlowly(Deadline deadline, const std::stop_token& stop)
{
    if (spinToTake()) {
        if (isRecorded())
            reportTaken();
        return {};
    }
    if (deadline.isOver())
        return waitError(WaitEnd::TimedOut, "lock");
    reportWants(m_object, State::WaitLock, deadline);
    const WaitEnd end = waitToTake(deadline, stop);
    if (end == WaitEnd::Granted) {
        if (isRecorded())
            reportTaken();
        return {};
    }
    reportGaveUp(m_object, endOfWait(end));
    return waitError(end, "lock");
}

WaitEnd Mutex::waitToTake(Deadline deadline, const std::stop_token& stop)
{
    Place place;
    for (bool woken = false;; woken = true) {
        {
            const InternalLock lock(m_mutex);
            if (woken)
                m_wakeInFlight = false;
            if (takeOrFlagLocked())
                return WaitEnd::Granted;
            if (woken) {
                // Somebody else was faster. It keeps its place, and what the watch sees is a new wait.
                place.rearm();
                reportStillWants();
                m_waiters.pushFront(place);
            } else {
                m_waiters.pushBack(place);
            }
        }
        const WaitEnd end = leave(place, place.sleep(deadline, stop));
        if (end != WaitEnd::Granted || m_options.order == LockOrder::Fair)
            return end;
    }
}

// A waiter that gives up goes from the list, unless it has been chosen meanwhile: then it was granted.
WaitEnd Mutex::leave(Place& place, WaitEnd end)
{
    if (end == WaitEnd::Granted)
        return end;
    {
        const InternalLock lock(m_mutex);
        if (m_waiters.remove(place))
            return end;
    }
    place.awaitGrant();
    return WaitEnd::Granted;
}

bool Mutex::takeOrFlagLocked()
{
    bool taken = take();
    if (!taken && !m_hasWaiters.load(std::memory_order_relaxed)) {
        m_hasWaiters.store(true, std::memory_order_seq_cst);
        if (m_hasHeavyFence)
            heavyFence();
        taken = take();
    }
    if (taken)
        noteWaitersLocked();
    return taken;
}

void Mutex::noteWaitersLocked()
{
    m_hasWaiters.store(!m_waiters.isEmpty() || !m_notified.isEmpty(), std::memory_order_relaxed);
}

Result<void> Mutex::unlockSlowly()
{
    if (!isLocked() || (m_options.unlockBy == UnlockBy::HolderOnly && !isHeldByCaller()))
        return notOwner();
    if (isRecorded())
        reportGiven();
    WakeChain chain;
    WakeChain notified;
    {
        const InternalLock lock(m_mutex);
        if (!isLocked())
            return notOwner();
        notified = std::exchange(m_notified, {});
        Waiter* next = chooseNextLocked();
        if (next != nullptr)
            chain.take(m_waiters, *next);
        noteWaitersLocked();
        const bool changesHands = m_options.order == LockOrder::Fair && next != nullptr;
        m_wakeInFlight = m_wakeInFlight || (next != nullptr && !changesHands);
        m_thread.store(
            changesHands ? static_cast<Place*>(next)->thread : 0, std::memory_order_release);
    }
    chain.wake(m_object);
    notified.wakeAnnounced();
    return {};
}

// Somebody began to wait just when the mutex became free. In a fair one it gets it now, if nobody has
// taken it meanwhile, who will look at the list again.
void Mutex::serveLateComer()
{
    WakeChain chain;
    {
        const InternalLock lock(m_mutex);
        Waiter* next = chooseNextLocked();
        if (next == nullptr)
            return;
        if (m_options.order == LockOrder::Fair) {
            std::uint32_t free = 0;
            if (!m_thread.compare_exchange_strong(free, static_cast<Place*>(next)->thread))
                return;
        } else {
            m_wakeInFlight = true;
        }
        chain.take(m_waiters, *next);
        noteWaitersLocked();
    }
    chain.wake(m_object);
}

// One is enough at a time where whoever comes first gets it.
Waiter* Mutex::chooseNextLocked()
{
    return m_options.order == LockOrder::Fair || !m_wakeInFlight ? m_waiters.first() : nullptr;
}

void Mutex::wakeAfterUnlock(const WakeChain& chain)
{
    const InternalLock lock(m_mutex);
    m_notified.append(chain);
    m_hasWaiters.store(
        true, std::memory_order_relaxed); // the unlock, which is the caller's, must look
}

void Mutex::reportTaken() const
{
    reportHas(m_object);
    reportHolder(m_object, currentActor());
}

void Mutex::reportGiven() const
{
    reportHolder(m_object, {});
    reportReleased(m_object);
}

Error Mutex::notOwner()
{
    return Error{ErrorKind::NotOwner, 0, "unlock", kNotHeldByCaller};
}

ActorId Mutex::holder() const
{
    const auto session = recordingSession();
    return session && m_object ? readObject(*session, m_object).holder : ActorId{};
}

std::size_t Mutex::waiting() const
{
    const InternalLock lock(m_mutex);
    return m_waiters.size();
}

} // namespace heddle

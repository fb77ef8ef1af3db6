// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/mutex.h"

#include "engine/record/session_view.h"

#include <utility>

namespace heddle {

bool Mutex::takeAny()
{
    std::uint32_t word = m_word.load(std::memory_order_relaxed);
    while ((word & kLocked) == 0) {
        if (m_word.compare_exchange_weak(
                word, word | kLocked, std::memory_order_acquire, std::memory_order_relaxed))
            return true;
    }
    return false;
}

bool Mutex::tryLock()
{
    if (!takeAny())
        return false;
    noteTaken();
    return true;
}

bool Mutex::spinToTake()
{
    for (int turn = spinLimit(); turn > 0; --turn) {
        if (takeAny())
            return true;
        pauseProcessor();
    }
    return takeAny();
}

Result<void> Mutex::lockSlowly(Deadline deadline, const std::stop_token& stop)
{
    if (spinToTake()) {
        noteTaken();
        return {};
    }
    if (deadline.isOver())
        return waitError(WaitEnd::TimedOut, "lock");
    reportWants(m_object, State::WaitLock, deadline);
    const WaitEnd end = waitToTake(deadline, stop);
    if (end == WaitEnd::Granted) {
        noteTaken();
        return {};
    }
    reportGaveUp(m_object, endOfWait(end));
    return waitError(end, "lock");
}

WaitEnd Mutex::waitToTake(Deadline deadline, const std::stop_token& stop)
{
    Waiter waiter;
    for (bool woken = false;; woken = true) {
        {
            const InternalLock lock(m_mutex);
            if (woken)
                m_wakeInFlight = false;
            if (takeOrFlagLocked())
                return WaitEnd::Granted;
            if (woken) {
                // Somebody else was faster. It keeps its place, and what the watch sees is a new wait.
                waiter.rearm();
                reportStillWants();
                m_waiters.pushFront(waiter);
            } else {
                m_waiters.pushBack(waiter);
            }
        }
        const WaitEnd end = leave(waiter, waiter.sleep(deadline, stop));
        if (end != WaitEnd::Granted || m_options.order == LockOrder::Fair)
            return end;
    }
}

// A waiter that gives up goes from the list, unless it has been chosen meanwhile: then it was granted.
WaitEnd Mutex::leave(Waiter& waiter, WaitEnd end)
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

bool Mutex::takeOrFlagLocked()
{
    std::uint32_t word = m_word.load(std::memory_order_relaxed);
    for (;;) {
        const bool isFree = (word & kLocked) == 0;
        if (!isFree && (word & kWaiters) != 0)
            return false;
        const std::uint32_t others = m_waiters.isEmpty() ? 0 : kWaiters;
        const std::uint32_t next = isFree ? kLocked | others : word | kWaiters;
        if (m_word.compare_exchange_weak(
                word, next, std::memory_order_acquire, std::memory_order_relaxed))
            return isFree;
    }
}

Result<void> Mutex::unlockSlowly()
{
    WakeChain chain;
    WakeChain notified;
    {
        const InternalLock lock(m_mutex);
        if (!isLocked())
            return notOwner();
        notified = std::exchange(m_notified, {});
        const bool isFair = m_options.order == LockOrder::Fair;
        Waiter* next = isFair || !m_wakeInFlight ? m_waiters.first() : nullptr;
        if (next != nullptr)
            chain.take(m_waiters, *next);
        const std::uint32_t others = m_waiters.isEmpty() ? 0 : kWaiters;
        if (isFair && next != nullptr) {
            m_word.store(
                kLocked | others, std::memory_order_release); // it changes hands, never free
        } else {
            m_wakeInFlight = m_wakeInFlight || next != nullptr;
            m_word.store(others, std::memory_order_release);
        }
    }
    chain.wake(m_object);
    notified.wakeAnnounced();
    return {};
}

void Mutex::wakeAfterUnlock(const WakeChain& chain)
{
    const InternalLock lock(m_mutex);
    m_notified.append(chain);
    m_word.fetch_or(kWaiters, std::memory_order_relaxed); // the unlock must look here
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
    return Error{ErrorKind::NotOwner, 0, "unlock", "the caller does not hold it"};
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

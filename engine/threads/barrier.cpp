// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/barrier.h"

#include "engine/base/object_refusals.h"
#include "engine/record/recorder.h"
#include "engine/threads/wait_gate.h"

#include <utility>

namespace heddle {

namespace {

Error brokenBarrier()
{
    return Error{ErrorKind::BrokenBarrier, 0, "arrive", kBarrierIsBroken};
}

} // namespace

Barrier::Barrier(std::uint32_t parties, ObjectId object, std::function<void()> action,
    std::optional<nanoseconds> limit)
    : m_parties(parties)
    , m_object(object)
    , m_action(std::move(action))
    , m_limit(limit)
{
    reportLevel(m_object, 0);
}

Result<std::uint32_t> Barrier::arrive()
{
    return arrive(m_limit ? Deadline::after(*m_limit) : Deadline::never());
}

Result<std::uint32_t> Barrier::arrive(Deadline deadline, const std::stop_token& stop)
{
    if (m_parties == 0)
        return Error{ErrorKind::InvalidArgument, 0, "arrive", "the party is nobody"};
    Place place;
    WakeChain party;
    std::uint32_t index = 0;
    {
        const InternalLock lock(m_mutex);
        if (m_broken)
            return brokenBarrier();
        index = static_cast<std::uint32_t>(m_waiters.size());
        if (index + 1 == m_parties) {
            takePartyLocked(party);
        } else {
            reportWants(m_object, State::WaitCondition, deadline);
            m_waiters.pushBack(place);
            reportLevel(m_object, index + 1);
        }
    }
    if (index + 1 == m_parties)
        return trip(party, index);
    return sleepIn(place, index, deadline, stop);
}

Result<std::uint32_t> Barrier::trip(WakeChain& party, std::uint32_t index)
{
    try {
        if (m_action)
            m_action();
    } catch (...) {
        WakeChain late;
        {
            const InternalLock lock(m_mutex);
            party.forEach([](Waiter& waiter) { static_cast<Place&>(waiter).broken = true; });
            breakLocked(late);
        }
        party.wake(m_object);
        late.wake(m_object);
        throw;
    }
    if (m_object)
        record(EventKind::BarrierTripped, m_object.value);
    party.wake(m_object);
    reportHas(m_object);
    return index;
}

// Forced: the schedule says whether the party was completed or broken, or the time limit was over.
WaitEnd Barrier::waitForTurn(Place& place, Deadline deadline, const std::stop_token& stop)
{
    const WaitGate::Turn turn = currentWaitGate->giveWay();
    if (turn == WaitGate::Turn::Free)
        return place.sleep(deadline, stop);
    if (turn == WaitGate::Turn::LimitOver)
        return WaitEnd::TimedOut;
    place.awaitGrant();
    return WaitEnd::Granted;
}

Result<std::uint32_t> Barrier::sleepIn(
    Place& place, std::uint32_t index, Deadline deadline, const std::stop_token& stop)
{
    const WaitEnd end = currentWaitGate == nullptr ? place.sleep(deadline, stop)
                                                   : waitForTurn(place, deadline, stop);
    WakeChain left;
    bool gaveUp = false;
    if (end != WaitEnd::Granted) {
        const InternalLock lock(m_mutex);
        gaveUp = m_waiters.remove(place);
        if (gaveUp)
            breakLocked(left);
    }
    left.wake(m_object);
    if (gaveUp) {
        reportGaveUp(m_object, endOfWait(end));
        return waitError(end, "arrive");
    }
    place.awaitGrant();
    if (place.broken) {
        reportGaveUp(m_object, EndOfWait::Broken);
        return brokenBarrier();
    }
    reportHas(m_object);
    return index;
}

void Barrier::takePartyLocked(WakeChain& chain)
{
    while (!m_waiters.isEmpty())
        chain.take(m_waiters, *m_waiters.first());
    reportLevel(m_object, 0);
}

void Barrier::dismissLocked(WakeChain& chain)
{
    for (Waiter* waiter = m_waiters.first(); waiter != nullptr; waiter = WaitList::after(*waiter))
        static_cast<Place*>(waiter)->broken = true;
    takePartyLocked(chain);
}

void Barrier::breakLocked(WakeChain& chain)
{
    if (m_object && !m_broken)
        record(EventKind::BarrierBroken, m_object.value);
    m_broken = true;
    dismissLocked(chain);
}

void Barrier::abort()
{
    WakeChain chain;
    {
        const InternalLock lock(m_mutex);
        breakLocked(chain);
    }
    chain.wake(m_object);
}

void Barrier::reset()
{
    WakeChain chain;
    {
        const InternalLock lock(m_mutex);
        dismissLocked(chain);
        m_broken = false;
    }
    chain.wake(m_object);
}

bool Barrier::isBroken() const
{
    const InternalLock lock(m_mutex);
    return m_broken;
}

std::size_t Barrier::waiting() const
{
    const InternalLock lock(m_mutex);
    return m_waiters.size();
}

} // namespace heddle

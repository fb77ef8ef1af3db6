// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/wait_list.h"

#include "engine/base/futex.h"
#include "engine/base/interruption.h"
#include "engine/record/recorder.h"

#include <optional>

namespace heddle {

Error waitError(WaitEnd end, const char* operation)
{
    if (end == WaitEnd::Interrupted)
        return interruptedError(operation);
    const ErrorKind kind = end == WaitEnd::TimedOut ? ErrorKind::Timeout : ErrorKind::Cancelled;
    return Error{kind, 0, operation, {}};
}

EndOfWait endOfWait(WaitEnd end)
{
    if (end == WaitEnd::Interrupted)
        return EndOfWait::Interrupted;
    return end == WaitEnd::TimedOut ? EndOfWait::TimedOut : EndOfWait::Cancelled;
}

bool Waiter::spin() const
{
    return spinUntil([this] { return m_word.load(std::memory_order_acquire) == kGranted; });
}

// From now on whoever grants goes into the kernel to wake.
void Waiter::fallAsleep()
{
    std::uint32_t awake = kAwake;
    m_word.compare_exchange_strong(awake, kAsleep, std::memory_order_acq_rel);
}

void Waiter::interrupt()
{
    std::uint32_t asleep = kAsleep;
    if (m_word.compare_exchange_strong(asleep, kInterrupted, std::memory_order_acq_rel))
        futexWake(m_word, 1);
}

// While handlers run, the thread does not wait for what it will wait for again.
bool Waiter::isGivenUp() const
{
    const WaitPutAside aside;
    return runInterruptions() == AfterInterruption::GiveUp;
}

WaitEnd Waiter::sleep(Deadline deadline, const std::stop_token& stop)
{
    if (spin())
        return WaitEnd::Granted;
    fallAsleep();
    auto interruptMe = [this] { interrupt(); };
    // Its destructor waits for a call under way, so that the call never outlives this waiter.
    std::optional<std::stop_callback<decltype(interruptMe)>> onStop;
    if (stop.stop_possible())
        onStop.emplace(stop, interruptMe);
    for (;;) {
        const std::uint32_t word = m_word.load(std::memory_order_acquire);
        if (word == kGranted)
            return WaitEnd::Granted;
        if (word == kInterrupted)
            return WaitEnd::Cancelled;
        if (hasInterruption()) {
            if (isGivenUp())
                return WaitEnd::Interrupted;
            continue; // it may have been granted meanwhile
        }
        if (futexWaitInterruptibly(m_word, kAsleep, deadline) == FutexWait::TimedOut)
            return WaitEnd::TimedOut;
    }
}

void Waiter::awaitGrant()
{
    fallAsleep();
    for (;;) {
        const std::uint32_t word = m_word.load(std::memory_order_acquire);
        if (word == kGranted)
            return;
        futexWait(m_word, word, Deadline::never());
    }
}

Waiter* WaitList::at(std::size_t index) const
{
    Waiter* waiter = m_first;
    while (waiter != nullptr && index-- > 0)
        waiter = waiter->m_next;
    return waiter;
}

void WaitList::pushBack(Waiter& waiter)
{
    waiter.m_previous = m_last;
    waiter.m_next = nullptr;
    waiter.m_queued = true;
    (m_last != nullptr ? m_last->m_next : m_first) = &waiter;
    m_last = &waiter;
    ++m_size;
}

void WaitList::pushFront(Waiter& waiter)
{
    waiter.m_previous = nullptr;
    waiter.m_next = m_first;
    waiter.m_queued = true;
    (m_first != nullptr ? m_first->m_previous : m_last) = &waiter;
    m_first = &waiter;
    ++m_size;
}

bool WaitList::remove(Waiter& waiter)
{
    if (!waiter.m_queued)
        return false;
    (waiter.m_previous != nullptr ? waiter.m_previous->m_next : m_first) = waiter.m_next;
    (waiter.m_next != nullptr ? waiter.m_next->m_previous : m_last) = waiter.m_previous;
    waiter.m_queued = false;
    --m_size;
    return true;
}

void WakeChain::take(WaitList& list, Waiter& waiter)
{
    list.remove(waiter);
    waiter.m_next = nullptr;
    (m_last != nullptr ? m_last->m_next : m_first) = &waiter;
    m_last = &waiter;
    ++m_size;
}

Waiter* WakeChain::pop()
{
    Waiter* waiter = m_first;
    if (waiter != nullptr) {
        m_first = waiter->m_next;
        --m_size;
    }
    if (m_first == nullptr)
        m_last = nullptr;
    return waiter;
}

// With the exchange the waiter may return and its stack be used again; the wake then goes to an address
// that nobody waits on, or gives somebody a wake-up too many, which every futex user must bear. One who
// still spins sees the grant by himself: the way into the kernel would cost more than all the rest.
void WakeChain::letGo(Waiter& waiter)
{
    std::atomic<std::uint32_t>& word = waiter.m_word;
    if (word.exchange(Waiter::kGranted, std::memory_order_acq_rel) != Waiter::kAwake)
        futexWake(word, 1);
}

void WakeChain::wake(ObjectId object)
{
    while (Waiter* waiter = pop()) {
        reportHandedOver(object, waiter->m_actor);
        letGo(*waiter);
    }
}

void WakeChain::announce(ObjectId object) const
{
    if (!object)
        return;
    forEach([object](const Waiter& waiter) {
        if (waiter.m_actor)
            record(EventKind::HandedOver, object.value, waiter.m_actor.value);
    });
}

void WakeChain::wakeAnnounced()
{
    while (Waiter* waiter = pop()) {
        reportWaitOver(waiter->m_actor);
        letGo(*waiter);
    }
}

void WakeChain::append(const WakeChain& chain)
{
    if (chain.isEmpty())
        return;
    (m_last != nullptr ? m_last->m_next : m_first) = chain.m_first;
    m_last = chain.m_last;
    m_size += chain.m_size;
}

std::uint32_t assignThreadNumber()
{
    static std::atomic<std::uint32_t> last{0};
    threadNumber = last.fetch_add(1, std::memory_order_relaxed) + 1;
    return threadNumber;
}

} // namespace heddle

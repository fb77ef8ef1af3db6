// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/base/strong_id.h"
#include "engine/model/trace/trace_event.h"
#include "engine/record/recorder.h"
#include "engine/threads/spin.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <stop_token>

namespace heddle {

/// How a wait ended, as the one who waited sees it.
enum class WaitEnd
{
    Granted,
    TimedOut,
    Cancelled,
    Interrupted ///< a handler that ran in it has said to give up
};

/// The error of a wait that was not granted. For Interrupted it settles the matter, as
/// interruptedError() does.
[[nodiscard]] Error waitError(WaitEnd end, const char* operation);

/// The same for the recorder.
[[nodiscard]] EndOfWait endOfWait(WaitEnd end);

/// A thread that waits, on its own stack, with a futex word of its own.
///
/// It is let go by whoever takes it from its list: that is the only way a wait is granted, so that it
/// is always known who woke whom. A primitive derives from it what it wants to know of a waiter.
///
/// Threads: made and slept in by one thread; list membership belongs to the primitive's lock.
class Waiter
{
public:
    Waiter()
        : m_actor(isRecording() ? currentActor() : ActorId{})
    {
    }
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    /// Sleeps until granted, the deadline, or a wish to stop: a short spin first, then the futex. What
    /// is pending for the thread (engine/base/interruption.h) is done meanwhile and may end it too.
    /// Unless it was Granted it may still be in its list, or have been granted meanwhile.
    [[nodiscard]] WaitEnd sleep(Deadline deadline, const std::stop_token& stop);

    /// Sleeps until granted, when it is known that this has happened or is about to.
    void awaitGrant();

    /// Makes it ready to wait once more.
    void rearm() { m_word.store(kAwake, std::memory_order_relaxed); }

    [[nodiscard]] ActorId actor() const { return m_actor; }

private:
    friend class WaitList;
    friend class WakeChain;
    static constexpr std::uint32_t kAwake = 0; ///< not granted yet, and spinning: nobody to wake
    static constexpr std::uint32_t kAsleep = 1; ///< asleep or about to be
    static constexpr std::uint32_t kInterrupted = 2;
    static constexpr std::uint32_t kGranted = 3;

    [[nodiscard]] bool spin() const;
    void fallAsleep();
    void interrupt();
    [[nodiscard]] bool isGivenUp() const;

    std::atomic<std::uint32_t> m_word{kAwake};
    ActorId m_actor;
    bool m_queued = false;
    Waiter* m_previous = nullptr;
    Waiter* m_next = nullptr;
};

/// Waiters in the order of their coming.
///
/// Threads: under the lock of the primitive that has it.
class WaitList
{
public:
    [[nodiscard]] bool isEmpty() const { return m_first == nullptr; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] Waiter* first() const { return m_first; }
    [[nodiscard]] static Waiter* after(const Waiter& waiter) { return waiter.m_next; }
    [[nodiscard]] Waiter* at(std::size_t index) const;

    void pushBack(Waiter& waiter);
    void pushFront(Waiter& waiter);

    /// False if it is not in a list any more: somebody has taken it to be granted.
    bool remove(Waiter& waiter);

private:
    Waiter* m_first = nullptr;
    Waiter* m_last = nullptr;
    std::size_t m_size = 0;
};

/// Waiters that have been taken from their list, to be let go after the primitive's lock is free:
/// nobody is woken only to meet that lock.
///
/// Threads: one thread at a time.
class WakeChain
{
public:
    /// Takes the waiter from its list.
    void take(WaitList& list, Waiter& waiter);

    /// Reports each hand-over and wakes each. `object` is what they waited for.
    void wake(ObjectId object);

    /// Records each hand-over and leaves the waking for later; for the watch they wait until then.
    void announce(ObjectId object) const;

    /// Wakes each whose hand-over has been announced, or needs no event.
    void wakeAnnounced();

    /// Takes over the waiters of another chain, which is forgotten then.
    void append(const WakeChain& chain);

    /// Calls `visit(waiter)` for each; all of them still sleep.
    template <typename Visit> void forEach(const Visit& visit) const
    {
        for (Waiter* waiter = m_first; waiter != nullptr; waiter = waiter->m_next)
            visit(*waiter);
    }

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }

private:
    [[nodiscard]] Waiter* pop();
    static void letGo(Waiter& waiter);

    Waiter* m_first = nullptr;
    Waiter* m_last = nullptr;
    std::size_t m_size = 0;
};

/// A number of the calling thread, unique in the process and never 0.
[[nodiscard]] std::uint32_t assignThreadNumber();
inline constinit thread_local std::uint32_t threadNumber = 0;
[[nodiscard]] inline std::uint32_t currentThreadNumber()
{
    return threadNumber != 0 ? threadNumber : assignThreadNumber();
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/interruption.h"
#include "engine/threads/spin.h"
#include "engine/threads/wait_list.h"

#include <atomic>
#include <cstdint>
#include <limits>
#include <optional>
#include <stop_token>

namespace heddle {

/// Where threads sleep until something comes true that others bring about without a lock.
///
/// Whoever brings it about calls wakeIfAsleep() afterwards. Both sides use sequentially consistent
/// operations: who sleeps says so first and looks once more then.
///
/// Threads: any thread.
/// Source:  futex(2).
class Sleeper
{
public:
    /// Threads: any thread, and inside a signal handler.
    void wakeIfAsleep() noexcept
    {
        if (!takeBackOne())
            return;
        m_wakeUps.fetch_add(1, std::memory_order_seq_cst);
        futexWake(m_wakeUps, 1);
    }

    /// Spins, then sleeps, until `holds()`, which may be asked at any time. Granted may come early: the
    /// caller looks again.
    template <typename Predicate>
    [[nodiscard]] WaitEnd sleepUntil(
        const Predicate& holds, Deadline deadline, const std::stop_token& stop)
    {
        if (deadline.isOver())
            return WaitEnd::TimedOut;
        if (spinUntil(holds))
            return WaitEnd::Granted;
        const std::uint32_t seen = m_wakeUps.load(std::memory_order_seq_cst);
        m_asleep.fetch_add(1, std::memory_order_seq_cst);
        const WaitEnd end = holds() ? WaitEnd::Granted : sleepOnce(seen, deadline, stop);
        if (m_wakeUps.load(std::memory_order_seq_cst) == seen)
            static_cast<void>(takeBackOne()); // else whoever woke has done it
        if (end != WaitEnd::Granted && holds())
            wakeIfAsleep(); // the wake-up that came here is for one who stays
        return end;
    }

private:
    // Whoever wakes takes one back at once, so that one wake-up is on its way to each sleeper at most. The
    // count may be too high for a while, which costs a wake-up too many, and is never too low.
    [[nodiscard]] bool takeBackOne() noexcept
    {
        std::uint32_t asleep = m_asleep.load(std::memory_order_seq_cst);
        while (asleep != 0) {
            if (m_asleep.compare_exchange_weak(asleep, asleep - 1, std::memory_order_seq_cst))
                return true;
        }
        return false;
    }
    [[nodiscard]] WaitEnd sleepOnce(
        std::uint32_t seen, Deadline deadline, const std::stop_token& stop)
    {
        const auto wakeAll = [this] {
            m_wakeUps.fetch_add(1, std::memory_order_seq_cst);
            futexWake(m_wakeUps, std::numeric_limits<int>::max());
        };
        std::optional<std::stop_callback<decltype(wakeAll)>> onStop;
        if (stop.stop_possible())
            onStop.emplace(stop, wakeAll);
        if (stop.stop_requested())
            return WaitEnd::Cancelled;
        if (runInterruptions() == AfterInterruption::GiveUp)
            return WaitEnd::Interrupted;
        if (futexWaitInterruptibly(m_wakeUps, seen, deadline) == FutexWait::TimedOut)
            return WaitEnd::TimedOut;
        return stop.stop_requested() ? WaitEnd::Cancelled : WaitEnd::Granted;
    }

    std::atomic<std::uint32_t> m_asleep{0};
    std::atomic<std::uint32_t> m_wakeUps{0};
};

} // namespace heddle

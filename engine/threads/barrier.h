// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/locks.h"
#include "engine/base/result.h"
#include "engine/base/strong_id.h"
#include "engine/threads/wait_list.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>

namespace heddle {

/// Holds back a party until it is complete, then lets all go, again and again.
///
/// A wait that is given up breaks the barrier, for the party would never be complete: all who wait
/// and all who come get BrokenBarrier, until reset().
///
/// Threads: any thread.
class Barrier
{
public:
    /// `action` is run by the last to arrive, before anybody goes on; if it throws, the barrier breaks
    /// and the exception leaves that arrive(). `limit`: how long those wait who give no deadline;
    /// nothing: for ever. As a constructor has no error to return, a barrier for nobody refuses all.
    explicit Barrier(std::uint32_t parties, ObjectId object = {}, std::function<void()> action = {},
        std::optional<nanoseconds> limit = {});
    Barrier(const Barrier&) = delete;
    Barrier& operator=(const Barrier&) = delete;

    /// Waits for the full party, as long as the barrier's limit says.
    ///
    /// Result: the order of arrival, from 0.
    /// Errors: BrokenBarrier; Timeout, Cancelled, Interrupted for the one who gives up; InvalidArgument
    ///         if the party is nobody.
    [[nodiscard]] Result<std::uint32_t> arrive();
    /// The same, until the deadline. A deadline that is over lets only the last of the party pass.
    [[nodiscard]] Result<std::uint32_t> arrive(Deadline deadline, const std::stop_token& stop = {});

    /// Breaks it.
    void abort();

    /// Makes it whole and empty; those who wait get BrokenBarrier.
    void reset();

    /// Whether a wait that was given up, an action that failed or abort()
    /// has broken it since the last reset().
    [[nodiscard]] bool isBroken() const;
    [[nodiscard]] std::uint32_t parties() const { return m_parties; }
    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] ObjectId object() const { return m_object; }

private:
    struct Place : Waiter
    {
        bool broken = false;
    };

    [[nodiscard]] Result<std::uint32_t> trip(WakeChain& party, std::uint32_t index);
    [[nodiscard]] static WaitEnd waitForTurn(
        Place& place, Deadline deadline, const std::stop_token& stop);
    [[nodiscard]] Result<std::uint32_t> sleepIn(
        Place& place, std::uint32_t index, Deadline deadline, const std::stop_token& stop);
    void takePartyLocked(WakeChain& chain) HEDDLE_REQUIRES(m_mutex);
    void dismissLocked(WakeChain& chain) HEDDLE_REQUIRES(m_mutex);
    void breakLocked(WakeChain& chain) HEDDLE_REQUIRES(m_mutex);

    const std::uint32_t m_parties;
    const ObjectId m_object;
    const std::function<void()> m_action;
    const std::optional<nanoseconds> m_limit;
    mutable InternalMutex m_mutex;
    WaitList m_waiters HEDDLE_GUARDED_BY(m_mutex); ///< all but the last of a party
    bool m_broken HEDDLE_GUARDED_BY(m_mutex) = false;
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/kinds.h"
#include "engine/record/session_layout.h"

#include <atomic>
#include <cstdint>

// How the parts of a session that the deadlock watch reads are changed.
//
// Threads: as ActorSlot and ObjectSlot say; also inside a signal handler.

namespace heddle {

/// What an actor does just now.
struct WatchedLife
{
    ActorLife life = ActorLife::Running;
    std::uint64_t waitsFor = 0;
    bool hasLimit = false;
    std::int64_t since = 0; ///< nanoseconds since the start of the session
};

/// Changes what the deadlock watch sees of an actor. The stores release, so that nobody sees a
/// field without the odd epoch before it. `odd` is that epoch.
inline void writeLife(ActorSlot& slot, std::uint32_t odd, const WatchedLife& now) noexcept
{
    slot.epoch.store(odd, std::memory_order_relaxed);
    slot.life.store(static_cast<std::uint32_t>(now.life), std::memory_order_release);
    slot.waitsFor.store(now.waitsFor, std::memory_order_release);
    slot.hasLimit.store(now.hasLimit ? 1 : 0, std::memory_order_release);
    slot.since.store(now.since, std::memory_order_release);
    slot.epoch.store(odd + 1, std::memory_order_release);
}

/// The wait in which the actor is has been ended by another one.
inline void markGranted(ActorSlot& slot) noexcept
{
    slot.grantedEpoch.store(slot.epoch.load(std::memory_order_acquire), std::memory_order_release);
}

/// Who shares an object stands in its slot: added by the taker, taken out by its release. A release
/// by somebody else leaves the taker's name there, and one more than there are places has none.
inline void exchangeTaker(ObjectSlot& slot, std::uint32_t from, std::uint32_t to) noexcept
{
    const auto kind = static_cast<PrimitiveKind>(slot.kind);
    if (kind != PrimitiveKind::Semaphore && kind != PrimitiveKind::ReadWriteLock)
        return;
    for (std::atomic<std::uint32_t>& taker : slot.takers) {
        std::uint32_t expected = from;
        if (taker.load(std::memory_order_relaxed) == from
            && taker.compare_exchange_strong(expected, to, std::memory_order_release))
            return;
    }
}

} // namespace heddle

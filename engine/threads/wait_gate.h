// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/strong_id.h"

#include <cstdint>

namespace heddle {

/// Takes a thread through the waits that have two halves (condition, barrier) in the order of a
/// schedule, which other threads follow too.
///
/// Threads: each is used by one thread.
class WaitGate
{
public:
    /// How a wait goes on after its first half.
    enum class Turn : std::uint8_t
    {
        Free, ///< nothing is forced any more: it waits as if there were no gate
        Granted, ///< others have ended it
        LimitOver, ///< its time limit has passed now: it leaves; a second half is a turn of its own
        Woken, ///< for nothing, now: it leaves; a second half is a turn of its own
    };

    WaitGate() = default;
    virtual ~WaitGate() = default;
    WaitGate(const WaitGate&) = delete;
    WaitGate& operator=(const WaitGate&) = delete;

    /// Lets the others go on and returns when it is this thread's turn again. The caller is among
    /// those who wait, and holds nothing that is given back meanwhile.
    [[nodiscard]] virtual Turn giveWay() = 0;

    /// Whether anything is forced just now. If so, the gate says whether the wait that begins is more
    /// than tried, and whom a notify lets go.
    [[nodiscard]] virtual bool isForced() const = 0;
    [[nodiscard]] virtual bool joinsWaiters() const = 0;
    [[nodiscard]] virtual bool isChosen(ActorId waiter) const = 0;
};

/// The calling thread's gate; null for all threads that are not forced.
inline constinit thread_local WaitGate* currentWaitGate = nullptr;

} // namespace heddle

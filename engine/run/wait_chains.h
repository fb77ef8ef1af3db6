// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/run/live_actors.h"
#include "engine/run/pipe_waits.h"
#include "engine/run/stuck_search.h"

#include <cstddef>
#include <functional>
#include <vector>

namespace heddle {

/// Which stuck actor waits for which, as far as that can be told by name.
///
/// Actors are meant by their places among those of the look.
///
/// Threads: one thread at a time.
class WaitChains
{
public:
    WaitChains(const LiveActors& actors, const PipeWaits& pipes, StuckSearch& search);

    /// The shortest chain of waits that comes back to where it began, in the order of the waits and
    /// with `start` first; empty if there is none. It leads through nobody of those `isLeftOut`.
    [[nodiscard]] std::vector<std::size_t> shortestCycleFrom(
        std::size_t start, const std::function<bool(std::size_t place)>& isLeftOut) const;

private:
    [[nodiscard]] static std::vector<std::size_t> blockersOf(
        std::size_t waiting, const LiveActors& actors, const PipeWaits& pipes, StuckSearch& search);

    std::vector<std::vector<std::size_t>> m_blockers; ///< stuck ones that keep a wait from ending
};

} // namespace heddle

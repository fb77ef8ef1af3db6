// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace heddle {

/// Looks for data races: two actors that can each access a plain variable next, one of them by
/// writing. What an atomic block does belongs to its step, too; but two such blocks keep out of each
/// other's way.
///
/// Threads: one thread at a time. Lifetime: shorter than the machine's.
class RaceLook
{
public:
    explicit RaceLook(Machine& machine);

    /// The variables on which there is a race in this state; one may be named more than once.
    /// Lifetime: up to the next call.
    [[nodiscard]] std::span<const std::int32_t> in(std::span<const Cell> state);

private:
    void take(std::int32_t actor, const NextAccess& access);
    void lookIntoBlocks(std::span<const Cell> state);

    Machine& m_machine;
    StepList m_steps;
    bool m_hasBlocks;
    std::vector<std::pair<std::int32_t, NextAccess>> m_plain; ///< with the actor
    std::vector<NextAccess> m_inBlock;
    std::vector<std::int32_t> m_found;
};

} // namespace heddle

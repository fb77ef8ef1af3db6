// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"
#include "engine/explore/step_list.h"
#include "engine/model/exploration/schedule.h"

#include <cstdint>
#include <span>
#include <vector>

namespace heddle {

/// Takes steps that concern nobody but their actor together with the one before them, so that a
/// search does not come to the states in between.
///
/// Threads: one thread at a time. Lifetime: shorter than the machine's.
class LocalSteps
{
public:
    /// Whether leaving out those states could not be seen.
    [[nodiscard]] static bool arePossible(const Machine& machine);

    explicit LocalSteps(Machine& machine);

    /// Takes the actor's local steps, up to a bound so that nobody is put off for ever. Result: how many.
    std::uint32_t join(std::span<Cell> state, std::int32_t actor);

    /// Takes those of all actors; the first state has no step before it. Result: the steps.
    [[nodiscard]] std::vector<ScheduledStep> joinAll(std::span<Cell> first);

private:
    [[nodiscard]] bool isNext(std::span<const Cell> state, std::int32_t actor);

    Machine& m_machine;
    StepList m_steps;
};

} // namespace heddle

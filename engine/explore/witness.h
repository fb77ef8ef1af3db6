// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/findings.h"
#include "engine/explore/local_steps.h"
#include "engine/explore/machine.h"
#include "engine/explore/search_ways.h"
#include "engine/explore/state_store.h"
#include "engine/explore/step_list.h"
#include "engine/explore/symmetry.h"
#include "engine/model/exploration/schedule.h"

#include <cstdint>
#include <vector>

namespace heddle {

/// Leads from what a search has found back to the steps of real actors.
///
/// Threads: one thread at a time; it uses the machine. Lifetime: shorter than what it is made of.
class Witness
{
public:
    /// `joined` takes the local steps as the search has; null: it has joined none.
    Witness(Machine& machine, Symmetry& symmetry, const StateStore& states, const Ways& ways,
        LocalSteps* joined);

    /// The way by which something was found, with the numbers that actors have
    /// in a machine that merges nothing.
    [[nodiscard]] Schedule wayTo(const FoundAt& found);

private:
    [[nodiscard]] Schedule stepsAlong(
        const std::vector<std::uint32_t>& states, const FoundAt& found) const;
    [[nodiscard]] Schedule replay(const std::vector<std::uint32_t>& states, const FoundAt& found);
    [[nodiscard]] std::vector<Cell> stateBehind(const FoundAt& found);
    [[nodiscard]] bool moveTowards(
        std::vector<Cell>& state, const std::vector<Cell>& wanted, bool isLast, Schedule& schedule);

    Machine& m_machine;
    Symmetry& m_symmetry;
    const StateStore& m_states;
    const Ways& m_ways;
    LocalSteps* m_joined;
    StepList m_steps;
};

/// Gives the actors of a way the numbers that they have in schedules. `plain` is a machine of the
/// program that merges nothing.
void numberAsInSchedules(Schedule& schedule, Machine& plain);

} // namespace heddle

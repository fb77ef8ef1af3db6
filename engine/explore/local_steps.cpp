// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/local_steps.h"

#include <algorithm>
#include <utility>

namespace heddle {

bool LocalSteps::arePossible(const Machine& machine)
{
    const StateLayout& layout = machine.layout();
    return !layout.hasClocks() && !layout.hasBuffers() && !layout.hasProcesses();
}

LocalSteps::LocalSteps(Machine& machine)
    : m_machine(machine)
    , m_steps(machine.width())
{
}

/// Whether the actor's next step concerns nobody else. Its end would: others may wait for it.
bool LocalSteps::isNext(std::span<const Cell> state, std::int32_t actor)
{
    const LocalFacts& here = m_machine.facts(state, actor);
    if (!here.isGoing() || here.phase != Phase::Ready || here.spins || here.isInAtomic)
        return false;
    const Operation next = here.next->operation;
    if (next != Operation::Compute && next != Operation::Sleep && next != Operation::Yield)
        return false;
    m_machine.expand(state, actor, m_steps);
    if (m_steps.size() != 1 || !m_steps.notes(0).raised.empty() || m_steps.notes(0).spins
        || !m_machine.facts(m_steps.state(0), actor).isGoing())
        return false;
    return !m_machine.areSectionsSeen()
        || m_machine.local(state, actor).sections
        == m_machine.local(m_steps.state(0), actor).sections;
}

std::uint32_t LocalSteps::join(std::span<Cell> state, std::int32_t actor)
{
    constexpr std::uint32_t kMostJoined = 16;
    std::uint32_t count = 0;
    while (count < kMostJoined && isNext(state, actor)) {
        const std::span<const Cell> after = std::as_const(m_steps).state(0);
        std::copy(after.begin(), after.end(), state.begin());
        ++count;
    }
    return count;
}

std::vector<ScheduledStep> LocalSteps::joinAll(std::span<Cell> first)
{
    std::vector<ScheduledStep> steps;
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor)
        steps.insert(steps.end(), join(first, actor), {actor, 0, {}, 0, {}});
    return steps;
}

} // namespace heddle

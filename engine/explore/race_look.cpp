// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/race_look.h"

#include <algorithm>

namespace heddle {

RaceLook::RaceLook(Machine& machine)
    : m_machine(machine)
    , m_steps(machine.width())
    , m_hasBlocks(std::any_of(machine.code().instructions.begin(),
          machine.code().instructions.end(), [](const Instruction& instruction) {
              return instruction.operation == Operation::BeginAtomic;
          }))
{
}

std::span<const std::int32_t> RaceLook::in(std::span<const Cell> state)
{
    m_plain.clear();
    m_found.clear();
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        const NextAccess& access = m_machine.nextTouch(state, actor).plainAccess;
        if (access.variable < 0)
            continue;
        take(actor, access);
        m_plain.emplace_back(actor, access);
    }
    if (m_hasBlocks && !m_plain.empty())
        lookIntoBlocks(state);
    return m_found;
}

void RaceLook::take(std::int32_t actor, const NextAccess& access)
{
    for (const auto& [other, its] : m_plain)
        if (other != actor && its.variable == access.variable && its.element == access.element
            && (its.isWrite || access.isWrite))
            m_found.push_back(access.variable);
}

void RaceLook::lookIntoBlocks(std::span<const Cell> state)
{
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        const LocalFacts& here = m_machine.facts(state, actor);
        if (!here.isGoing() || here.phase != Phase::Ready || here.spins
            || here.next->operation != Operation::BeginAtomic)
            continue;
        m_inBlock.clear();
        m_machine.logBlocks(&m_inBlock);
        m_machine.expand(state, actor, m_steps);
        m_machine.logBlocks(nullptr);
        for (const NextAccess& access : m_inBlock)
            if (!m_machine.code().shared[static_cast<std::size_t>(access.variable)].isAtomic)
                take(actor, access);
    }
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/sleep_sets.h"

#include <bit>

namespace heddle {

bool SleepSets::arePossible(const Machine& machine)
{
    return static_cast<std::size_t>(machine.actorCount()) <= kMostActors
        && machine.hasExactFootprints();
}

SleepSets::SleepSets(Machine& machine)
    : m_machine(machine)
    , m_footprints(static_cast<std::size_t>(machine.actorCount()))
{
}

SleepSets::Mask SleepSets::beginFirst(std::uint32_t number, std::span<const Cell> state)
{
    readFootprints(state);
    m_asleep = m_sleeping[number];
    return ~m_asleep;
}

SleepSets::Mask SleepSets::beginAgain(std::uint32_t number, std::span<const Cell> state)
{
    readFootprints(state);
    m_asleep = m_sleeping[number];
    const auto missing = m_missing.find(number);
    const Mask wanted = missing->second;
    m_missing.erase(missing);
    return wanted;
}

void SleepSets::readFootprints(std::span<const Cell> state)
{
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor)
        m_footprints[static_cast<std::size_t>(actor)] = m_machine.nextTouch(state, actor).footprint;
}

SleepSets::Mask SleepSets::behindStepOf(std::int32_t actor, const Symmetry* moved) const
{
    const Footprint& mine = m_footprints[static_cast<std::size_t>(actor)];
    Mask mask = 0;
    for (Mask rest = m_asleep; rest != 0; rest &= rest - 1) {
        const std::int32_t other = std::countr_zero(rest);
        if (m_footprints[static_cast<std::size_t>(other)].isIndependentOf(mine))
            mask |= bitOf(moved != nullptr ? moved->placeOf(other) : other);
    }
    return mask;
}

std::size_t SleepSets::bytes() const
{
    return m_sleeping.bytes() + m_missing.size() * (2 * sizeof(Mask) + kEntryBytes);
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/dice.h"

#include <algorithm>
#include <limits>

namespace heddle {

Dice::Dice(std::uint64_t seed, DicePolicy policy)
    : m_random(seed)
    , m_policy(policy)
{
}

// Not by std::uniform_int_distribution: every library would choose otherwise.
std::uint64_t Dice::below(std::uint64_t limit)
{
    const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    const std::uint64_t fair = most - most % limit;
    std::uint64_t number = m_random();
    while (number >= fair)
        number = m_random();
    return number % limit;
}

std::optional<ExploredMove> Dice::roll(const ExploredMoment& moment)
{
    std::vector<const ExploredActor*> movable;
    for (const ExploredActor& actor : moment.actors)
        if (!actor.moves.empty())
            movable.push_back(&actor);
    if (movable.empty())
        return std::nullopt;
    const ExploredActor& actor =
        m_policy == DicePolicy::Uniform ? *movable[below(movable.size())] : chosen(movable);
    return actor.moves[below(actor.moves.size())];
}

const ExploredActor& Dice::chosen(const std::vector<const ExploredActor*>& movable)
{
    for (const ExploredActor* actor : movable)
        if (!m_priorities.contains(actor->number))
            m_priorities[actor->number] = static_cast<std::int64_t>(below(1'000'000)) + 1;
    const auto highest = [&] {
        return *std::max_element(movable.begin(), movable.end(),
            [this](const ExploredActor* left, const ExploredActor* right) {
                return m_priorities[left->number] < m_priorities[right->number];
            });
    };
    if (below(kStepsBetweenChanges) == 0)
        m_priorities[highest()->number] = --m_lowest;
    return *highest();
}

} // namespace heddle

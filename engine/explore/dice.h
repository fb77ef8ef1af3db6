// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/exploration/explored_moment.h"

#include <cstdint>
#include <map>
#include <optional>
#include <random>

namespace heddle {

/// Who moves by chance.
enum class DicePolicy : std::uint8_t
{
    Uniform, ///< every actor that can move is as likely as any other
    Priorities ///< the highest of random priorities moves; now and then it becomes the lowest
};

/// Chooses steps by chance; the same seed chooses the same steps.
///
/// Priorities follow PCT: long stretches of one actor find bugs that even odds hardly ever reach.
///
/// Threads: one thread at a time.
/// Source:  Burckhardt et al., A Randomized Scheduler with Probabilistic Guarantees of Finding
///          Bugs, 2010.
class Dice
{
public:
    explicit Dice(std::uint64_t seed, DicePolicy policy = DicePolicy::Uniform);

    /// The next step; nothing if nobody can move.
    [[nodiscard]] std::optional<ExploredMove> roll(const ExploredMoment& moment);

    static constexpr std::uint64_t kStepsBetweenChanges = 20; ///< of priorities, on average

private:
    [[nodiscard]] const ExploredActor& chosen(const std::vector<const ExploredActor*>& movable);
    [[nodiscard]] std::uint64_t below(std::uint64_t limit);

    std::mt19937_64 m_random;
    DicePolicy m_policy;
    std::map<std::int32_t, std::int64_t> m_priorities; ///< by actor
    std::int64_t m_lowest = 0; ///< below all that were given
};

} // namespace heddle

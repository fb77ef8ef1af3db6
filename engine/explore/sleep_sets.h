// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/chunked_vector.h"
#include "engine/explore/machine.h"
#include "engine/explore/symmetry.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace heddle {

/// Whose steps a search leaves out in a state, as they lead where those of others have led.
///
/// Threads: one thread at a time. Lifetime: shorter than the machine's.
/// Source:  Godefroid, Partial-Order Methods, 1996, chapter 5: the version for searches that keep
///          states.
class SleepSets
{
public:
    using Mask = std::uint64_t; ///< a bit for each actor

    /// Whether steps of the machine can be told to be independent of one another.
    [[nodiscard]] static bool arePossible(const Machine& machine);

    explicit SleepSets(Machine& machine);

    [[nodiscard]] static bool holds(Mask mask, std::int32_t actor)
    {
        return (mask & bitOf(actor)) != 0;
    }

    /// Begins to expand a state. Result: whose steps are to be taken.
    [[nodiscard]] Mask beginFirst(std::uint32_t number, std::span<const Cell> state);
    /// The same for a state that has been expanded and has steps to be made up for.
    [[nodiscard]] Mask beginAgain(std::uint32_t number, std::span<const Cell> state);

    /// In the state that is being expanded, the actor's steps have been taken.
    void putToSleep(std::int32_t actor) { m_asleep |= bitOf(actor); }

    /// Who is asleep behind a step of the actor; `moved` says where to who sleeps has gone in that
    /// state, null: nowhere.
    [[nodiscard]] Mask behindStepOf(std::int32_t actor, const Symmetry* moved) const;

    void add(Mask asleep) { m_sleeping.append(asleep); } ///< in a new state

    /// In a state that has been come to again. Result: whether it is to be expanded again, too, which
    /// only a state that has been expanded can be.
    [[nodiscard]] bool meet(std::uint32_t number, Mask asleep, bool isExpanded)
    {
        const Mask awoken = m_sleeping[number] & ~asleep;
        if (awoken == 0)
            return false;
        m_sleeping[number] &= asleep; // asleep only as far as it was each time
        if (isExpanded)
            m_missing[number] |= awoken;
        return isExpanded;
    }

    /// Whether steps out of the state are to be made up for.
    [[nodiscard]] bool isMissing(std::uint32_t number) const
    {
        return m_missing.count(number) != 0;
    }
    [[nodiscard]] bool isAnybodyAsleep(std::uint32_t number) const
    {
        return m_sleeping[number] != 0;
    }

    /// Has what is known of the state fetched, to be read soon, or to be written.
    void fetch(std::uint32_t number) const { __builtin_prefetch(&m_sleeping[number]); }

    [[nodiscard]] std::size_t bytes() const;

private:
    static constexpr std::size_t kMostActors = 64; ///< bits of a mask

    [[nodiscard]] static constexpr Mask bitOf(std::int32_t actor)
    {
        return Mask{1} << static_cast<unsigned>(actor);
    }
    void readFootprints(std::span<const Cell> state);

    Machine& m_machine;
    ChunkedVector<Mask> m_sleeping; ///< by state: whose steps are left out
    std::unordered_map<std::uint32_t, Mask> m_missing; ///< by state: whose are to be made up for

    // Of the state that is being expanded.
    std::vector<Footprint> m_footprints; ///< by actor
    Mask m_asleep = 0; ///< with those already done
};

} // namespace heddle

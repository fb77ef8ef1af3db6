// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"
#include "engine/explore/ring_symmetry.h"
#include "engine/explore/state_layout.h"
#include "engine/explore/value_store.h"
#include "engine/model/program/code.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace heddle {

/// Whether something in the program or its expectations could tell the elements of an array of
/// actors apart without reading their index.
[[nodiscard]] bool namesActors(const Code& code);

/// Whether nobody can tell the elements of this array of actors apart: their index is never read,
/// nobody has a handle of one, and no expectation speaks of one.
///
/// Threads: any thread.
[[nodiscard]] bool areTwins(const Code& code, const ActorDeclaration& actor);

/// Brings states that differ only in who of several like actors does what into one form: twins are
/// sorted by their local states, and rings are turned (see RingSymmetry).
///
/// Where two of them are in the same local state, their cells beside it and the first object that
/// each holds decide. Who then still looks the same is the same to everybody.
///
/// Threads: one thread at a time. Lifetime: shorter than the machine's.
class Symmetry
{
public:
    /// Of the machine's program; none if the machine does not merge twins.
    explicit Symmetry(Machine& machine);

    [[nodiscard]] bool isEmpty() const { return m_groups.empty() && !m_ring; }

    [[nodiscard]] std::size_t bytes() const { return m_ring ? m_ring->bytes() : 0; }

    /// The states that a ring makes of this one as it is turned, each once; itself at least.
    [[nodiscard]] std::vector<std::vector<Cell>> turns(std::span<const Cell> state);

    /// Brings the state into its form; result: whether that moved anybody. Then placeOf() says where to.
    bool canonicalise(std::span<Cell> state);
    [[nodiscard]] std::int32_t placeOf(std::int32_t actor) const
    {
        return m_places[static_cast<std::size_t>(actor)];
    }

private:
    struct Group
    {
        std::int32_t first = 0;
        std::int32_t count = 0;
    };

    void findOwnerCells(const Code& code);
    [[nodiscard]] bool isSorted(std::span<const Cell> state, const Group& group) const;
    [[nodiscard]] std::size_t firstHeld(std::span<const Cell> state, std::int32_t actor) const;
    [[nodiscard]] bool precedes(
        std::span<const Cell> state, std::int32_t left, std::int32_t right) const;
    void move(std::span<Cell> state, const Group& group);

    const StateLayout& m_layout;
    std::vector<std::size_t> m_blocks; ///< where the cells of actor 0 lie: all that move with one
    std::vector<Group> m_groups;
    std::optional<RingSymmetry> m_ring;
    std::vector<std::size_t> m_ownerCells; ///< that hold 1 + the number of an actor
    std::vector<std::int32_t> m_order; ///< of a group: who comes first, second, …
    std::vector<std::int32_t> m_places; ///< by actor: where it went
    std::vector<Cell> m_moved; ///< scratch
};

} // namespace heddle

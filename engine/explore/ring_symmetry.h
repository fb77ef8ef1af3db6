// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"
#include "engine/explore/ring_types.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace heddle {

/// Brings states that differ only in how a ring of actors is turned into one form.
///
/// Each place of the ring has a sign, which is what stands there, told without saying where: the
/// actors' local states as they would be at place 0, what belongs to the place, and how far from it
/// those are whom it names. The state is turned so that the sequence of signs becomes the least.
///
/// Threads: one thread at a time. Lifetime: shorter than the machine's.
/// Source:  Shiloach, Fast canonization of circular strings, 1981 (the search for the least
///          rotation, in linear time).
class RingSymmetry
{
public:
    /// Nothing if the program shows no ring, or the machine keeps what names its actors.
    [[nodiscard]] static std::optional<RingSymmetry> find(Machine& machine);

    [[nodiscard]] std::int32_t size() const { return m_size; }
    [[nodiscard]] std::size_t bytes() const ///< that grow with what is met
    {
        return m_rows.capacity() * sizeof(std::uint32_t) + m_locals.capacity() * sizeof(Cell);
    }

    /// Turns the state into its form; result: by how many places.
    std::int32_t canonicalise(std::span<Cell> state);

    /// Moves what stands at place p to place p - by, for every p.
    void turn(std::span<Cell> state, std::int32_t by);

    /// The same for a list of places, by actor.
    void turnPlaces(std::int32_t by, std::vector<std::int32_t>& places) const;

private:
    struct Block ///< some cells for each place, one place behind the other
    {
        std::size_t first = 0;
        std::size_t cells = 1;
        bool hasOwner = false; ///< its first cell is 0, or 1 + the number of an actor
    };

    RingSymmetry(Machine& machine, RingTypes types);
    void layBlocks();
    void layObject(std::int32_t declaration);
    [[nodiscard]] std::int32_t shifted(std::int32_t place, std::int32_t by) const
    {
        return place >= by ? place - by : place - by + m_size;
    }
    [[nodiscard]] bool isOfRing(Cell owner) const { return m_ownerPlaces[owner] >= 0; }
    [[nodiscard]] Cell turnedOwner(Cell owner, std::int32_t by) const;
    [[nodiscard]] std::uint32_t rowOf(Cell local, std::size_t group, std::int32_t place)
    {
        if (local < m_rows.size() && m_rows[local] != 0)
            return m_rows[local] - 1;
        return findRow(local, group, place);
    }
    [[nodiscard]] std::uint32_t findRow(Cell local, std::size_t group, std::int32_t place);
    [[nodiscard]] Cell localAt(std::uint32_t row, std::size_t group, std::int32_t place);
    [[nodiscard]] Cell turnedLocal(
        Cell local, std::size_t group, std::int32_t from, std::int32_t to);
    void sign(std::span<const Cell> state);

    Machine* m_machine;
    RingTypes m_types;
    std::int32_t m_size;
    std::vector<std::int32_t> m_actors; ///< the first actor of each array
    std::vector<Block> m_blocks;
    std::vector<std::size_t> m_ownerCells; ///< beside the blocks: those that may name an actor
    std::vector<std::int32_t> m_identities; ///< by array and place
    std::vector<std::int32_t> m_ownerPlaces; ///< by 1 + the number of an actor: its place, or -1
    std::vector<std::uint32_t> m_rows; ///< by local state: 1 + its row; 0: not known
    std::vector<Cell> m_locals; ///< by row and place: the local state; 0: not known
    std::vector<Cell> m_first; ///< by place: the row of the first array's actor
    std::vector<Cell> m_signs; ///< by place and part
    std::vector<Cell> m_before; ///< scratch
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace heddle {

/// The steps between the states of an exploration, and what can be read off them.
///
/// Threads: one thread at a time.
class StateGraph
{
public:
    struct Edge
    {
        std::uint32_t to = 0;
        std::uint16_t actor = 0;
        bool isProgress = false;
    };

    /// Adds the edges of a state that has none yet; each state is expanded once.
    void expand(std::uint32_t state, std::span<const Edge> edges);

    [[nodiscard]] std::span<const Edge> edges(std::uint32_t state) const;
    [[nodiscard]] std::size_t edgeCount() const { return m_edges.size(); }
    [[nodiscard]] std::size_t bytes() const;

    /// A state on a cycle that a weakly fair schedule can go round for ever: every actor that could
    /// move all the time does move. With `withoutProgress`, edges that are progress do not count.
    ///
    /// A component is fair iff each actor acts in it or cannot move in one of its states; if a part
    /// of it is, so is the whole.
    enum class Cycles : std::uint8_t
    {
        All,
        WithoutProgress
    };
    [[nodiscard]] std::optional<std::uint32_t> fairCycle(
        std::size_t states, std::int32_t actors, Cycles cycles) const;

    /// The states from which the actor can still come to move.
    [[nodiscard]] std::vector<bool> canMove(std::size_t states, std::int32_t actor) const;

    /// How many ways lead from state 0 to states without edges; nothing if there is a cycle, or if
    /// there are more than 2^63.
    [[nodiscard]] std::optional<std::uint64_t> countPaths(std::size_t states) const;

private:
    [[nodiscard]] bool isFair(const std::vector<std::uint32_t>& component, std::int32_t actors,
        const std::function<bool(std::uint32_t, const Edge&)>& isInside) const;

    struct Range
    {
        std::size_t first = 0;
        std::size_t count = 0;
    };
    std::vector<Range> m_ranges;
    std::vector<Edge> m_edges;
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
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

    [[nodiscard]] bool hasCycle(std::size_t states) const;

    /// The states from which the actor can still come to move.
    [[nodiscard]] std::vector<bool> canMove(std::size_t states, std::int32_t actor) const;

    /// How many ways lead from state 0 to each state; nothing if there is a cycle, or if they are
    /// more than 2^62.
    [[nodiscard]] std::optional<std::vector<std::uint64_t>> countPaths(std::size_t states) const;

private:
    struct Range
    {
        std::size_t first = 0;
        std::size_t count = 0;
    };
    std::vector<Range> m_ranges;
    std::vector<Edge> m_edges;
};

} // namespace heddle

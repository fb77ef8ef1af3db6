// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/state_graph.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace heddle {

/// Looks for endless schedules that are fair.
///
/// Weakly fair: an actor that could move all the time does move. Where `isStrong` says so of an
/// actor in a state (it is at a fair lock), strongly fair: who could take it again and again does.
///
/// Threads: one thread at a time. Lifetime: shorter than the graph's.
/// Source:  Emerson and Lei, Modalities for model checking, 1987 (strong fairness by removing
///          states and looking at what is left).
class FairCycles
{
public:
    using Edge = StateGraph::Edge;
    using Counts = std::function<bool(const Edge&)>;
    using States = std::vector<std::uint32_t>;
    using Accepts = std::function<bool(const States&)>;
    using IsStrong = std::function<bool(std::uint32_t state, std::int32_t actor)>;

    FairCycles(
        const StateGraph& graph, std::size_t states, std::int32_t actors, IsStrong isStrong = {});

    /// A state of a component that a fair schedule can stay in for ever by edges that count, and
    /// that is accepted; the one that was found first.
    [[nodiscard]] std::optional<std::uint32_t> find(const Counts& counts, const Accepts& accepts);

private:
    [[nodiscard]] std::optional<std::uint32_t> findIn(
        const States& part, const Counts& counts, const Accepts& accepts, int depth);
    [[nodiscard]] std::optional<std::uint32_t> examine(
        const States& component, const Counts& counts, const Accepts& accepts, int depth);
    [[nodiscard]] bool isWeaklyFair(
        const States& component, const Counts& counts, std::vector<bool>& acts) const;
    [[nodiscard]] States withoutNeglected(
        const States& component, const std::vector<bool>& acts) const;

    const StateGraph& m_graph;
    std::size_t m_states;
    std::int32_t m_actors;
    IsStrong m_isStrong;
    std::vector<std::uint32_t> m_member; ///< by state: number of the part it is in now
    std::uint32_t m_parts = 0;
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/fair_cycles.h"

#include "engine/explore/components.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace heddle {

namespace {

constexpr int kDeepest = 64; // removals of states one after the other: one for each actor at most

} // namespace

FairCycles::FairCycles(
    const StateGraph& graph, std::size_t states, std::int32_t actors, IsStrong isStrong)
    : m_graph(graph)
    , m_states(states)
    , m_actors(actors)
    , m_isStrong(std::move(isStrong))
    , m_member(states, 0)
{
}

std::optional<std::uint32_t> FairCycles::find(const Counts& counts, const Accepts& accepts)
{
    States all(m_states);
    std::iota(all.begin(), all.end(), 0U);
    return findIn(all, counts, accepts, 0);
}

std::optional<std::uint32_t> FairCycles::findIn(
    const States& part, const Counts& counts, const Accepts& accepts, int depth)
{
    const std::uint32_t number = ++m_parts;
    for (const std::uint32_t state : part)
        m_member[state] = number;
    std::vector<States> components;
    Components found(m_graph, m_states, counts,
        [this, number](std::uint32_t state) { return m_member[state] == number; });
    found.find([&](const States& component) { components.push_back(component); });
    std::optional<std::uint32_t> first;
    for (const States& component : components) {
        const std::optional<std::uint32_t> one = examine(component, counts, accepts, depth);
        if (one && (!first || *one < *first))
            first = one;
    }
    return first;
}

std::optional<std::uint32_t> FairCycles::examine(
    const States& component, const Counts& counts, const Accepts& accepts, int depth)
{
    const std::uint32_t number = ++m_parts;
    for (const std::uint32_t state : component)
        m_member[state] = number;
    std::vector<bool> acts(static_cast<std::size_t>(m_actors), false);
    if (!isWeaklyFair(component, counts, acts) || !accepts(component))
        return std::nullopt;
    const States rest = m_isStrong ? withoutNeglected(component, acts) : component;
    if (rest.size() == component.size())
        return *std::min_element(component.begin(), component.end());
    return depth < kDeepest ? findIn(rest, counts, accepts, depth + 1) : std::nullopt;
}

/// Whether somebody moves, and nobody who always could never does; says who moves.
bool FairCycles::isWeaklyFair(
    const States& component, const Counts& counts, std::vector<bool>& acts) const
{
    const std::uint32_t number = m_member[component.front()];
    std::vector<std::size_t> enabled(acts.size(), 0);
    bool hasEdge = false;
    for (const std::uint32_t state : component) {
        std::vector<bool> here(acts.size(), false);
        for (const Edge& edge : m_graph.edges(state)) {
            here[edge.actor] = true;
            if (!counts(edge) || m_member[edge.to] != number)
                continue;
            acts[edge.actor] = hasEdge = true;
        }
        for (std::size_t actor = 0; actor < here.size(); ++actor)
            enabled[actor] += here[actor] ? 1 : 0;
    }
    for (std::size_t actor = 0; actor < acts.size(); ++actor)
        if (!acts[actor] && enabled[actor] == component.size())
            return false;
    return hasEdge;
}

/// Leaves out the states in which somebody could take a fair lock who never does here.
FairCycles::States FairCycles::withoutNeglected(
    const States& component, const std::vector<bool>& acts) const
{
    States rest;
    for (const std::uint32_t state : component) {
        const std::span<const Edge> edges = m_graph.edges(state);
        const bool isNeglected = std::any_of(edges.begin(), edges.end(),
            [&](const Edge& edge) { return !acts[edge.actor] && m_isStrong(state, edge.actor); });
        if (!isNeglected)
            rest.push_back(state);
    }
    return rest;
}

} // namespace heddle

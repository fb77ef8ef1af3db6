// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/state_graph.h"

#include "engine/explore/components.h"

namespace heddle {

namespace {

constexpr std::uint64_t kMostPaths = std::uint64_t{1} << 62U;

} // namespace

void StateGraph::expand(std::uint32_t state, std::span<const Edge> edges)
{
    if (m_ranges.size() <= state)
        m_ranges.resize(state + 1);
    m_ranges[state] = {m_edges.size(), edges.size()};
    m_edges.insert(m_edges.end(), edges.begin(), edges.end());
}

std::span<const StateGraph::Edge> StateGraph::edges(std::uint32_t state) const
{
    if (state >= m_ranges.size())
        return {};
    return {m_edges.data() + m_ranges[state].first, m_ranges[state].count};
}

std::size_t StateGraph::bytes() const
{
    return m_ranges.capacity() * sizeof(Range) + m_edges.capacity() * sizeof(Edge);
}

bool StateGraph::hasCycle(std::size_t states) const
{
    bool isFound = false;
    Components components(*this, states, [](const Edge&) { return true; });
    components.find([&](const std::vector<std::uint32_t>& component) {
        isFound = isFound || component.size() > 1;
        for (const Edge& edge : edges(component.front()))
            isFound = isFound || edge.to == component.front();
    });
    return isFound;
}

std::vector<bool> StateGraph::canMove(std::size_t states, std::int32_t actor) const
{
    std::vector<std::vector<std::uint32_t>> before(states);
    std::vector<bool> can(states, false);
    std::vector<std::uint32_t> open;
    for (std::uint32_t state = 0; state < states; ++state) {
        for (const Edge& edge : edges(state)) {
            before[edge.to].push_back(state);
            if (edge.actor == actor && !can[state]) {
                can[state] = true;
                open.push_back(state);
            }
        }
    }
    while (!open.empty()) {
        const std::uint32_t state = open.back();
        open.pop_back();
        for (const std::uint32_t earlier : before[state]) {
            if (can[earlier])
                continue;
            can[earlier] = true;
            open.push_back(earlier);
        }
    }
    return can;
}

std::optional<std::vector<std::uint64_t>> StateGraph::countPaths(std::size_t states) const
{
    std::vector<std::uint32_t> order; // what can be reached comes first
    bool isCountable = states > 0 && !hasCycle(states);
    if (!isCountable)
        return std::nullopt;
    Components components(*this, states, [](const Edge&) { return true; });
    components.find(
        [&](const std::vector<std::uint32_t>& component) { order.push_back(component.front()); });
    std::vector<std::uint64_t> paths(states, 0);
    paths.front() = 1;
    for (auto state = order.rbegin(); state != order.rend(); ++state) {
        for (const Edge& edge : edges(*state)) {
            paths[edge.to] += paths[*state];
            isCountable = isCountable && paths[edge.to] < kMostPaths;
        }
        if (!isCountable)
            return std::nullopt;
    }
    return paths;
}

} // namespace heddle

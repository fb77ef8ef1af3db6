// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/state_graph.h"

#include <algorithm>

namespace heddle {

namespace {

constexpr std::uint32_t kUnseen = UINT32_MAX;

/// Tarjan's algorithm without recursion, for graphs of millions of states.
class Components
{
public:
    using Edge = StateGraph::Edge;
    using Counts = std::function<bool(const Edge&)>;

    Components(const StateGraph& graph, std::size_t states, Counts counts)
        : m_graph(graph)
        , m_counts(std::move(counts))
        , m_index(states, kUnseen)
        , m_low(states, 0)
        , m_component(states, kUnseen)
    {
    }

    /// Calls `visit` for each component, as a list of states.
    void find(const std::function<void(const std::vector<std::uint32_t>&)>& visit)
    {
        for (std::uint32_t state = 0; state < m_index.size(); ++state)
            if (m_index[state] == kUnseen)
                walk(state, visit);
    }

    [[nodiscard]] std::uint32_t componentOf(std::uint32_t state) const
    {
        return m_component[state];
    }

private:
    struct Visit
    {
        std::uint32_t state = 0;
        std::size_t edge = 0;
    };

    void enter(std::uint32_t state)
    {
        m_index[state] = m_low[state] = m_next++;
        m_open.push_back(state);
        m_visits.push_back({state, 0});
    }

    void leave(const std::function<void(const std::vector<std::uint32_t>&)>& visit)
    {
        const std::uint32_t state = m_visits.back().state;
        m_visits.pop_back();
        if (!m_visits.empty()) {
            std::uint32_t& low = m_low[m_visits.back().state];
            low = std::min(low, m_low[state]);
        }
        if (m_low[state] != m_index[state])
            return;
        const auto begin = std::find(m_open.rbegin(), m_open.rend(), state).base() - 1;
        const std::vector<std::uint32_t> component(begin, m_open.end());
        for (const std::uint32_t member : component)
            m_component[member] = m_components;
        m_open.erase(begin, m_open.end());
        ++m_components;
        visit(component);
    }

    void walk(
        std::uint32_t start, const std::function<void(const std::vector<std::uint32_t>&)>& visit)
    {
        enter(start);
        while (!m_visits.empty()) {
            const std::uint32_t state = m_visits.back().state;
            const std::span<const Edge> edges = m_graph.edges(state);
            if (m_visits.back().edge == edges.size()) {
                leave(visit);
                continue;
            }
            const Edge& edge = edges[m_visits.back().edge++];
            if (!m_counts(edge))
                continue;
            if (m_index[edge.to] == kUnseen)
                enter(edge.to);
            else if (m_component[edge.to] == kUnseen)
                m_low[state] = std::min(m_low[state], m_index[edge.to]);
        }
    }

    const StateGraph& m_graph;
    Counts m_counts;
    std::vector<std::uint32_t> m_index;
    std::vector<std::uint32_t> m_low;
    std::vector<std::uint32_t> m_component;
    std::vector<std::uint32_t> m_open;
    std::vector<Visit> m_visits;
    std::uint32_t m_next = 0;
    std::uint32_t m_components = 0;
};

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

bool StateGraph::isFair(const std::vector<std::uint32_t>& component, std::int32_t actors,
    const std::function<bool(std::uint32_t, const Edge&)>& isInside) const
{
    std::vector<std::size_t> enabled(static_cast<std::size_t>(actors), 0);
    std::vector<bool> acts(static_cast<std::size_t>(actors), false);
    bool hasEdge = false;
    for (const std::uint32_t state : component) {
        std::vector<bool> here(static_cast<std::size_t>(actors), false);
        for (const Edge& edge : edges(state)) {
            here[edge.actor] = true;
            if (isInside(state, edge))
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

std::optional<std::uint32_t> StateGraph::fairCycle(
    std::size_t states, std::int32_t actors, Cycles cycles) const
{
    const auto counts = [cycles](
                            const Edge& edge) { return cycles == Cycles::All || !edge.isProgress; };
    Components components(*this, states, counts);
    std::optional<std::uint32_t> found;
    components.find([&](const std::vector<std::uint32_t>& component) {
        const auto isInside = [&](std::uint32_t state, const Edge& edge) {
            return counts(edge) && components.componentOf(edge.to) == components.componentOf(state);
        };
        const std::uint32_t first = *std::min_element(component.begin(), component.end());
        if ((!found || first < *found) && isFair(component, actors, isInside))
            found = first;
    });
    return found;
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

std::optional<std::uint64_t> StateGraph::countPaths(std::size_t states) const
{
    constexpr std::uint64_t kMost = std::uint64_t{1} << 62U;
    std::vector<std::uint64_t> paths(states, 0);
    bool isCountable = true;
    // Components come after all that can be reached from them: each is one state, or a cycle.
    Components components(*this, states, [](const Edge&) { return true; });
    components.find([&](const std::vector<std::uint32_t>& component) {
        const std::uint32_t state = component.front();
        isCountable = isCountable && component.size() == 1;
        paths[state] = edges(state).empty() ? 1 : 0;
        for (const Edge& edge : edges(state)) {
            isCountable = isCountable && edge.to != state && paths[edge.to] < kMost;
            paths[state] = isCountable ? paths[state] + paths[edge.to] : 0;
            isCountable = isCountable && paths[state] < kMost;
        }
    });
    if (!isCountable || states == 0)
        return std::nullopt;
    return paths.front();
}

} // namespace heddle

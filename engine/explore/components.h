// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/state_graph.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace heddle {

/// The strongly connected components of a state graph, or of a part of it: Tarjan's algorithm
/// without recursion, for graphs of millions of states.
///
/// Threads: one thread at a time.
/// Source:  Tarjan, Depth-first search and linear graph algorithms, 1972.
class Components
{
public:
    using Edge = StateGraph::Edge;
    using Counts = std::function<bool(const Edge&)>;
    using Contains = std::function<bool(std::uint32_t)>;

    /// Looks at edges that count, between states that are contained (all without `contains`).
    Components(const StateGraph& graph, std::size_t states, Counts counts, Contains contains = {})
        : m_graph(graph)
        , m_counts(std::move(counts))
        , m_contains(std::move(contains))
        , m_index(states, kUnseen)
        , m_low(states, 0)
        , m_isClosed(states, false)
    {
    }

    /// Calls `visit` for each component, as a list of states; a component comes after all that can
    /// be reached from it.
    void find(const std::function<void(const std::vector<std::uint32_t>&)>& visit)
    {
        for (std::uint32_t state = 0; state < m_index.size(); ++state)
            if (m_index[state] == kUnseen && (!m_contains || m_contains(state)))
                walk(state, visit);
    }

private:
    static constexpr std::uint32_t kUnseen = UINT32_MAX;

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
            m_isClosed[member] = true;
        m_open.erase(begin, m_open.end());
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
            if (!m_counts(edge) || (m_contains && !m_contains(edge.to)))
                continue;
            if (m_index[edge.to] == kUnseen)
                enter(edge.to);
            else if (!m_isClosed[edge.to])
                m_low[state] = std::min(m_low[state], m_index[edge.to]);
        }
    }

    const StateGraph& m_graph;
    Counts m_counts;
    Contains m_contains;
    std::vector<std::uint32_t> m_index;
    std::vector<std::uint32_t> m_low;
    std::vector<bool> m_isClosed; ///< its component is complete
    std::vector<std::uint32_t> m_open;
    std::vector<Visit> m_visits;
    std::uint32_t m_next = 0;
};

} // namespace heddle

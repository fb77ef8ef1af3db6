// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/growing_array.h"
#include "engine/model/trace/trace.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle {

/// Edges in the order in which they became known, with the times that each 64 and each 4,096 span.
///
/// Threads: one thread appends; questions any thread.
class EdgeStore
{
public:
    void append(const Edge& edge);

    [[nodiscard]] std::size_t count() const { return m_edges.size(); }
    [[nodiscard]] const Edge& edge(std::size_t index) const { return m_edges[index]; }

    /// Those that begin or end in [from, to], at most `limit`.
    [[nodiscard]] std::vector<Edge> between(
        std::int64_t from, std::int64_t to, std::size_t limit) const;

private:
    static constexpr std::size_t kFanIn = 64;

    /// When the edges of a group begin and end.
    struct Span
    {
        std::int64_t firstBegin;
        std::int64_t lastBegin;
        std::int64_t firstEnd;
        std::int64_t lastEnd;
    };
    static void include(Span& span, const Span& other);
    [[nodiscard]] static bool touches(const Span& span, std::int64_t from, std::int64_t to);

    GrowingArray<Edge, 2, 12> m_edges;
    std::array<GrowingArray<Span, 0, 10>, 2> m_spans;
    std::array<Span, 2> m_open{}; ///< the writer's
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/edge_store.h"

#include <algorithm>

namespace heddle {

void EdgeStore::include(Span& span, const Span& other)
{
    span.firstBegin = std::min(span.firstBegin, other.firstBegin);
    span.lastBegin = std::max(span.lastBegin, other.lastBegin);
    span.firstEnd = std::min(span.firstEnd, other.firstEnd);
    span.lastEnd = std::max(span.lastEnd, other.lastEnd);
}

bool EdgeStore::touches(const Span& span, std::int64_t from, std::int64_t to)
{
    return (span.firstBegin <= to && span.lastBegin >= from)
        || (span.firstEnd <= to && span.lastEnd >= from);
}

void EdgeStore::append(const Edge& edge)
{
    const std::size_t index = m_edges.size();
    const Span own{edge.fromTime, edge.fromTime, edge.toTime, edge.toTime};
    std::size_t group = kFanIn;
    for (std::size_t level = 0; level < m_spans.size(); ++level, group *= kFanIn) {
        if (index % group == 0)
            m_open[level] = own;
        include(m_open[level], own);
        if (index % group == group - 1)
            m_spans[level].append(m_open[level]);
    }
    m_edges.append(edge);
}

std::vector<Edge> EdgeStore::between(std::int64_t from, std::int64_t to, std::size_t limit) const
{
    std::vector<Edge> found;
    const std::size_t count = m_edges.size();
    for (std::size_t i = 0; i < count && found.size() < limit;) {
        // Spans are published before the last of their edges, so all of these are complete.
        if (i % (kFanIn * kFanIn) == 0 && i + kFanIn * kFanIn <= count
            && !touches(m_spans[1][i / (kFanIn * kFanIn)], from, to)) {
            i += kFanIn * kFanIn;
            continue;
        }
        if (i % kFanIn == 0 && i + kFanIn <= count && !touches(m_spans[0][i / kFanIn], from, to)) {
            i += kFanIn;
            continue;
        }
        const Edge& edge = m_edges[i++];
        if ((edge.fromTime >= from && edge.fromTime <= to)
            || (edge.toTime >= from && edge.toTime <= to))
            found.push_back(edge);
    }
    return found;
}

} // namespace heddle

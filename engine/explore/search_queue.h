// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace heddle {

/// States that are still to be expanded, by preemptions and steps.
///
/// Threads: one thread at a time.
class SearchQueue
{
public:
    /// Where a state stands: the smaller, the sooner.
    using Place = std::pair<std::size_t, std::size_t>;

    void push(Place place, std::uint32_t state)
    {
        if (m_open.size() <= place.first)
            m_open.resize(place.first + 1);
        auto& bySteps = m_open[place.first];
        if (bySteps.size() <= place.second)
            bySteps.resize(place.second + 1);
        bySteps[place.second].push_back(state);
        m_next = std::min(m_next, place);
        ++m_size;
    }

    /// The next state with the place that it was put in at.
    [[nodiscard]] std::optional<std::pair<Place, std::uint32_t>> pop()
    {
        for (auto& [preemptions, steps] = m_next; preemptions < m_open.size(); ++preemptions) {
            auto& bySteps = m_open[preemptions];
            for (; steps < bySteps.size(); ++steps) {
                if (bySteps[steps].empty()) {
                    bySteps[steps] = {}; // gives its room back
                    continue;
                }
                const std::uint32_t state = bySteps[steps].back();
                bySteps[steps].pop_back();
                --m_size;
                return std::pair(m_next, state);
            }
            steps = 0;
        }
        return std::nullopt;
    }

    [[nodiscard]] std::size_t bytes() const { return m_size * sizeof(std::uint32_t); }

private:
    std::vector<std::vector<std::vector<std::uint32_t>>> m_open;
    Place m_next;
    std::size_t m_size = 0;
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
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
    SearchQueue() = default;
    SearchQueue(const SearchQueue&) = delete;
    SearchQueue& operator=(const SearchQueue&) = delete;

    /// Where a state stands: the smaller, the sooner.
    using Place = std::pair<std::size_t, std::size_t>;

    void push(Place place, std::uint32_t state)
    {
        if (m_last == m_open.end() || m_last->first != place)
            m_last = m_open.try_emplace(place).first;
        m_last->second.push_back(state);
        ++m_size;
    }

    /// The next state with the place that it was put in at.
    [[nodiscard]] std::optional<std::pair<Place, std::uint32_t>> pop()
    {
        if (isEmpty())
            return std::nullopt;
        const auto first = m_open.begin();
        const std::pair next(first->first, first->second.back());
        first->second.pop_back();
        --m_size;
        if (first->second.empty()) {
            m_open.erase(first);
            m_last = m_open.end();
        }
        return next;
    }

    [[nodiscard]] bool isEmpty() const { return m_open.empty(); }
    [[nodiscard]] Place place() const { return m_open.begin()->first; } ///< of the next state

    /// The next state, which stays.
    [[nodiscard]] std::optional<std::uint32_t> peek() const
    {
        if (isEmpty())
            return std::nullopt;
        return m_open.begin()->second.back();
    }

    [[nodiscard]] std::size_t bytes() const { return m_size * sizeof(std::uint32_t); }

private:
    using Open = std::map<Place, std::vector<std::uint32_t>>;
    Open m_open;
    Open::iterator m_last = m_open.end(); ///< that was put into last: most go to the same place
    std::size_t m_size = 0;
};

} // namespace heddle

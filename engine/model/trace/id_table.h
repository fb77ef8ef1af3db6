// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace heddle {

/// Values by id: ids that count up from 1 stand in a list, wild ones (of a broken file) in a map.
///
/// References stay valid until the next value is made.
///
/// Threads: one thread at a time.
template <typename T> class IdTable
{
public:
    /// The value of an id, or null.
    [[nodiscard]] T* find(std::uint32_t id)
    {
        if (id < m_list.size())
            return m_isUsed[id] ? &m_list[id] : nullptr;
        const auto found = m_wild.find(id);
        return found == m_wild.end() ? nullptr : &found->second;
    }

    /// The value of an id, made if there is none.
    [[nodiscard]] T& at(std::uint32_t id)
    {
        if (id >= m_list.size() && id <= m_list.size() * 2 + kSlack && m_wild.empty()) {
            m_list.resize(id + std::size_t{1});
            m_isUsed.resize(id + std::size_t{1});
        }
        if (id >= m_list.size())
            return m_wild[id];
        m_isUsed[id] = true;
        return m_list[id];
    }

    template <typename Visit> void forEach(Visit visit)
    {
        for (std::size_t id = 0; id < m_list.size(); ++id) {
            if (m_isUsed[id])
                visit(m_list[id]);
        }
        for (auto& [id, value] : m_wild)
            visit(value);
    }

private:
    static constexpr std::size_t kSlack = 64;

    std::vector<T> m_list;
    std::vector<bool> m_isUsed;
    std::unordered_map<std::uint32_t, T> m_wild;
};

} // namespace heddle

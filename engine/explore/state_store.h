// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/value_store.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace heddle {

/// Keeps states of one width, each once, and finds them again; comparing is exact.
///
/// States lie one behind the other; the index is open-addressing, with a byte of each hash beside
/// the number so that most misses touch no state.
///
/// Threads: one thread at a time.
class StateStore
{
public:
    explicit StateStore(std::size_t width);

    struct Entry
    {
        std::uint32_t number = 0;
        bool isNew = false;
    };
    [[nodiscard]] Entry insert(std::span<const Cell> state);
    [[nodiscard]] std::span<const Cell> state(std::uint32_t number) const
    {
        return {m_cells.data() + number * m_width, m_width};
    }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::size_t bytes() const;

private:
    void grow();
    [[nodiscard]] std::uint64_t hash(std::span<const Cell> state) const;

    std::size_t m_width;
    std::size_t m_size = 0;
    std::vector<Cell> m_cells;
    std::vector<std::uint32_t> m_slots; ///< 0: free, else 1 + number
    std::vector<std::uint8_t> m_tags;
};

} // namespace heddle

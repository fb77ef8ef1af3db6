// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace heddle {

/// A vector that grows by chunks: nothing moves, and no room is kept in reserve for growing.
///
/// Threads: one thread at a time.
template <typename Item> class ChunkedVector
{
public:
    void append(const Item& item)
    {
        if (m_size % kChunk == 0)
            m_chunks.push_back(std::make_unique<Item[]>(kChunk));
        m_chunks.back()[m_size++ % kChunk] = item;
    }
    [[nodiscard]] Item& operator[](std::size_t place)
    {
        return m_chunks[place / kChunk][place % kChunk];
    }
    [[nodiscard]] const Item& operator[](std::size_t place) const
    {
        return m_chunks[place / kChunk][place % kChunk];
    }
    [[nodiscard]] std::size_t bytes() const { return m_chunks.size() * kChunk * sizeof(Item); }

private:
    static constexpr std::size_t kChunk = 4096;

    std::vector<std::unique_ptr<Item[]>> m_chunks;
    std::size_t m_size = 0;
};

} // namespace heddle

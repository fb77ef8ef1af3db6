// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/value_store.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace heddle {

/// Keeps states of one width, each once, and finds them again; comparing is exact.
///
/// A cell takes one byte as long as no state has a larger one, then two, then four. States lie one
/// behind the other in chunks that do not move; the index is open-addressing, with the hash beside
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

    void read(std::uint32_t number, std::span<Cell> state) const;
    [[nodiscard]] std::vector<Cell> copy(std::uint32_t number) const;

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::size_t bytes() const;

private:
    struct Slot
    {
        std::uint32_t number = 0; ///< 0: free, else 1 + number
        std::uint32_t hash = 0;
    };

    [[nodiscard]] const std::byte* packed(std::uint32_t number) const;
    [[nodiscard]] std::byte* room();
    void pack(std::span<const Cell> state);
    void setCellBytes(std::size_t bytes);
    void widen(std::size_t bytes);
    void grow();

    std::size_t m_width;
    std::size_t m_cellBytes = 1;
    std::size_t m_stateBytes = 0;
    std::size_t m_size = 0;
    std::vector<std::unique_ptr<std::byte[]>> m_chunks;
    std::vector<Slot> m_slots;
    std::vector<std::byte> m_packed; ///< the state that is looked for
};

} // namespace heddle

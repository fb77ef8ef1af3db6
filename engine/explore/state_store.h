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
/// A large store lies in memory that no cache holds. Whoever has several states to put in prepares
/// all of them, looks ahead for each, and puts them in only then: so their ways to memory overlap.
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

    /// Packs a state that is to be put in soon; they are counted from 0.
    void prepare(std::span<const Cell> state);
    [[nodiscard]] std::size_t preparedCount() const { return m_preparedHashes.size(); }

    /// Has the state fetched that is probably equal to a prepared one; result: its number, or kNone.
    static constexpr std::uint32_t kNone = UINT32_MAX;
    [[nodiscard]] std::uint32_t lookAhead(std::size_t prepared) const;
    [[nodiscard]] Entry insertPrepared(std::size_t prepared);
    void dropPrepared();

    /// Has the state fetched, to be read soon.
    void fetch(std::uint32_t number) const;

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
    void pack(std::span<const Cell> state, std::byte* target) const;
    void unpack(const std::byte* source, std::span<Cell> state) const;
    void setCellBytes(std::size_t bytes);
    void widen(std::size_t bytes);
    void grow();

    std::size_t m_width;
    std::size_t m_cellBytes = 1;
    std::size_t m_stateBytes = 0;
    std::size_t m_size = 0;
    std::vector<std::unique_ptr<std::byte[]>> m_chunks;
    std::vector<Slot> m_slots;
    std::vector<std::byte> m_prepared; ///< one behind the other
    std::vector<std::uint32_t> m_preparedHashes;
};

} // namespace heddle

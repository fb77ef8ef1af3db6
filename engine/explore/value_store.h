// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/value.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_map>

namespace heddle {

/// A word of a machine state.
using Cell = std::uint32_t;

/// The values that an exploration has met, each once, so that a state holds a number for each.
///
/// Equal numbers mean equal values of the same kind. Number 0 is `none`.
///
/// Threads: one thread at a time.
class ValueStore
{
public:
    ValueStore();

    [[nodiscard]] Cell intern(const Value& value);
    [[nodiscard]] const Value& value(Cell number) const { return m_values[number]; }
    [[nodiscard]] std::size_t size() const { return m_values.size(); }
    [[nodiscard]] std::size_t bytes() const { return m_bytes; } ///< about

private:
    struct Hash
    {
        std::size_t operator()(const Value& value) const;
    };

    std::size_t m_bytes = 0;
    std::deque<Value> m_values;
    std::unordered_map<Value, Cell, Hash> m_numbers;
};

/// About how much memory a value takes, with all that it holds.
[[nodiscard]] std::size_t bytesOf(const Value& value);

/// What an entry of a map takes beside what it holds.
inline constexpr std::size_t kEntryBytes = 4 * sizeof(void*);

/// Mixes a word into a hash.
[[nodiscard]] constexpr std::uint64_t mixHash(std::uint64_t hash, std::uint64_t word)
{
    constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15ULL;
    hash = (hash ^ word) * kFactor;
    return hash ^ (hash >> 29);
}

} // namespace heddle

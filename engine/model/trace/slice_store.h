// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/growing_array.h"
#include "engine/model/trace/trace.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace heddle {

using StateSums = std::array<std::int64_t, kStateCount>;

/// The finished slices of a track, column by column in blocks of 64, with exact sums of time per
/// state up to each block.
///
/// A block knows its first begin; begins and durations beyond 32 bits stand in a table apart.
/// Slices come in order and do not overlap, so every search is binary.
///
/// Units:   nanoseconds since the start of the trace.
/// Threads: one thread appends; questions any thread, about slices below a count() it has seen.
class SliceStore
{
public:
    SliceStore() = default;
    ~SliceStore();
    SliceStore(const SliceStore&) = delete;
    SliceStore& operator=(const SliceStore&) = delete;

    /// Adds a slice that begins where the last one ended, or later.
    void append(const Slice& slice);

    [[nodiscard]] std::size_t count() const { return m_count.load(std::memory_order_acquire); }
    [[nodiscard]] Slice slice(std::size_t index) const;
    [[nodiscard]] std::int64_t beginOf(std::size_t index) const;
    [[nodiscard]] std::int64_t endOf(std::size_t index) const;
    [[nodiscard]] State stateOf(std::size_t index) const;

    /// Index of the first of `count` slices that ends after `time`, `count` if none; not before
    /// `hint`.
    [[nodiscard]] std::size_t firstEndingAfter(
        std::int64_t time, std::size_t count, std::size_t hint = 0) const;

    /// Index of the first of `count` slices that begins at `time` or later, `count` if none.
    [[nodiscard]] std::size_t firstBeginningFrom(std::int64_t time, std::size_t count) const;

    /// Exact nanoseconds per state before `time`.
    [[nodiscard]] StateSums sumsBefore(std::int64_t time, std::size_t count) const;

    [[nodiscard]] std::size_t columnBytes() const;
    [[nodiscard]] std::size_t indexBytes() const;

private:
    static constexpr std::size_t kBlockLog2 = 6;
    static constexpr std::size_t kBlockSize = std::size_t{1} << kBlockLog2;

    struct Block
    {
        std::int64_t base;
        std::array<std::uint32_t, kBlockSize> start;
        std::array<std::uint32_t, kBlockSize> duration;
        std::array<std::uint32_t, kBlockSize> name;
        std::array<std::uint32_t, kBlockSize> argument;
        std::array<std::uint16_t, kBlockSize> line;
        std::array<std::uint8_t, kBlockSize> state; ///< highest bit: the argument is an actor
    };
    struct Escape
    {
        std::uint64_t index;
        std::int64_t value;
    };
    using Escapes = GrowingArray<Escape, 2, 12>;

    /// Cumulative time in one state at the end of each block, from the first block that has it.
    struct Checkpoints
    {
        std::size_t firstBlock = 0;
        GrowingArray<std::int64_t, 2, 12> upTo;
    };

    [[nodiscard]] static std::int64_t escaped(const Escapes& escapes, std::size_t index);
    [[nodiscard]] std::size_t blockOf(
        std::int64_t time, std::size_t blocks, std::size_t hint) const;
    void closeBlock();
    void addToBlock(std::size_t block, StateSums& sums) const;

    std::atomic<std::size_t> m_count{0};
    GrowingArray<Block, 0, 10> m_blocks;
    GrowingArray<std::int64_t, 2, 12> m_bases;
    Escapes m_longOffsets;
    Escapes m_longDurations;
    std::array<std::atomic<Checkpoints*>, kStateCount> m_checkpoints{};

    // The writer's.
    StateSums m_sums{};
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/growing_array.h"
#include "engine/model/trace/trace.h"

#include <algorithm>
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

    /// Calls `look(begin, end, state)` for slices from `first` on until it returns false; returns the
    /// index of the last one it looked at, `first` if there was none.
    template <typename Look>
    std::size_t visit(std::size_t first, std::size_t count, Look look) const
    {
        for (std::size_t i = first; i < count;) {
            const Block& block = m_blocks[i >> kBlockLog2];
            const std::size_t stop = std::min(count, (i | (kBlockSize - 1)) + 1);
            for (; i < stop; ++i) {
                const std::size_t place = i & (kBlockSize - 1);
                const std::uint32_t start = block.start[place];
                const std::uint32_t length = block.duration[place];
                const std::int64_t begin =
                    start == kEscaped ? escaped(m_longOffsets, i) : block.base + start;
                const std::int64_t duration =
                    length == kEscaped ? escaped(m_longDurations, i) : length;
                if (!look(begin, begin + duration,
                        static_cast<State>(block.state[place] & kStateBits)))
                    return i;
            }
        }
        return first < count ? count - 1 : first;
    }

    /// Index of the first of `count` slices that ends after `time`, `count` if none; not before `hint`.
    [[nodiscard]] std::size_t firstEndingAfter(
        std::int64_t time, std::size_t count, std::size_t hint = 0) const;

    /// Index of the first of `count` slices that begins at `time` or later, `count` if none.
    [[nodiscard]] std::size_t firstBeginningFrom(std::int64_t time, std::size_t count) const;

    /// Exact nanoseconds per state before `time`.
    [[nodiscard]] StateSums sumsBefore(std::int64_t time, std::size_t count) const;

    [[nodiscard]] std::size_t columnBytes() const;
    [[nodiscard]] std::size_t indexBytes() const;

private:
    static constexpr std::uint32_t kEscaped = 0xffffffffU; ///< the value stands in a table apart
    static constexpr std::uint8_t kActorBit = 0x80;
    static constexpr std::uint8_t kStateBits = 0x7f;
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
    using Escapes = GrowingArray<Escape, 2, 8>;

    /// Cumulative time in one state at the end of each block, from the first block that has it.
    struct Checkpoints
    {
        std::size_t firstBlock = 0;
        GrowingArray<std::int64_t, 2, 8> upTo;
    };

    [[nodiscard]] static std::int64_t escaped(const Escapes& escapes, std::size_t index);
    [[nodiscard]] std::size_t blockOf(
        std::int64_t time, std::size_t blocks, std::size_t hint) const;
    void closeBlock();
    void addToBlock(std::size_t block, StateSums& sums) const;

    std::atomic<std::size_t> m_count{0};
    GrowingArray<Block, 0, 4> m_blocks; // up to 1,024 slices a segment
    GrowingArray<std::int64_t, 2, 8> m_bases;
    Escapes m_longOffsets;
    Escapes m_longDurations;
    std::array<std::atomic<Checkpoints*>, kStateCount> m_checkpoints{};

    // The writer's.
    StateSums m_sums{};
};

} // namespace heddle

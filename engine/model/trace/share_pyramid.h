// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/growing_array.h"
#include "engine/model/trace/share_columns.h"
#include "engine/model/trace/slice_store.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace heddle {

/// Shares of the state groups per bucket of time: buckets of 2^14 ns, and of four times that on each
/// level above.
///
/// Only buckets in which several slices begin are kept; what lies between them (idle time, long
/// slices, a few short ones) is looked up in the slices themselves, and so is what came after the
/// last bucket that is complete. So memory and time do not grow with idle time.
///
/// Threads: one thread adds; any thread asks.
class SharePyramid
{
public:
    SharePyramid() = default;
    ~SharePyramid();
    SharePyramid(const SharePyramid&) = delete;
    SharePyramid& operator=(const SharePyramid&) = delete;

    /// Adds a slice that begins where the last one ended, or later.
    void add(const Slice& slice);

    /// Adds the shares of [from, to) to the columns; `slices` are those that were added, `count` of
    /// them known to the reader.
    void fill(ShareColumns& columns, std::int64_t from, std::int64_t to, const SliceStore& slices,
        std::size_t count) const;

    [[nodiscard]] std::size_t sizeBytes() const;

private:
    static constexpr unsigned kBaseLog2 = 14;
    static constexpr unsigned kFanInLog2 = 2;
    static constexpr unsigned kLevels = 23;
    static constexpr std::uint32_t kFewest = 8; ///< slices that begin in a bucket that is kept

    /// A complete bucket, 20 bytes.
    struct Node
    {
        std::array<std::uint16_t, kStateGroupCount> share; ///< of 65,535
        std::uint16_t count; ///< see packedCount
        std::uint16_t states; ///< three bits a group: which of its states had the longest slice
        std::array<std::uint16_t, 3> key; ///< number of the bucket, lowest first

        [[nodiscard]] std::int64_t number() const;
    };
    using Nodes = GrowingArray<Node, 3, 9>;

    /// A bucket that is being filled.
    struct Bucket
    {
        std::int64_t number = -1;
        std::array<std::int64_t, kStateGroupCount> time{};
        std::array<std::int64_t, kStateGroupCount> longest{};
        std::array<State, kStateGroupCount> state{};
        std::uint32_t count = 0;
        /// A bit for each group that has time: the others are not looked at.
        std::uint32_t touched = 0;
    };
    struct Cursor;

    [[nodiscard]] static constexpr unsigned shiftOf(unsigned level)
    {
        return kBaseLog2 + kFanInLog2 * level;
    }
    [[nodiscard]] static std::uint16_t packedCount(std::uint32_t count);
    [[nodiscard]] static std::uint32_t unpackedCount(std::uint16_t packed);
    void addFrom(unsigned level, std::int64_t begin, std::int64_t end, State state, bool counts);
    void open(unsigned level, std::int64_t number);
    void close(unsigned level);
    static void clear(Bucket& bucket);
    static void include(Bucket& bucket, std::int64_t time, State state);
    [[nodiscard]] static Node packed(const Bucket& bucket, unsigned level);
    [[nodiscard]] static ShareColumns::Stretch unpacked(const Node& node);
    [[nodiscard]] static std::size_t firstFrom(
        const Nodes& nodes, std::size_t count, std::int64_t number);
    void walk(Cursor& cursor, unsigned level, std::int64_t from, std::int64_t to) const;

    std::array<std::atomic<Nodes*>, kLevels> m_nodes{};

    // The writer's.
    std::array<Bucket, kLevels> m_open;
};

} // namespace heddle

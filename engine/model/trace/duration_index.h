// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/duration_histogram.h"
#include "engine/model/trace/growing_array.h"
#include "engine/model/trace/slice_store.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace heddle {

/// Cumulative histograms of durations by state, one for each 4,096 slices; only the buckets that
/// have been met take memory.
///
/// Threads: one thread adds; any thread asks.
class DurationIndex
{
public:
    static constexpr std::size_t kGroup = 4096;

    /// Takes in groups that `slices` have completed.
    void update(const SliceStore& slices);

    [[nodiscard]] std::size_t groups() const { return m_rows.size(); }

    /// Adds what groups [first, last) hold of a state; `last` at most groups().
    void addTo(
        DurationHistogram& histogram, State state, std::size_t first, std::size_t last) const;

    [[nodiscard]] std::size_t sizeBytes() const;

private:
    /// The counts of all buckets known at the end of a group.
    struct Row
    {
        std::size_t first; ///< in m_counts
        std::size_t buckets;
    };
    [[nodiscard]] std::size_t slotFor(State state, std::size_t bucket);
    [[nodiscard]] std::size_t countAt(std::size_t row, std::size_t slot) const;

    GrowingArray<std::uint16_t, 4, 8> m_slots; ///< what a slot counts: state << 9 | bucket
    GrowingArray<std::uint32_t, 6, 10> m_counts; ///< differences are right even when they run over
    GrowingArray<Row, 0, 8> m_rows;

    // The writer's.
    using SlotOfBucket = std::array<std::uint16_t, DurationHistogram::kBucketCount>;
    std::array<std::unique_ptr<SlotOfBucket>, kStateCount> m_slotOf; ///< slot + 1, 0: none
    std::vector<std::uint32_t> m_sums; ///< by slot
};

} // namespace heddle

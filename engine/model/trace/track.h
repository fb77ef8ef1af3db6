// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace.h"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace heddle {

/// How a stretch of time is shared out among the five state groups; the rest is nothing at all.
struct StateShares
{
    std::array<float, kStateGroupCount> share{}; ///< 0…1 each, sum ≤ 1
    std::uint32_t count = 0; ///< slices that begin in it (an upper bound while zoomed far out)
    /// State of the longest slice of the largest group, for its pattern.
    State largest = State::None;
};

/// One strip of slices (or, for Level tracks, samples), with its index.
///
/// Slices live in chunks that never move, column by column; one writer appends and publishes a
/// count, readers look at what is published. The slice that is still open is kept apart.
///
/// Units:   nanoseconds since the start of the trace.
/// Threads: questions any thread; appending is the TraceBuilder's, on one thread.
class Track
{
public:
    Track(TrackId id, LaneId lane, TrackKind kind, std::uint8_t depth);
    ~Track();

    [[nodiscard]] TrackId id() const;
    [[nodiscard]] LaneId lane() const;
    [[nodiscard]] TrackKind kind() const;
    [[nodiscard]] std::uint8_t depth() const; ///< nesting depth of a Section track, from 0

    /// Finished slices so far; `slice(i)` for i below it.
    [[nodiscard]] std::size_t sliceCount() const;
    [[nodiscard]] Slice slice(std::size_t index) const;

    /// The slice that has begun and not ended; its `end` is the trace's end.
    [[nodiscard]] std::optional<Slice> openSlice() const;

    /// Index of the first finished slice that ends after `time` (sliceCount() if none). Binary search.
    [[nodiscard]] std::size_t firstEndingAfter(std::int64_t time) const;

    /// The slice (finished or open) that holds `time`.
    [[nodiscard]] std::optional<Slice> at(std::int64_t time) const;

    /// Shares of `columns` equal stretches of [from, to), from the pyramid: its price does not
    /// depend on the number of slices. The open slice counts up to the trace's end.
    [[nodiscard]] std::vector<StateShares> shares(
        std::int64_t from, std::int64_t to, std::size_t columns) const;

    /// Exact nanoseconds in each State within [from, to), the open slice included.
    [[nodiscard]] std::array<std::int64_t, kStateCount> sums(
        std::int64_t from, std::int64_t to) const;

    /// The given percentiles (0…100) of the durations of slices in `state` that begin in [from,
    /// to). From cumulative logarithmic histograms: off by at most 7 %.
    [[nodiscard]] std::vector<std::int64_t> percentiles(
        State state, std::int64_t from, std::int64_t to, std::span<const double> wanted) const;

    /// Samples of a Level track in [from, to], preceded by the one in force at `from`; at most a
    /// minimum and a maximum for each of `columns`.
    [[nodiscard]] std::vector<Sample> samples(
        std::int64_t from, std::int64_t to, std::size_t columns) const;
    [[nodiscard]] std::size_t sampleCount() const;
    [[nodiscard]] Sample sample(std::size_t index) const; ///< for an index below sampleCount()

    /// The level in force at `time` (0 before the first sample).
    [[nodiscard]] std::int64_t levelAt(std::int64_t time) const;

    /// Memory it takes, index included.
    [[nodiscard]] std::size_t sizeBytes() const;

private:
    friend class TraceWriter;
    struct Store;
    std::unique_ptr<Store> m_store;
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/growing_array.h"
#include "engine/model/trace/trace.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle {

/// The samples of a Level track, with the places of the least and the greatest of each 64, 4,096, …
///
/// Units:   nanoseconds since the start of the trace.
/// Threads: one thread appends; questions any thread.
class LevelStore
{
public:
    /// Adds a sample that is not earlier than the last.
    void append(Sample sample);

    [[nodiscard]] std::size_t count() const { return m_samples.size(); }
    [[nodiscard]] Sample sample(std::size_t index) const { return m_samples[index]; }

    /// Index of the first sample later than `time`, count() if none.
    [[nodiscard]] std::size_t firstAfter(std::int64_t time) const;

    /// The value in force at `time`, 0 before the first.
    [[nodiscard]] std::int64_t levelAt(std::int64_t time) const;

    /// See Track::samples.
    [[nodiscard]] std::vector<Sample> samples(
        std::int64_t from, std::int64_t to, std::size_t columns) const;

    [[nodiscard]] std::size_t sizeBytes() const;

private:
    struct Extremes
    {
        std::size_t least;
        std::size_t greatest;
    };
    static constexpr unsigned kFanInLog2 = 6;
    static constexpr std::size_t kLevels = 4;

    void include(Extremes& extremes, std::size_t index) const;
    void include(Extremes& extremes, const Extremes& other) const;
    [[nodiscard]] Extremes extremesOf(std::size_t begin, std::size_t end) const;

    GrowingArray<Sample, 4, 12> m_samples;
    std::array<GrowingArray<Extremes, 0, 10>, kLevels> m_extremes;
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/track.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle {

/// Sums slices, or buckets that stand for many, into equal columns of [from, to); one pass from
/// left to right.
///
/// Columns may be narrower than a nanosecond.
///
/// Threads: one thread at a time.
class ShareColumns
{
public:
    ShareColumns(std::int64_t from, std::int64_t to, std::size_t columns);

    /// What a stretch holds: nanoseconds per group, the state of its longest slice, slices that
    /// begin.
    struct Stretch
    {
        std::array<double, kStateGroupCount> time{};
        std::array<State, kStateGroupCount> state{};
        std::uint32_t count = 0;
    };

    /// A slice, or what is visible of it; `counts` if it begins where it is visible.
    void addSlice(std::int64_t begin, std::int64_t end, State state, bool counts);

    /// A bucket; its content is taken as spread evenly.
    void addStretch(std::int64_t begin, std::int64_t end, const Stretch& stretch);

    [[nodiscard]] double width() const { return m_width; } ///< nanoseconds a column

    [[nodiscard]] std::vector<StateShares> take();

private:
    void advanceTo(double time);
    void flush();
    void include(std::size_t group, double time, State state);

    std::int64_t m_from;
    double m_span;
    double m_width;
    std::vector<StateShares> m_columns;

    // The column that is being filled.
    std::size_t m_column = 0;
    double m_columnEnd;
    std::array<double, kStateGroupCount> m_time{};
    std::array<double, kStateGroupCount> m_longest{};
    std::array<State, kStateGroupCount> m_state{};
    std::uint32_t m_count = 0;
};

} // namespace heddle

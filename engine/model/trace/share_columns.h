// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/track.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle {

/// The states of each group, numbered within it: three bits are enough for each.
struct StatePlaces
{
    static constexpr unsigned kBits = 3;
    std::array<std::uint8_t, kStateCount> placeOf{}; ///< of a state in its group
    std::array<std::array<State, 1U << kBits>, kStateGroupCount> stateAt{};
};

constexpr StatePlaces statePlaces()
{
    StatePlaces places;
    std::array<std::uint8_t, kStateGroupCount> used{};
    for (int i = 0; i < kStateCount; ++i) {
        const auto state = static_cast<State>(i);
        const auto group = static_cast<std::size_t>(groupOf(state));
        places.placeOf[static_cast<std::size_t>(i)] = used[group];
        places.stateAt[group][used[group]++] = state;
    }
    return places;
}

inline constexpr StatePlaces kStatePlaces = statePlaces();

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

    /// What a stretch holds: time per group, the state of its longest slice, slices that begin.
    struct Stretch
    {
        std::array<std::uint16_t, kStateGroupCount> share{};
        /// Nanoseconds that one unit of share makes in each of the stretch.
        double perNanosecond = 0;
        std::uint16_t states = 0; ///< see StatePlaces
        std::uint32_t count = 0;

        [[nodiscard]] State stateOf(std::size_t group) const
        {
            return kStatePlaces.stateAt[group][(states >> (StatePlaces::kBits * group)) & 7U];
        }
    };

    /// A slice, or what is visible of it; `counts` if it begins where it is visible.
    void addSlice(std::int64_t begin, std::int64_t end, State state, bool counts)
    {
        const auto left = static_cast<double>(begin - m_from);
        const auto right = static_cast<double>(end - m_from);
        if (left < m_columnBegin || right >= m_columnEnd) {
            spreadSlice(begin, end, state, counts);
            return;
        }
        m_count += counts ? 1 : 0;
        include(static_cast<std::size_t>(groupOf(state)), right - left, state);
    }

    /// A bucket; its content is taken as spread evenly.
    void addStretch(std::int64_t begin, std::int64_t end, const Stretch& stretch)
    {
        const auto left = static_cast<double>(begin - m_from);
        const auto right = static_cast<double>(end - m_from);
        if (left < m_columnBegin || right >= m_columnEnd)
            spreadStretch(begin, end, stretch);
        else
            includePart(right - left, stretch);
    }

    [[nodiscard]] double width() const { return m_width; } ///< nanoseconds a column

    [[nodiscard]] std::vector<StateShares> take();

private:
    void advanceTo(double time);
    void flush();
    void spreadSlice(std::int64_t begin, std::int64_t end, State state, bool counts);
    void spreadStretch(std::int64_t begin, std::int64_t end, const Stretch& stretch);

    void include(std::size_t group, double time, State state)
    {
        m_time[group] += time;
        if (time >= m_longest[group]) {
            m_longest[group] = time;
            m_state[group] = state;
        }
    }
    void includePart(double length, const Stretch& stretch)
    {
        const double part = length * stretch.perNanosecond;
        for (std::size_t group = 0; group < kStateGroupCount; ++group) {
            if (stretch.share[group] != 0)
                include(group, part * stretch.share[group], stretch.stateOf(group));
        }
        m_count += stretch.count;
    }

    std::int64_t m_from;
    double m_span;
    double m_width;
    double m_perWidth;
    std::vector<StateShares> m_columns;

    // The column that is being filled.
    std::size_t m_column = 0;
    double m_columnBegin = 0;
    double m_columnEnd;
    std::array<double, kStateGroupCount> m_time{};
    std::array<double, kStateGroupCount> m_longest{};
    std::array<State, kStateGroupCount> m_state{};
    std::uint32_t m_count = 0;
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/level_store.h"

#include <algorithm>

namespace heddle {

void LevelStore::append(Sample sample)
{
    m_samples.append(sample);
    std::size_t done = m_samples.size();
    const std::size_t fanIn = std::size_t{1} << kFanInLog2;
    for (std::size_t level = 0; level < kLevels; ++level) {
        if ((done & (fanIn - 1)) != 0)
            return;
        Extremes extremes{};
        if (level == 0) {
            extremes = {done - fanIn, done - fanIn};
            for (std::size_t i = done - fanIn; i < done; ++i)
                include(extremes, i);
        } else {
            extremes = m_extremes[level - 1][done - fanIn];
            for (std::size_t i = done - fanIn; i < done; ++i)
                include(extremes, m_extremes[level - 1][i]);
        }
        m_extremes[level].append(extremes);
        done = m_extremes[level].size();
    }
}

void LevelStore::include(Extremes& extremes, std::size_t index) const
{
    if (m_samples[index].value < m_samples[extremes.least].value)
        extremes.least = index;
    if (m_samples[index].value > m_samples[extremes.greatest].value)
        extremes.greatest = index;
}

void LevelStore::include(Extremes& extremes, const Extremes& other) const
{
    include(extremes, other.least);
    include(extremes, other.greatest);
}

std::size_t LevelStore::firstAfter(std::int64_t time) const
{
    std::size_t low = 0;
    std::size_t high = m_samples.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (m_samples[middle].time <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

std::int64_t LevelStore::levelAt(std::int64_t time) const
{
    const std::size_t after = firstAfter(time);
    return after == 0 ? 0 : m_samples[after - 1].value;
}

LevelStore::Extremes LevelStore::extremesOf(std::size_t begin, std::size_t end) const
{
    Extremes extremes{begin, begin};
    while (begin < end) {
        // The largest complete group that begins here and fits.
        std::size_t level = kLevels;
        for (; level > 0; --level) {
            const std::size_t group = std::size_t{1} << (kFanInLog2 * level);
            if ((begin & (group - 1)) == 0 && begin + group <= end
                && (begin / group) < m_extremes[level - 1].size())
                break;
        }
        if (level == 0) {
            include(extremes, begin++);
            continue;
        }
        const std::size_t group = std::size_t{1} << (kFanInLog2 * level);
        include(extremes, m_extremes[level - 1][begin / group]);
        begin += group;
    }
    return extremes;
}

std::vector<Sample> LevelStore::samples(
    std::int64_t from, std::int64_t to, std::size_t columns) const
{
    std::vector<Sample> found;
    const std::size_t first = firstAfter(from);
    const std::size_t last = firstAfter(to);
    if (first > 0)
        found.push_back(m_samples[first - 1]);
    if (last - first <= 2 * columns || to <= from) {
        for (std::size_t i = first; i < last; ++i)
            found.push_back(m_samples[i]);
        return found;
    }
    const double width = static_cast<double>(to - from) / static_cast<double>(columns);
    std::size_t begin = first;
    std::size_t shown = first; // one beyond the last sample that is in `found`
    for (std::size_t column = 0; column < columns && begin < last; ++column) {
        const auto columnEnd =
            from + static_cast<std::int64_t>(width * static_cast<double>(column + 1));
        const std::size_t end =
            column + 1 == columns ? last : std::clamp(firstAfter(columnEnd), begin, last);
        if (begin == end) {
            // The value that goes on through an empty column.
            if (shown < begin)
                found.push_back(m_samples[begin - 1]);
            shown = begin;
            continue;
        }
        const Extremes extremes = extremesOf(begin, end);
        const auto [early, late] = std::minmax(extremes.least, extremes.greatest);
        found.push_back(m_samples[early]);
        if (late != early)
            found.push_back(m_samples[late]);
        shown = late + 1;
        begin = end;
    }
    return found;
}

std::size_t LevelStore::sizeBytes() const
{
    std::size_t bytes = m_samples.sizeBytes();
    for (const auto& level : m_extremes)
        bytes += level.sizeBytes();
    return bytes;
}

} // namespace heddle

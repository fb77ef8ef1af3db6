// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/tile_geometry.h"

#include <algorithm>
#include <cmath>

namespace heddle::widgets {

namespace {

// Rings of different threads are drained one after the other: what lies this close behind the end
// of a live trace may still be added to.
constexpr std::int64_t kSettlingTime = 50'000'000;
constexpr int kSmallestStretch = 3;

int columnOf(const TileKey& key, std::int64_t time)
{
    const std::int64_t column = (time - key.begin()) >> key.level;
    return static_cast<int>(std::clamp<std::int64_t>(column, 0, kTileColumns - 1));
}

/// Sorts the slices of a tile into boxes, small boxes and columns that become stacks.
class SliceSorter
{
public:
    SliceSorter(const Track& track, const TileKey& key, TileContent& content)
        : m_track(track)
        , m_key(key)
        , m_content(content)
        , m_column(std::int64_t{1} << key.level)
    {
        m_content.isStack.assign(kTileColumns, false);
    }

    void sort()
    {
        std::size_t index = m_track.firstEndingAfter(m_key.begin());
        const std::size_t count = m_track.sliceCount();
        while (index < count) {
            const Slice slice = m_track.slice(index);
            if (slice.begin >= m_key.end())
                break;
            index = take(slice) ? index + 1 : afterColumn(index, slice);
        }
        if (const auto open = m_track.openSlice();
            open && open->begin < m_key.end() && open->end > m_key.begin())
            take(*open);
        if (m_hasStacks)
            m_content.columns = m_track.shares(m_key.begin(), m_key.end(), kTileColumns);
    }

private:
    // Whether the slice is long enough to be a box; else its columns become stacks.
    bool take(const Slice& slice)
    {
        const std::int64_t duration = slice.end - slice.begin;
        if (duration >= m_column * kSmallestBox) {
            m_content.boxes.push_back(slice);
            return true;
        }
        if (duration >= m_column * kSmallestStretch) {
            m_content.smallBoxes.push_back(slice);
            return true;
        }
        const int last = columnOf(m_key, std::max(slice.begin, slice.end - 1));
        for (int column = columnOf(m_key, slice.begin); column <= last; ++column)
            m_content.isStack[static_cast<std::size_t>(column)] = true;
        m_hasStacks = true;
        return false;
    }

    // A column full of short slices is left by one search instead of many steps.
    std::size_t afterColumn(std::size_t index, const Slice& slice) const
    {
        const int column = columnOf(m_key, std::max(slice.begin, slice.end - 1));
        const std::int64_t columnEnd =
            m_key.begin() + (static_cast<std::int64_t>(column) + 1) * m_column;
        constexpr std::size_t kStepsBeforeSearch = 4;
        const std::size_t probe = index + kStepsBeforeSearch;
        if (probe >= m_track.sliceCount() || m_track.slice(probe).begin >= columnEnd)
            return index + 1;
        return std::max(index + 1, m_track.firstEndingAfter(columnEnd));
    }

    const Track& m_track;
    const TileKey& m_key;
    TileContent& m_content;
    std::int64_t m_column;
    bool m_hasStacks = false;
};

std::vector<LevelColumn> levelColumns(
    const Track& track, const TileKey& key, std::int64_t knownUntil)
{
    std::vector<LevelColumn> columns(kTileColumns);
    const std::vector<Sample> samples = track.samples(key.begin(), key.end() - 1, kTileColumns);
    auto next = samples.begin();
    std::int64_t value = 0;
    bool isKnown = false;
    for (int column = 0; column < kTileColumns; ++column) {
        const std::int64_t begin = key.begin() + (static_cast<std::int64_t>(column) << key.level);
        const std::int64_t end = begin + (std::int64_t{1} << key.level);
        if (begin > knownUntil)
            break;
        LevelColumn& range = columns[static_cast<std::size_t>(column)];
        if (isKnown)
            range = {value, value};
        for (; next != samples.end() && next->time < end; ++next) {
            value = next->value;
            const bool isFirst = range.low > range.high;
            range = {isFirst ? value : std::min(range.low, value),
                isFirst ? value : std::max(range.high, value)};
            isKnown = true;
        }
    }
    return columns;
}

} // namespace

TileContent tileContent(const Trace& trace, const TileKey& key)
{
    TileContent content;
    // Asked in this order: a trace that ends in between only makes the tile look unfinished once more.
    const bool isLive = trace.isLive();
    content.knownUntil = trace.end();
    content.isComplete = !isLive || key.end() + kSettlingTime <= content.knownUntil;
    const Track* track = trace.track(key.track);
    if (!track)
        return content;
    if (track->kind() == TrackKind::Level) {
        content.levels = levelColumns(*track, key, content.knownUntil);
        return content;
    }
    SliceSorter(*track, key, content).sort();
    if (track->kind() == TrackKind::Activity
        && trace.momentCount(track->lane(), key.begin(), key.end() - 1) <= kMostMoments)
        content.moments = trace.moments(track->lane(), key.begin(), key.end() - 1, kMostMoments);
    return content;
}

StackHeights stackHeights(const StateShares& shares, int height)
{
    StackHeights stack;
    double sum = 0.0;
    int used = 0;
    for (std::size_t group = 0; group < stack.pixels.size(); ++group) {
        sum += std::max(0.0F, shares.share[group]);
        const int top = std::min(height, static_cast<int>(std::lround(sum * height)));
        stack.pixels[group] = std::max(0, top - used);
        used = std::max(used, top);
    }
    for (const StateGroup kept : {StateGroup::Contention, StateGroup::Error}) {
        const auto index = static_cast<std::size_t>(kept);
        if (shares.share[index] <= 0.0F || stack.pixels[index] > 0 || height <= 0)
            continue;
        const auto largest = std::max_element(stack.pixels.begin(), stack.pixels.end());
        if (used == height)
            --*largest;
        else
            ++used;
        stack.pixels[index] = 1;
        stack.isEnlarged[index] = true;
    }
    return stack;
}

} // namespace heddle::widgets

// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/track.h"

#include "engine/model/trace/duration_histogram.h"
#include "engine/model/trace/share_columns.h"
#include "engine/model/trace/track_store.h"

#include <algorithm>

namespace heddle {

namespace {

constexpr std::size_t kSlicesWithoutPyramid = 512;

} // namespace

void Track::Store::append(const Slice& slice)
{
    slices.append(slice);
    const std::size_t count = slices.count();
    if (ownShares != nullptr) {
        ownShares->add(slice);
    } else if (count == kSlicesWithoutPyramid) {
        ownShares = std::make_unique<SharePyramid>();
        for (std::size_t i = 0; i < count; ++i)
            ownShares->add(slices.slice(i));
        shares.store(ownShares.get(), std::memory_order_release);
    }
    if (count % DurationIndex::kGroup == 0)
        durations.update(slices);
}

Track::Track(TrackId id, LaneId lane, TrackKind kind, std::uint8_t depth)
    : m_store(std::make_unique<Store>())
{
    m_store->id = id;
    m_store->lane = lane;
    m_store->kind = kind;
    m_store->depth = depth;
}

Track::~Track() = default;

TrackId Track::id() const
{
    return m_store->id;
}

LaneId Track::lane() const
{
    return m_store->lane;
}

TrackKind Track::kind() const
{
    return m_store->kind;
}

std::uint8_t Track::depth() const
{
    return m_store->depth;
}

std::size_t Track::sliceCount() const
{
    return m_store->slices.count();
}

Slice Track::slice(std::size_t index) const
{
    return m_store->slices.slice(index);
}

std::optional<Slice> Track::openSlice() const
{
    std::optional<Slice> open = m_store->open.get();
    if (!open)
        return std::nullopt;
    // The open slice is replaced a little after finished ones are published: one that is over by
    // now is among them.
    const std::size_t count = sliceCount();
    if (count > 0 && m_store->slices.endOf(count - 1) > open->begin)
        return std::nullopt;
    const auto* end = m_store->traceEnd;
    open->end = std::max(open->begin, end != nullptr ? end->load(std::memory_order_acquire) : 0);
    return open;
}

std::size_t Track::firstEndingAfter(std::int64_t time) const
{
    return m_store->slices.firstEndingAfter(time, sliceCount());
}

std::optional<Slice> Track::at(std::int64_t time) const
{
    const std::optional<Slice> open = openSlice();
    const std::size_t count = sliceCount();
    const std::size_t index = m_store->slices.firstEndingAfter(time, count);
    if (index < count) {
        const Slice found = slice(index);
        if (found.begin <= time)
            return found;
        return std::nullopt;
    }
    if (open && open->begin <= time && time <= open->end)
        return open;
    return std::nullopt;
}

std::vector<StateShares> Track::shares(
    std::int64_t from, std::int64_t to, std::size_t columns) const
{
    if (to <= from || columns == 0)
        return std::vector<StateShares>(columns);
    ShareColumns result(from, to, columns);
    const std::optional<Slice> open = openSlice();
    const std::size_t count = sliceCount();
    const SharePyramid* pyramid = m_store->shares.load(std::memory_order_acquire);
    static const SharePyramid bare; // answers from the slices alone
    (pyramid != nullptr ? *pyramid : bare).fill(result, from, to, m_store->slices, count);
    if (open && open->begin < to && open->end > from)
        result.addSlice(open->begin, open->end, open->state, true);
    return result.take();
}

std::array<std::int64_t, kStateCount> Track::sums(std::int64_t from, std::int64_t to) const
{
    StateSums result{};
    if (to <= from)
        return result;
    const std::optional<Slice> open = openSlice();
    const std::size_t count = sliceCount();
    const StateSums before = m_store->slices.sumsBefore(from, count);
    result = m_store->slices.sumsBefore(to, count);
    for (std::size_t state = 0; state < kStateCount; ++state)
        result[state] -= before[state];
    if (open) {
        const std::int64_t begin = std::max(from, open->begin);
        const std::int64_t end = std::min(to, open->end);
        result[static_cast<std::size_t>(open->state)] += std::max<std::int64_t>(0, end - begin);
    }
    return result;
}

std::vector<std::int64_t> Track::percentiles(
    State state, std::int64_t from, std::int64_t to, std::span<const double> wanted) const
{
    const std::size_t count = sliceCount();
    const SliceStore& slices = m_store->slices;
    DurationHistogram histogram;
    const auto addEach = [&](std::size_t first, std::size_t last) {
        slices.visit(first, last, [&](std::int64_t begin, std::int64_t end, State each) {
            if (each == state)
                histogram.addDuration(end - begin);
            return true;
        });
    };
    const std::size_t first = slices.firstBeginningFrom(from, count);
    const std::size_t last = slices.firstBeginningFrom(to, count);
    constexpr std::size_t kGroup = DurationIndex::kGroup;
    const std::size_t firstGroup = (first + kGroup - 1) / kGroup;
    const std::size_t lastGroup = std::min(last / kGroup, m_store->durations.groups());
    if (firstGroup < lastGroup) {
        addEach(first, firstGroup * kGroup);
        m_store->durations.addTo(histogram, state, firstGroup, lastGroup);
        addEach(lastGroup * kGroup, last);
    } else {
        addEach(first, last);
    }
    std::vector<std::int64_t> result;
    for (const double percent : wanted)
        result.push_back(histogram.percentile(percent));
    return result;
}

std::vector<Sample> Track::samples(std::int64_t from, std::int64_t to, std::size_t columns) const
{
    return m_store->levels.samples(from, to, columns);
}

std::size_t Track::sampleCount() const
{
    return m_store->levels.count();
}

Sample Track::sample(std::size_t index) const
{
    return m_store->levels.sample(index);
}

std::int64_t Track::levelAt(std::int64_t time) const
{
    return m_store->levels.levelAt(time);
}

std::size_t Track::sizeBytes() const
{
    const SharePyramid* pyramid = m_store->shares.load(std::memory_order_acquire);
    return sizeof(Track) + sizeof(Store) + m_store->slices.columnBytes()
        + m_store->slices.indexBytes() + m_store->durations.sizeBytes()
        + m_store->levels.sizeBytes() + (pyramid != nullptr ? pyramid->sizeBytes() : 0);
}

} // namespace heddle

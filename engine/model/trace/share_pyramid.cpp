// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/share_pyramid.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace heddle {

namespace {

constexpr double kWhole = 65535.0;
constexpr unsigned kCountBits = 11; ///< of the mantissa of a packed count

} // namespace

/// Where a reader is: in the columns and, for what no bucket says, in the slices.
struct SharePyramid::Cursor
{
    ShareColumns& columns;
    const SliceStore& slices;
    std::size_t count;
    std::size_t slice = 0;

    void addSlices(std::int64_t from, std::int64_t to)
    {
        slice = slices.firstEndingAfter(from, count, slice);
        slice = slices.visit(slice, count, [&](std::int64_t begin, std::int64_t end, State state) {
            if (begin >= to)
                return false;
            columns.addSlice(std::max(begin, from), std::min(end, to), state, begin >= from);
            return end < to;
        });
    }
};

SharePyramid::~SharePyramid()
{
    for (auto& nodes : m_nodes)
        delete nodes.load(std::memory_order_relaxed);
}

std::int64_t SharePyramid::Node::number() const
{
    return static_cast<std::int64_t>(
        key[0] | (std::uint64_t{key[1]} << 16U) | (std::uint64_t{key[2]} << 32U));
}

/// Rounded up, so that what is read is never less: 11 bits and an exponent.
std::uint16_t SharePyramid::packedCount(std::uint32_t count)
{
    unsigned exponent = 0;
    while ((count >> exponent) >= (1U << kCountBits) - 1)
        ++exponent;
    const std::uint32_t mantissa =
        (count >> exponent) + ((count & ((1U << exponent) - 1)) != 0 ? 1 : 0);
    return static_cast<std::uint16_t>((exponent << kCountBits) | mantissa);
}

std::uint32_t SharePyramid::unpackedCount(std::uint16_t packed)
{
    return (packed & ((1U << kCountBits) - 1)) << (packed >> kCountBits);
}

void SharePyramid::include(Bucket& bucket, std::int64_t time, State state)
{
    const auto group = static_cast<std::size_t>(groupOf(state));
    bucket.touched |= 1U << group;
    bucket.time[group] += time;
    if (time >= bucket.longest[group]) {
        bucket.longest[group] = time;
        bucket.state[group] = state;
    }
}

void SharePyramid::open(unsigned level, std::int64_t number)
{
    if (m_open[level].number == number)
        return;
    close(level);
    m_open[level].number = number;
}

/// Keeps the open bucket if it is worth it, and adds it to the one above.
void SharePyramid::close(unsigned level)
{
    Bucket& bucket = m_open[level];
    if (bucket.number < 0)
        return;
    if (bucket.count >= kFewest) {
        if (m_nodes[level].load(std::memory_order_relaxed) == nullptr)
            m_nodes[level].store(new Nodes, std::memory_order_release);
        m_nodes[level].load(std::memory_order_relaxed)->append(packed(bucket, level));
    }
    if (level + 1 < kLevels) {
        open(level + 1, bucket.number >> kFanInLog2);
        Bucket& above = m_open[level + 1];
        above.count += bucket.count;
        above.touched |= bucket.touched;
        for (std::uint32_t left = bucket.touched; left != 0; left &= left - 1) {
            const auto group = static_cast<std::size_t>(std::countr_zero(left));
            above.time[group] += bucket.time[group];
            if (bucket.longest[group] >= above.longest[group]) {
                above.longest[group] = bucket.longest[group];
                above.state[group] = bucket.state[group];
            }
        }
    }
    clear(bucket);
}

void SharePyramid::clear(Bucket& bucket)
{
    for (std::uint32_t left = bucket.touched; left != 0; left &= left - 1) {
        const auto group = static_cast<std::size_t>(std::countr_zero(left));
        bucket.time[group] = 0;
        bucket.longest[group] = 0;
    }
    bucket.touched = 0;
    bucket.count = 0;
    bucket.number = -1;
}

void SharePyramid::add(const Slice& slice)
{
    addFrom(0, slice.begin, slice.end, slice.state, true);
}

void SharePyramid::addFrom(
    unsigned level, std::int64_t begin, std::int64_t end, State state, bool counts)
{
    for (; level < kLevels; ++level) {
        const unsigned shift = shiftOf(level);
        const std::int64_t number = begin >> shift;
        const std::int64_t bucketEnd = (number + 1) << shift;
        open(level, number);
        m_open[level].count += counts ? 1 : 0;
        if (end <= bucketEnd) {
            include(m_open[level], end - begin, state);
            return;
        }
        include(m_open[level], bucketEnd - begin, state);
        close(level);
        // Whole buckets in between belong to the level above; what is left over stays here.
        const std::int64_t last = end >> shift;
        const std::int64_t lastBegin = last << shift;
        if (lastBegin > bucketEnd)
            addFrom(level + 1, bucketEnd, lastBegin, state, false);
        if (end > lastBegin) {
            open(level, last);
            include(m_open[level], end - lastBegin, state);
        }
        return;
    }
}

SharePyramid::Node SharePyramid::packed(const Bucket& bucket, unsigned level)
{
    Node node{};
    const double width = static_cast<double>(std::int64_t{1} << shiftOf(level));
    for (std::size_t group = 0; group < kStateGroupCount; ++group) {
        node.share[group] = static_cast<std::uint16_t>(
            std::lround(static_cast<double>(bucket.time[group]) / width * kWhole));
        const unsigned place = kStatePlaces.placeOf[static_cast<std::size_t>(bucket.state[group])];
        if (bucket.time[group] > 0)
            node.states =
                static_cast<std::uint16_t>(node.states | (place << (StatePlaces::kBits * group)));
    }
    node.count = packedCount(bucket.count);
    const auto number = static_cast<std::uint64_t>(bucket.number);
    node.key = {static_cast<std::uint16_t>(number), static_cast<std::uint16_t>(number >> 16U),
        static_cast<std::uint16_t>(number >> 32U)};
    return node;
}

ShareColumns::Stretch SharePyramid::unpacked(const Node& node)
{
    ShareColumns::Stretch stretch;
    stretch.share = node.share;
    stretch.perNanosecond = 1 / kWhole;
    stretch.states = node.states;
    stretch.count = unpackedCount(node.count);
    return stretch;
}

std::size_t SharePyramid::firstFrom(const Nodes& nodes, std::size_t count, std::int64_t number)
{
    std::size_t low = 0;
    std::size_t high = count;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (nodes[middle].number() < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void SharePyramid::walk(Cursor& cursor, unsigned level, std::int64_t from, std::int64_t to) const
{
    const Nodes* nodes = m_nodes[level].load(std::memory_order_acquire);
    const std::size_t count = nodes == nullptr ? 0 : nodes->size();
    const unsigned shift = shiftOf(level);
    std::size_t i = nodes == nullptr ? 0 : firstFrom(*nodes, count, from >> shift);
    std::int64_t done = from;
    for (; i < count; ++i) {
        const Node& node = (*nodes)[i];
        const std::int64_t begin = node.number() << shift;
        if (begin >= to)
            break;
        if (begin > done)
            cursor.addSlices(done, begin);
        done = begin + (std::int64_t{1} << shift);
        cursor.columns.addStretch(begin, done, unpacked(node));
    }
    if (done >= to)
        return;
    // Behind the last bucket that is complete on this level, finer ones may be.
    if (i == count && level > 0)
        walk(cursor, level - 1, done, to);
    else
        cursor.addSlices(done, to);
}

void SharePyramid::fill(ShareColumns& columns, std::int64_t from, std::int64_t to,
    const SliceStore& slices, std::size_t count) const
{
    Cursor cursor{columns, slices, count};
    const auto width = static_cast<std::uint64_t>(columns.width());
    if (width < (std::uint64_t{1} << kBaseLog2)) {
        cursor.addSlices(from, to);
        return;
    }
    const auto log2 = static_cast<unsigned>(std::bit_width(width)) - 1;
    walk(cursor, std::min((log2 - kBaseLog2) / kFanInLog2, kLevels - 1),
        std::max<std::int64_t>(from, 0), to);
}

std::size_t SharePyramid::sizeBytes() const
{
    std::size_t bytes = sizeof(SharePyramid);
    for (const auto& slot : m_nodes) {
        if (const Nodes* nodes = slot.load(std::memory_order_acquire))
            bytes += sizeof(Nodes) + nodes->sizeBytes();
    }
    return bytes;
}

} // namespace heddle

// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace_builder.h"
#include "engine/model/trace/track.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace heddle {

/// Slices of a kind of life: dense, sparse, with long pauses, with slices longer than 32 bits.
inline std::vector<Slice> slicesLike(const QByteArray& life, std::size_t count, unsigned seed)
{
    std::mt19937_64 random(seed);
    std::vector<Slice> slices;
    std::int64_t time = 0;
    for (std::size_t i = 0; i < count; ++i) {
        Slice slice;
        std::uint64_t longest = 20000;
        std::uint64_t gap = 0;
        if (life == "dense")
            longest = 400;
        if (life == "pauses")
            gap = random() % 500 == 0 ? 50'000'000 : 0;
        if (life == "endless")
            longest = random() % 20 == 0 ? 40'000'000'000ULL : 1000;
        if (life == "bursts") {
            longest = (i / 3000) % 2 == 0 ? 200 : 3'000'000;
            gap = random() % 50;
        }
        slice.begin = time + static_cast<std::int64_t>(gap);
        slice.end = slice.begin + static_cast<std::int64_t>(random() % longest);
        slice.state = static_cast<State>(1 + random() % (kStateCount - 1));
        slice.line = static_cast<std::uint16_t>(random());
        slice.name.value = static_cast<std::uint32_t>(random());
        slice.argument = static_cast<std::uint32_t>(random());
        slice.argumentIsActor = random() % 2 == 0;
        time = slice.end;
        slices.push_back(slice);
    }
    return slices;
}

/// A trace with one lane and one track.
struct Built
{
    TraceBuilder builder;
    LaneId lane;
    TrackId id;
    const Track* track;

    explicit Built(TrackKind kind = TrackKind::Activity)
        : lane(builder.addLane({}))
        , id(builder.addTrack(lane, kind, 0))
        , track(builder.trace()->track(id))
    {
    }
    explicit Built(const std::vector<Slice>& slices)
        : Built()
    {
        for (const Slice& slice : slices)
            builder.addSlice(id, slice);
    }
};

inline std::int64_t overlap(const Slice& slice, std::int64_t from, std::int64_t to)
{
    return std::max<std::int64_t>(0, std::min(slice.end, to) - std::max(slice.begin, from));
}

using Sums = std::array<std::int64_t, kStateCount>;

/// What Track::sums() has to say.
inline Sums sumsByHand(const std::vector<Slice>& slices, std::int64_t from, std::int64_t to)
{
    Sums sums{};
    for (const Slice& slice : slices)
        sums[static_cast<std::size_t>(slice.state)] += overlap(slice, from, to);
    return sums;
}

/// Rows for each kind of life.
inline void lives()
{
    QTest::addColumn<QByteArray>("life");
    for (const char* life : {"dense", "plain", "pauses", "endless", "bursts"})
        QTest::newRow(life) << QByteArray(life);
}

/// Stretches of many lengths, inside, at the edges and beyond.
inline std::vector<std::pair<std::int64_t, std::int64_t>> stretches(std::int64_t end, unsigned seed)
{
    std::mt19937_64 random(seed);
    const auto below = [&random](std::int64_t bound) {
        return static_cast<std::int64_t>(
            random() % static_cast<std::uint64_t>(std::max<std::int64_t>(bound, 1)));
    };
    std::vector<std::pair<std::int64_t, std::int64_t>> result{
        {0, end}, {0, 1}, {end - 1, end + 1000}, {end, 2 * end}};
    for (std::int64_t length = 10; length < end; length *= 7) {
        const std::int64_t from = below(end - length);
        result.emplace_back(from, from + length);
    }
    return result;
}

} // namespace heddle

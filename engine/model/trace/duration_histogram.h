// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace heddle {

/// Counts of durations in buckets that grow with the duration: eight for each doubling, so that the
/// middle of a bucket is at most 6.3 % from everything in it. Below 8 ns every bucket is one value.
///
/// Threads: one thread at a time.
class DurationHistogram
{
public:
    static constexpr std::size_t kBucketCount = 488;

    [[nodiscard]] static constexpr std::size_t bucketOf(std::int64_t duration)
    {
        const auto value = static_cast<std::uint64_t>(duration < 0 ? 0 : duration);
        if (value < 8)
            return static_cast<std::size_t>(value);
        const auto exponent = static_cast<unsigned>(std::bit_width(value)) - 4;
        return std::size_t{exponent} * 8 + static_cast<std::size_t>(value >> exponent);
    }

    /// The middle of a bucket.
    [[nodiscard]] static constexpr std::int64_t valueOf(std::size_t bucket)
    {
        if (bucket < 16)
            return static_cast<std::int64_t>(bucket);
        const std::size_t exponent = bucket / 8 - 1;
        const std::uint64_t lowest = std::uint64_t{bucket % 8 + 8} << exponent;
        return static_cast<std::int64_t>(lowest + ((std::uint64_t{1} << exponent) - 1) / 2);
    }

    void add(std::size_t bucket, std::uint64_t times) { m_counts[bucket] += times; }
    void addDuration(std::int64_t duration) { ++m_counts[bucketOf(duration)]; }

    [[nodiscard]] std::uint64_t count() const
    {
        std::uint64_t sum = 0;
        for (const std::uint64_t each : m_counts)
            sum += each;
        return sum;
    }

    /// The duration that `percent` (0…100) of all are not longer than; 0 if there are none.
    [[nodiscard]] std::int64_t percentile(double percent) const
    {
        const std::uint64_t all = count();
        if (all == 0)
            return 0;
        const double wanted = percent / 100.0 * static_cast<double>(all);
        std::uint64_t passed = 0;
        std::size_t last = 0;
        for (std::size_t bucket = 0; bucket < kBucketCount; ++bucket) {
            if (m_counts[bucket] == 0)
                continue;
            passed += m_counts[bucket];
            last = bucket;
            if (static_cast<double>(passed) >= wanted)
                break;
        }
        return valueOf(last);
    }

private:
    std::array<std::uint64_t, kBucketCount> m_counts{};
};

} // namespace heddle

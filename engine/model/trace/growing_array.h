// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <memory>
#include <vector>

namespace heddle {

/// A list that only grows, whose elements never move, and that others read while it grows.
///
/// Memory comes in segments that double from 2^FirstLog2 to 2^LargestLog2 elements, so that small
/// lists stay small; a directory of segments is replaced, never changed, when it is full.
///
/// Threads: one thread appends; any thread reads elements below a size() it has seen.
template <typename T, unsigned FirstLog2 = 4, unsigned LargestLog2 = 14> class GrowingArray
{
public:
    GrowingArray() = default;
    GrowingArray(const GrowingArray&) = delete;
    GrowingArray& operator=(const GrowingArray&) = delete;

    /// Adds a copy and publishes it.
    void append(const T& value)
    {
        const std::size_t index = m_size.load(std::memory_order_relaxed);
        slot(index) = value;
        m_size.store(index + 1, std::memory_order_release);
    }

    /// Adds an element that is not initialised; what is written into it has to be published by the caller.
    T& grow()
    {
        const std::size_t index = m_size.load(std::memory_order_relaxed);
        T& added = slot(index);
        m_size.store(index + 1, std::memory_order_release);
        return added;
    }

    [[nodiscard]] std::size_t size() const { return m_size.load(std::memory_order_acquire); }

    [[nodiscard]] const T& operator[](std::size_t index) const
    {
        const Place place = placeOf(index);
        return m_directory.load(std::memory_order_acquire)[place.segment][place.offset];
    }

    /// The writer's own view of an element.
    [[nodiscard]] T& own(std::size_t index)
    {
        const Place place = placeOf(index);
        return m_directory.load(std::memory_order_relaxed)[place.segment][place.offset];
    }

    [[nodiscard]] std::size_t sizeBytes() const
    {
        return m_capacity.load(std::memory_order_relaxed) * sizeof(T);
    }

private:
    struct Place
    {
        std::size_t segment;
        std::size_t offset;
    };

    // Segment 0 holds the first 2^FirstLog2 elements, segment s the next 2^(FirstLog2+s-1), up to
    // the largest; from there on all are equally large.
    static constexpr std::size_t kFirst = std::size_t{1} << FirstLog2;
    static constexpr std::size_t kLargest = std::size_t{1} << LargestLog2;

    [[nodiscard]] static Place placeOf(std::size_t index)
    {
        if (index >= kLargest)
            return {(LargestLog2 - FirstLog2) + (index >> LargestLog2), index & (kLargest - 1)};
        if (index < kFirst)
            return {0, index};
        const auto segment = static_cast<std::size_t>(std::bit_width(index >> FirstLog2));
        return {segment, index - (kFirst << (segment - 1))};
    }

    [[nodiscard]] T& slot(std::size_t index)
    {
        const Place place = placeOf(index);
        if (place.segment >= m_segments.size())
            addSegment(place.segment);
        return m_segments[place.segment][place.offset];
    }

    void addSegment(std::size_t segment)
    {
        std::size_t elements = kLargest;
        if (segment + FirstLog2 <= LargestLog2)
            elements = segment == 0 ? kFirst : kFirst << (segment - 1);
        m_segments.push_back(std::make_unique_for_overwrite<T[]>(elements));
        if (segment >= m_directorySize)
            replaceDirectory();
        m_directories.back()[segment] = m_segments.back().get();
        m_directory.store(m_directories.back().get(), std::memory_order_release);
        m_capacity.store(
            m_capacity.load(std::memory_order_relaxed) + elements, std::memory_order_relaxed);
    }

    void replaceDirectory()
    {
        m_directorySize = m_directorySize == 0 ? 8 : m_directorySize * 2;
        auto larger = std::make_unique<T*[]>(m_directorySize);
        for (std::size_t i = 0; i + 1 < m_segments.size(); ++i)
            larger[i] = m_segments[i].get();
        // Readers may still look at the old ones, so they are kept.
        m_directories.push_back(std::move(larger));
    }

    // Read by all.
    std::atomic<T**> m_directory{nullptr};
    std::atomic<std::size_t> m_size{0};
    std::atomic<std::size_t> m_capacity{0};

    // The writer's.
    std::vector<std::unique_ptr<T[]>> m_segments;
    std::vector<std::unique_ptr<T*[]>> m_directories;
    std::size_t m_directorySize = 0;
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace heddle {

/// Numbers that look random and depend on nothing but the seed and the stream's number.
///
/// Each actor has a stream of its own, so that what it draws does not depend on how the actors'
/// steps were interleaved.
///
/// Threads: one thread at a time.
/// Source:  Steele, Lea, Flood: Fast splittable pseudorandom number generators (OOPSLA 2014).
class RandomNumbers
{
public:
    RandomNumbers(std::uint64_t seed, std::uint64_t stream)
        : m_state(mixed(seed + 0x9e3779b97f4a7c15ULL * (stream + 1)))
    {
    }

    [[nodiscard]] std::uint64_t next()
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        return mixed(m_state);
    }

    /// One of low..high, all equally likely; low <= high.
    [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high)
    {
        const std::uint64_t width =
            static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
        if (width == 0) // all 64-bit numbers
            return static_cast<std::int64_t>(next());
        const std::uint64_t unfair = (0 - width) % width; // below it, small results come too often
        std::uint64_t drawn = next();
        while (drawn < unfair)
            drawn = next();
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + drawn % width);
    }

private:
    [[nodiscard]] static std::uint64_t mixed(std::uint64_t number)
    {
        number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9ULL;
        number = (number ^ (number >> 27)) * 0x94d049bb133111ebULL;
        return number ^ (number >> 31);
    }

    std::uint64_t m_state;
};

} // namespace heddle

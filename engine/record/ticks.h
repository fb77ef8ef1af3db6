// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/record/session_layout.h"

#include <algorithm>
#include <cstdint>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace heddle {

/// Whether the processor's counter runs at one rate and never stops, so that it can tell the time.
///
/// Source: AMD64 Architecture Programmer's Manual, CPUID 8000_0007h, EDX bit 8 (invariant TSC).
[[nodiscard]] bool hasSteadyTicks();

/// The recording clock, read.
///
/// Units:   of the source: processor ticks, or nanoseconds of CLOCK_MONOTONIC.
/// Threads: any thread, and inside a signal handler.
[[nodiscard]] inline std::uint64_t readTicks([[maybe_unused]] ClockSource source) noexcept
{
#if defined(__x86_64__)
    if (source == ClockSource::ProcessorTicks)
        return __rdtsc();
#endif
    return static_cast<std::uint64_t>(monotonicNow().count());
}

/// Both clocks at (nearly) the same moment.
struct ClockPair
{
    std::uint64_t ticks = 0;
    std::int64_t nanoseconds = 0; ///< of CLOCK_MONOTONIC
};

/// Reads both several times and gives the pair that lay closest together.
[[nodiscard]] ClockPair readClockPair(ClockSource source);

/// Turns ticks into nanoseconds since the start of a session.
///
/// The rate is measured over the whole time since the start, again and again; what the last
/// estimate was off by is made good over the following stretch, so that times never jump.
///
/// Threads: one thread at a time.
class TickConverter
{
public:
    TickConverter(ClockSource source, ClockPair start);

    /// Measures if the last measurement is old: after 1, 2, 4, … ms, then once a second.
    void calibrate();

    [[nodiscard]] std::int64_t nanoseconds(std::uint64_t ticks) const
    {
        constexpr std::int64_t kFarthest = std::int64_t{1} << 60; // garbage must not leave 64 bits
        const auto sinceBase =
            std::clamp(static_cast<std::int64_t>(ticks - m_baseTicks), -kFarthest, kFarthest);
        return m_baseNanoseconds
            + static_cast<std::int64_t>(static_cast<double>(sinceBase) * m_rate);
    }

private:
    ClockSource m_source;
    ClockPair m_start;
    std::uint64_t m_baseTicks;
    std::int64_t m_baseNanoseconds = 0; ///< since the start
    std::int64_t m_lastMeasured = 0; ///< since the start
    double m_rate = 1; ///< nanoseconds per tick
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/record/ticks.h"

#include <algorithm>
#include <limits>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace heddle {

namespace {

constexpr std::int64_t kFirstStretch =
    1'000'000; // ns: two readings so far apart give 100 ppm or better
constexpr std::int64_t kLongestStretch = 1'000'000'000;

} // namespace

bool hasSteadyTicks()
{
#if defined(__x86_64__)
    constexpr unsigned kPowerManagement = 0x8000'0007;
    constexpr unsigned kInvariantTicks = 1U << 8U;
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    return __get_cpuid(kPowerManagement, &a, &b, &c, &d) != 0 && (d & kInvariantTicks) != 0;
#else
    return false;
#endif
}

ClockPair readClockPair(ClockSource source)
{
    ClockPair best;
    std::uint64_t closest = std::numeric_limits<std::uint64_t>::max();
    for (int attempt = 0; attempt < 8; ++attempt) {
        const std::uint64_t before = readTicks(source);
        const std::int64_t moment = monotonicNow().count();
        const std::uint64_t after = readTicks(source);
        if (after - before < closest) {
            closest = after - before;
            best = {before + (after - before) / 2, moment};
        }
    }
    return best;
}

TickConverter::TickConverter(ClockSource source, ClockPair start)
    : m_source(source)
    , m_start(start)
    , m_baseTicks(start.ticks)
{
}

void TickConverter::calibrate()
{
    if (m_source == ClockSource::MonotonicNanoseconds)
        return;
    const std::int64_t elapsed = monotonicNow().count() - m_start.nanoseconds;
    const std::int64_t stretch = std::clamp(m_lastMeasured, kFirstStretch, kLongestStretch);
    if (m_lastMeasured != 0 && elapsed - m_lastMeasured < stretch)
        return;
    // The very first time a rate is needed at once, from however little there is.
    while (monotonicNow().count() - m_start.nanoseconds < kFirstStretch) { }

    const ClockPair now = readClockPair(m_source);
    const std::int64_t sinceStart = now.nanoseconds - m_start.nanoseconds;
    const double rate =
        static_cast<double>(sinceStart) / static_cast<double>(now.ticks - m_start.ticks);
    if (m_lastMeasured == 0) {
        m_rate = rate;
    } else {
        const std::int64_t shown = nanoseconds(now.ticks);
        const double next =
            static_cast<double>(std::clamp(sinceStart, kFirstStretch, kLongestStretch));
        const double off = std::clamp(static_cast<double>(sinceStart - shown) / next, -0.5, 0.5);
        m_baseTicks = now.ticks;
        m_baseNanoseconds = shown;
        m_rate = rate * (1 + off);
    }
    m_lastMeasured = sinceStart;
}

} // namespace heddle

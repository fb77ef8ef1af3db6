// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace heddle::widgets {

/// Which stretch of time lies on which pixels: [begin, end) on [0, width).
///
/// Units:   nanoseconds since the start of the trace; pixels.
struct TimeScale
{
    std::int64_t begin = 0;
    std::int64_t end = 1;
    double width = 1.0;

    friend bool operator==(const TimeScale&, const TimeScale&) = default;
};

/// At least a tiny positive number, also for an empty scale.
[[nodiscard]] inline double nanosecondsPerPixel(const TimeScale& scale)
{
    const double duration = static_cast<double>(std::max<std::int64_t>(1, scale.end - scale.begin));
    return duration / std::max(1.0, scale.width);
}

/// The place of a moment; outside [0, width) for moments outside the scale.
[[nodiscard]] inline double pixelAt(const TimeScale& scale, std::int64_t time)
{
    // The difference first: it is exact, also 100 days into a trace.
    return static_cast<double>(time - scale.begin) / nanosecondsPerPixel(scale);
}

/// The moment at a place, rounded to the nanosecond: pixelAt(timeAt(x)) is x to less than a pixel.
[[nodiscard]] inline std::int64_t timeAt(const TimeScale& scale, double pixel)
{
    return scale.begin + std::llround(pixel * nanosecondsPerPixel(scale));
}

/// The scale after zooming by `factor` (below 1: closer) so that the moment under `pixel` stays there.
[[nodiscard]] inline TimeScale zoomed(const TimeScale& scale, double pixel, double factor)
{
    const double share = std::clamp(pixel / std::max(1.0, scale.width), 0.0, 1.0);
    const auto duration = static_cast<double>(scale.end - scale.begin);
    const std::int64_t centre = timeAt(scale, share * scale.width);
    const std::int64_t begin = centre - std::llround(duration * factor * share);
    const std::int64_t end =
        std::max<std::int64_t>(begin + 1, centre + std::llround(duration * factor * (1.0 - share)));
    return {begin, end, scale.width};
}

/// Tiles are this many columns wide; a column of level n is 2^n nanoseconds.
inline constexpr int kTileColumns = 512;
inline constexpr int kLargestTileLevel = 52;

/// The finest level whose columns are not shorter than a pixel, so that nothing falls between two pixels.
[[nodiscard]] inline int tileLevelFor(double nanosecondsInPixel)
{
    int level = 0;
    while (level < kLargestTileLevel
        && static_cast<double>(std::int64_t{1} << level) < nanosecondsInPixel)
        ++level;
    return level;
}

[[nodiscard]] inline std::int64_t tileDuration(int level)
{
    return static_cast<std::int64_t>(kTileColumns) << level;
}

/// Number of the tile that holds a moment (moments before the trace lie in negative tiles).
[[nodiscard]] inline std::int64_t tileIndexAt(int level, std::int64_t time)
{
    const std::int64_t duration = tileDuration(level);
    return time >= 0 ? time / duration : -((-time + duration - 1) / duration);
}

} // namespace heddle::widgets

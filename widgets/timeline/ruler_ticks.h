// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/shared/trace_times.h"
#include "widgets/timeline/timeline_coordinates.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace heddle::widgets {

/// A mark of the ruler; only major ones have a label.
struct RulerTick
{
    std::int64_t time = 0;
    double pixel = 0.0;
    QString label;

    [[nodiscard]] bool isMajor() const { return !label.isEmpty(); }
};

/// The distance of labelled marks: 1, 2 or 5 times a power of ten nanoseconds or steps, at least
/// `pixels` wide.
[[nodiscard]] std::int64_t rulerStep(
    const TimeScale& scale, double pixels, const TraceTimes& times = {});

/// Marks over the whole scale, from left to right, a few before its first pixel included.
[[nodiscard]] std::vector<RulerTick> rulerTicks(
    const TimeScale& scale, double labelWidth, const TraceTimes& times = {});

} // namespace heddle::widgets

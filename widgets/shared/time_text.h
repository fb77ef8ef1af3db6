// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QString>

#include <chrono>

namespace heddle::widgets {

/// A duration with a unit that fits and three significant digits: "320 ns", "1.5 ms", "12 s".
[[nodiscard]] QString durationText(std::chrono::nanoseconds duration);

/// A moment in the unit that fits it, exact to `resolution`: "1.284 s", "12.004 ms".
[[nodiscard]] QString momentText(
    std::chrono::nanoseconds moment, std::chrono::nanoseconds resolution);

/// A part of a whole as a percentage: "12 %", "<1 %".
[[nodiscard]] QString shareText(double share);

} // namespace heddle::widgets

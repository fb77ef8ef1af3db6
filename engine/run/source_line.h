// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>

namespace heddle {

/// A line number as recordings carry it: those beyond 65,535 are shown as the last one.
[[nodiscard]] constexpr std::uint16_t recordedLine(std::uint32_t line)
{
    constexpr std::uint32_t kLargest = std::numeric_limits<std::uint16_t>::max();
    return static_cast<std::uint16_t>(line < kLargest ? line : kLargest);
}

} // namespace heddle

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

/// The number of an instruction as StepBegan carries it: from 1, since 0 is one that is not known.
[[nodiscard]] constexpr std::uint64_t recordedOperation(std::int32_t instruction)
{
    return static_cast<std::uint64_t>(instruction) + 1;
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"
#include "engine/model/exploration/forced_schedule.h"

#include <optional>
#include <span>
#include <string>

namespace heddle {

/// Why no schedule of the program can be forced upon real threads and processes, in a sentence; nothing
/// if they can be.
[[nodiscard]] std::optional<std::string> obstacleToForcing(const Code& code);

/// Whether signals may come to the program's processes: then they wait until it is their step.
[[nodiscard]] bool mayGetSignals(const Code& code);

/// A step between two states of the machine.
struct PlannedMove
{
    Machine& machine;
    std::span<const Cell> before;
    std::span<const Cell> after;
    std::int32_t actor = 0;
};

/// Why real threads and processes cannot be forced through this step, in a sentence; nothing if they can.
[[nodiscard]] std::optional<std::string> obstacleTo(
    const PlannedMove& move, const ForcedStep& step);

/// The same for what the schedule leaves undone at its end.
[[nodiscard]] std::optional<std::string> obstacleToEnd(
    Machine& machine, std::span<const Cell> state);

} // namespace heddle

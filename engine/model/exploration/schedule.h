// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

/// One step of a schedule: who moves, and which of the step's outcomes it is.
struct ScheduledStep
{
    std::int32_t actor = 0; ///< its number (handle)
    std::int32_t choice = 0; ///< among the outcomes of the step, from 0
    std::string actorName; ///< for people
    std::uint32_t line = 0; ///< of the program; 0 for a step without one
    std::string text; ///< "lock fork[2]"
};

/// An order of steps from the start of a program on.
struct Schedule
{
    std::vector<ScheduledStep> steps;
};

/// The schedule as a file: a line `heddle schedule 1`, then a line `ACTOR CHOICE` for each step,
/// with `# name, line N: what` behind it for people.
[[nodiscard]] std::string toText(const Schedule& schedule);

/// Reads what toText wrote; comments and empty lines may stand anywhere.
///
/// Errors: BadProgram with the line that is wrong.
[[nodiscard]] Result<Schedule> readSchedule(std::string_view text);

} // namespace heddle

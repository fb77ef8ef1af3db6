// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/model/exploration/forced_schedule.h"
#include "engine/model/exploration/schedule.h"
#include "engine/model/program/code.h"

#include <memory>

namespace heddle {

/// Turns a schedule into what real threads and processes need to know to follow it, by taking its steps in the
/// machine. What comes after the end of the program is left out.
///
/// Errors:  NotSupported if the program cannot be explored, or a step cannot be forced (the sentence says
///          which and why); BadProgram with the number of the first step that it does not allow.
/// Threads: any thread.
[[nodiscard]] Result<ForcedSchedule> planSchedule(
    const std::shared_ptr<const Code>& code, const Schedule& schedule);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/run/step_outcome.h"

namespace heddle {

class ActorThread;

// Rows of the runner's table: time, output, checks.

[[nodiscard]] StepOutcome compute(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome sleepFor(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome yieldProcessor(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome say(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome progress(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome assertTrue(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome choose(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome beginAtomic(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome endAtomic(ActorThread& actor, const Instruction& instruction);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/run/step_outcome.h"

namespace heddle {

class ActorThread;

// Rows of the runner's table: what is done to declared objects.

/// Any verb: the object that the instruction means carries it out.
[[nodiscard]] StepOutcome useObject(ActorThread& actor, const Instruction& instruction);

/// Asks an object, an actor, or (`live`) the run.
[[nodiscard]] StepOutcome query(ActorThread& actor, const Instruction& instruction);

} // namespace heddle

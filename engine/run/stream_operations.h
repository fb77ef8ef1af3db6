// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/run/step_outcome.h"

namespace heddle {

class ActorThread;

// Rows of the runner's table: the ends of pipes, and the streams of commands.

[[nodiscard]] StepOutcome readStream(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome writeStream(ActorThread& actor, const Instruction& instruction);

/// A queue, a pipe's end or both, or streams of a command.
[[nodiscard]] StepOutcome closeStream(ActorThread& actor, const Instruction& instruction);

[[nodiscard]] StepOutcome communicate(ActorThread& actor, const Instruction& instruction);

} // namespace heddle

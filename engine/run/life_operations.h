// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/model/program/code.h"
#include "engine/run/step_outcome.h"

namespace heddle {

class ActorThread;
struct ActorRecord;

// Rows of the runner's table: the life of actors and timers.

[[nodiscard]] StepOutcome spawn(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome join(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome joinAll(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome cancel(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome startTimer(ActorThread& actor, const Instruction& instruction);

/// The end itself follows at once, before it is recorded, and thus within this step.
[[nodiscard]] StepOutcome endRoutine(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome exitProgram(ActorThread& actor, const Instruction& instruction);

/// Waits for an actor's end; one that waits for itself does so for ever.
[[nodiscard]] StepOutcome joinActor(const ActorRecord& record, Deadline deadline);

} // namespace heddle

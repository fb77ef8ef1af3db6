// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/run/step_outcome.h"

namespace heddle {

class ActorThread;

// Rows of the runner's table: accesses to shared variables. Each is one step.

[[nodiscard]] StepOutcome loadShared(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome storeShared(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome storeSharedElement(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome addShared(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome exchangeShared(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome fetchAddShared(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome compareExchangeShared(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome awaitUntil(ActorThread& actor, const Instruction& instruction);

} // namespace heddle

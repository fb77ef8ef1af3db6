// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/model/program/code.h"
#include "engine/run/step_outcome.h"
#include "engine/signals/signal_set.h"

namespace heddle {

class ActorThread;
class ProgramRun;

// Rows of the runner's table: signals.

[[nodiscard]] StepOutcome sendTo(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome setHandler(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome setAlarm(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome pauseActor(ActorThread& actor, const Instruction& instruction);
[[nodiscard]] StepOutcome awaitSignal(ActorThread& actor, const Instruction& instruction);

/// The signals that the bits stand for, without those that nobody may use.
[[nodiscard]] SignalSet signalSetOf(SignalBits bits);

/// Puts a handler, or what the program says instead of one, in force for this process; a mask for the
/// calling thread.
///
/// Errors:  as setDisposition() and changeSignalMask().
/// Threads: the main thread; for a mask any thread.
[[nodiscard]] Result<void> putInForce(ProgramRun& run, const HandlerDeclaration& handler);

/// Answers `disposition(s)`.
[[nodiscard]] Evaluated dispositionText(const Value& signal);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/run/step_outcome.h"

namespace heddle {

class ActorThread;

/// Row of the runner's table: starts a command as a child of this process.
///
/// It is forked, carries out its wirings from left to right, and loads its program; when this returns the
/// program is loaded, or NotFound or NoResources is raised. Lines that it writes to a stream that is not
/// wired are said by its handle.
///
/// Source: fork(2), execve(2), pidfd_open(2), close_range(2).
[[nodiscard]] StepOutcome startCommand(ActorThread& actor, const Instruction& instruction);

} // namespace heddle

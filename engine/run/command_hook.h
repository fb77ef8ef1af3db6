// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/processes/spawn_options.h"

namespace heddle {

class ActorThread;
class RunCommand;

/// Makes the command's process carry out its hooks, and what has to come before or after them, from left
/// to right as they are declared. A hook that fails ends the process: its program is never loaded.
///
/// Hooks run code of the language, which may do all that a process may: so the child is forked. What is
/// passed here must live until the spawn.
void runHooksFirst(ActorThread& actor, RunCommand& command, const CommandDeclaration& declared,
    SpawnOptions& options);

} // namespace heddle

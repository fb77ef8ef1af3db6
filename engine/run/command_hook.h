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
/// Hooks run code of the language, which may do more than a handler of a signal. So the child is forked, and
/// from this process, whose pipes, group and private variables it begins with; the fork server, a copy of
/// it as it was at its start, has none of them. The price is a copy of the page tables, which is small:
/// this process holds what a program of the language needs, and no more. Locks that other threads hold meanwhile do no
/// harm: fork(2) and the handlers of pthread_atfork leave those of the C library, the recorder and the
/// signals free in the child; variables and objects of a program with hooks lie in memory that all
/// processes share, where the holder gives them back; ProgramRun::becomeHook() does the rest.
///
/// What is passed here must live until the spawn.
void runHooksFirst(ActorThread& actor, RunCommand& command, const CommandDeclaration& declared,
    SpawnOptions& options);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/run/actor_start.h"

namespace heddle {

struct ActorDeclaration;

/// Starts a process actor: a child of this process, in its group.
///
/// This process has threads, and one of them may hold a lock of the C library, of the recorder or of the
/// run just now. So the child is not forked from it but from its fork server, a copy of it as it was before
/// it had threads: with the program's code, the session and the shared memory at the same addresses, and
/// with `private` variables as they are declared. What is sent along are its arguments, the line to the
/// supervisor, and the ends of pipes that are open here. Nothing else that this process has open, such as
/// streams of its commands, is open in the child.
///
/// Handlers of its declaration are in force before its first step; otherwise it begins with the default
/// dispositions and an empty mask.
///
/// Errors:  NoResources if there is no fork server or it has to take too much along; those of
///          ForkServer::fork. The record is Failed then.
/// Threads: any thread.
[[nodiscard]] Result<void> startProcess(
    ProgramRun& run, ActorRecord& record, const ActorDeclaration& declared, const ActorPlan& plan);

} // namespace heddle

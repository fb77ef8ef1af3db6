// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/run/actor_start.h"

namespace heddle {

struct ActorDeclaration;

/// Starts a process actor: a child of this process, forked from it, with its own copy of everything but
/// what lies in shared memory. Handlers of its declaration are in force before its first step; otherwise
/// it begins with the default dispositions and an empty mask.
///
/// Errors:  SystemCall of fork; the record is Failed then.
/// Threads: any thread.
/// Source:  fork(2), pidfd_open(2).
[[nodiscard]] Result<void> startProcess(
    ProgramRun& run, ActorRecord& record, const ActorDeclaration& declared, ActorPlan plan);

} // namespace heddle

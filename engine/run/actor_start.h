// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/model/program/value.h"
#include "engine/run/actor_table.h"

#include <cstdint>
#include <vector>

namespace heddle {

class ProgramRun;

/// What an actor is to do: a routine with its arguments, at once or (timers) after a while.
struct ActorPlan
{
    std::int32_t routine = 0;
    std::vector<Value> arguments;
    nanoseconds delay{0};
};

/// Starts a thread of this process that carries the actor out. When this returns the actor has
/// begun: who looks at the session sees it.
///
/// Errors:  NoResources if the system has no thread for it; the record is Failed then.
/// Threads: any thread.
[[nodiscard]] Result<void> startActor(ProgramRun& run, ActorRecord& record, ActorPlan plan);

/// Carries the actor out on the calling thread, up to its end. Handlers of signals run in it.
///
/// Threads: the main thread of the process.
void carryOutHere(ProgramRun& run, ActorRecord& record, ActorPlan plan);

} // namespace heddle

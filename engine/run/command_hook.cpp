// SPDX-License-Identifier: Apache-2.0
#include "engine/run/command_hook.h"

#include "engine/record/recorder.h"
#include "engine/run/actor_thread.h"
#include "engine/run/run_command.h"

#include <cerrno>
#include <cstdlib>

#include <unistd.h>

namespace heddle {

namespace {

constexpr int kFailedHook = 1;

void runHook(ProgramRun& run, ActorRecord& record, std::int32_t routine)
{
    ActorGate gate(nullptr, record);
    ActorThread hook(run, gate, record, routine, {});
    hook.carryOut();
    if (hook.hasFailed())
        ::_exit(kFailedHook);
}

/// In the child. Result: 0, or errno of what could not be done.
int carryOutInOrder(ActorThread& actor, ActorRecord& record, const CommandDeclaration& declared)
{
    currentInterruptions = nullptr; // handlers of signals are the parent's
    record.process.store(::getpid());
    actor.run().becomeHook();
    const SetupRecording records; // what the hooks say
    for (const Wiring& wiring : declared.wirings) {
        if (wiring.kind == Wiring::Kind::NewGroup && ::setpgid(0, 0) != 0)
            return errno;
        if (wiring.kind == Wiring::Kind::Before)
            runHook(actor.run(), record, wiring.routine);
        if (wiring.kind != Wiring::Kind::Environment)
            continue;
        const std::string value = displayText(actor.value(wiring.value), &actor);
        // NOLINTNEXTLINE(concurrency-mt-unsafe): the child has one thread
        if (::setenv(wiring.text.c_str(), value.c_str(), 1) != 0)
            return errno;
    }
    return 0;
}

} // namespace

void runHooksFirst(ActorThread& actor, RunCommand& command, const CommandDeclaration& declared,
    SpawnOptions& options)
{
    options.fork = [] { return ::fork(); };
    options.beforeExec = [&actor, &command, &declared] {
        return carryOutInOrder(actor, command.record(), declared);
    };
}

} // namespace heddle

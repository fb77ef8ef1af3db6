// SPDX-License-Identifier: Apache-2.0
#include "engine/run/process_start.h"

#include "engine/record/recorder.h"
#include "engine/run/actor_thread.h"
#include "engine/run/command_watch.h"
#include "engine/run/program_run.h"
#include "engine/run/signal_operations.h"
#include "engine/signals/handler.h"
#include "engine/signals/mask.h"

#include <utility>

#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr int kFailed = 1;

/// What the program's own process has set does not hold here.
void beginWithDefaults(ProgramRun& run, const ActorDeclaration& declared)
{
    for (const int signal : SignalSet::all().numbers())
        static_cast<void>(
            setDisposition(signal, Disposition::byDefault())); // not those of KILL, STOP
    static_cast<void>(setInitialDispositions());
    static_cast<void>(setDisposition(SIGINT, Disposition::byDefault()));
    SignalBits blocked = 0;
    for (const HandlerDeclaration& handler : declared.handlers) {
        if (handler.mode == 'b')
            blocked |= handler.signalSet;
        else if (handler.mode == 'u')
            blocked &= ~handler.signalSet;
        else
            static_cast<void>(putInForce(run, handler)); // what the system refuses the checker has
    }
    static_cast<void>(setSignalMask(signalSetOf(blocked))); // up to now all were
}

/// The life of the child.
[[noreturn]] void beProcess(
    ProgramRun& run, ActorRecord& record, const ActorDeclaration& declared, ActorPlan plan)
{
    run.becomeProcess();
    static_cast<void>(::prctl(PR_SET_NAME, record.name.c_str(), 0, 0, 0));
    record.thread.store(::gettid());
    bindThread(record.id);
    run.waitForBeginning();
    ActorGate gate(nullptr, record);
    ActorThread actor(run, gate, record, plan.routine, std::move(plan.arguments));
    run.setMainActor(&actor);
    beginWithDefaults(run, declared);
    actor.carryOut();
    run.setMainActor(nullptr);
    run.removePending();
    while (!run.waitForEnd(Deadline::never())) { }
    run.leaveProcess(actor.hasFailed() ? kFailed : run.exitCode());
}

} // namespace

Result<void> startProcess(
    ProgramRun& run, ActorRecord& record, const ActorDeclaration& declared, ActorPlan plan)
{
    record.moveTo(
        ActorRecord::Phase::Started); // before its first step, so that it finds itself alive
    expectActor(record.id);
    // Signals that come before its own dispositions are in force must wait until they are.
    const Result<SignalSet> mask = blockSignalSet(SignalSet::all());
    const pid_t child = run.actors().forkProcess();
    if (child == 0) {
        record.process.store(::getpid());
        beProcess(run, record, declared, std::move(plan));
    }
    const Error failed = systemError("fork");
    if (mask)
        static_cast<void>(setSignalMask(*mask));
    if (child < 0) {
        endActor(record.id, EventKind::ActorFailed, defineName("fork").value);
        record.moveTo(ActorRecord::Phase::Failed);
        return failed;
    }
    RunCommand& process = run.commands().add(record, record.name);
    process.setProcess(
        child, OwnedFd(static_cast<int>(::syscall(SYS_pidfd_open, child, 0))), false);
    Result<void> watched = watchCommand(run, process);
    if (!watched) {
        static_cast<void>(process.sendSignal(SIGKILL));
        static_cast<void>(::waitpid(child, nullptr, 0));
    }
    return watched;
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/run/runner.h"

#include "engine/model/program/interpreter.h"
#include "engine/record/recorder.h"
#include "engine/run/actor_start.h"
#include "engine/run/orphans.h"
#include "engine/run/pause.h"
#include "engine/run/process_start.h"
#include "engine/run/program_run.h"
#include "engine/run/signal_hold.h"
#include "engine/run/signal_operations.h"
#include "engine/run/watcher_thread.h"
#include "engine/run/world_context.h"
#include "engine/signals/handler.h"

#include <chrono>
#include <utility>

#include <signal.h>
#include <unistd.h>

namespace heddle {

namespace {

ActorPlan planOf(const ActorDeclaration& actor, std::int32_t element)
{
    ActorPlan plan;
    plan.routine = actor.routine;
    if (actor.isArray)
        plan.arguments.push_back(Value::integer(actor.low + element));
    return plan;
}

/// Starts a first actor; where the system has no thread for it, it fails with NoResources.
void startElement(ProgramRun& run, std::int32_t declaration, std::int32_t element)
{
    const ActorDeclaration& actor = run.code().actors[static_cast<std::size_t>(declaration)];
    ActorPlan plan = planOf(actor, element);
    ActorRecord* record = run.actors().takeDeclared(declaration, element);
    HEDDLE_ASSERT(record != nullptr, "actors start by themselves before anybody else starts them");
    const Result<void> started = actor.kind == ActorKind::Process
        ? startProcess(run, *record, actor, plan)
        : startActor(run, *record, std::move(plan));
    if (started)
        return;
    run.channel().sendRefusal(record->name, started.error().text(), actor.line);
    if (actor.isMain)
        run.life().noteMainFailed();
}

/// All actors that start by themselves but main. They wait until everybody is there.
void startFirstActors(ProgramRun& run)
{
    const std::vector<ActorDeclaration>& actors = run.code().actors;
    for (std::size_t number = 0; number < actors.size(); ++number) {
        if (actors[number].isMain || !actors[number].startsByItself)
            continue;
        for (std::int32_t element = 0; element < actors[number].count; ++element)
            startElement(run, static_cast<std::int32_t>(number), element);
    }
}

void sendFinals(ProgramRun& run, ProgramChannel& channel)
{
    WorldContext context(run);
    const std::vector<Expectation>& expectations = run.code().expectations;
    for (std::size_t number = 0; number < expectations.size(); ++number) {
        if (!expectations[number].fragment)
            continue;
        const Evaluated value =
            evaluateFragment(run.code(), *expectations[number].fragment, context);
        if (!value.isRaised())
            channel.sendFinal(number, value.value);
    }
}

/// Main on this thread, which then also runs handlers of signals.
void carryOutMain(ProgramRun& run)
{
    const ActorDeclaration* main = run.code().main();
    if (main == nullptr)
        return;
    ActorRecord* record = run.actors().takeDeclared(0, 0);
    HEDDLE_ASSERT(record != nullptr, "main is actor 0, and nobody has started it before");
    carryOutHere(run, *record, planOf(*main, 0));
}

/// What signals do before the first step.
void prepareSignals(ProgramRun& run)
{
    if (run.gate() != nullptr && run.gate()->holdsSignals())
        holdSignals(0);
    static_cast<void>(setInitialDispositions()); // the system refuses none of its signals
    if (!run.isInterruptible())
        static_cast<void>(setDisposition(SIGINT, Disposition::byDefault()));
    for (const HandlerDeclaration& handler : run.code().handlers)
        static_cast<void>(putInForce(run, handler)); // what could fail the checker refuses
}

/// Leaves the process if the program has left its schedule.
void giveUpOnProblem(ProgramRun& run)
{
    const std::optional<std::string> problem = run.gate()->problem();
    if (!problem)
        return;
    run.channel().sendDeparture(*problem);
    ::_exit(1);
}

/// Gives the program up as soon as it has left the schedule that it is to follow.
[[noreturn]] void watchSchedule(ProgramRun& run)
{
    constexpr nanoseconds kPace = std::chrono::milliseconds(20);
    do {
        pauseFor(kPace);
        run.gate()->watch(kPace, run.options().patience);
    } while (!run.gate()->problem());
    endProgram(run);
}

/// The program cannot begin.
int refuse(ProgramChannel& channel, const std::string& why)
{
    channel.sendDeparture(why);
    return 1;
}

/// Until the program is over, or SIGINT comes when main has ended.
void waitForEnd(ProgramRun& run)
{
    if (run.life().waitForEnd(Deadline::never()) && waitForOrphans(run))
        return;
    run.life().noteInterrupted();
    run.life().requestExit(1);
}

} // namespace

int runProgram(const Code& code, const RunOptions& options, ProgramChannel& channel)
{
    Result<SharedArena> arena =
        SharedArena::create(ProgramRun::setupBytes(code) + options.actorBytes);
    if (!arena)
        return refuse(channel, arena.error().text());
    // Never deleted: daemons may use it until the process has ended.
    auto* run = new ProgramRun(code, options, channel, *arena);
    if (!run->problem().empty())
        return refuse(channel, run->problem());
    channel.sendStarted(recordingNow());
    run->life().addPending(); // this thread, until all first actors are there
    run->startForkServer();
    prepareSignals(*run);
    if (run->gate() != nullptr)
        if (const Result<void> watched = startWatcher("schedule", [run] { watchSchedule(*run); });
            !watched)
            channel.sendRefusal(kProgramName, watched.error().text(), 0);
    if (const Result<void> watched = watchOrphans(*run); !watched)
        channel.sendRefusal(kProgramName, watched.error().text(), 0);
    startFirstActors(*run);
    run->life().begin();
    carryOutMain(*run);
    run->life().removePending();
    waitForEnd(*run);
    endProgram(*run);
}

void endProgram(ProgramRun& run)
{
    while (!run.life().claimEnd())
        static_cast<void>(::pause()); // who was first ends the process
    if (run.gate() != nullptr)
        giveUpOnProblem(run);
    run.endDaemonProcesses();
    run.actors().waitForTellers(Deadline::after(std::chrono::seconds(1)));
    sendFinals(run, run.channel());
    run.channel().sendEnded(recordingNow());
    if (run.life().isInterrupted())
        endByInterrupt();
    ::_exit(run.life().exitCode());
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/run/actor_start.h"

#include "engine/model/trace/kind_text.h"
#include "engine/record/recorder.h"
#include "engine/run/actor_thread.h"
#include "engine/run/pause.h"
#include "engine/run/program_run.h"
#include "engine/run/signal_hold.h"
#include "engine/threads/thread.h"

#include <utility>

#include <unistd.h>

namespace heddle {

namespace {

using Phase = ActorRecord::Phase;

constexpr std::size_t kStackBytes = std::size_t{1024} * 1024; // calls of a program need none of it

struct End
{
    Phase phase = Phase::Finished;
    std::string failure; ///< name of the exception that ended it
};

/// Whether a timer has come to its time; false if it was cancelled before.
bool hasFired(ActorGate& gate, ActorRecord& record, nanoseconds delay)
{
    heddle::record(EventKind::SleepBegan, 0, static_cast<std::uint64_t>(delay.count()));
    if (!gate.waitToFire(record.fate))
        static_cast<void>(pauseUnless(record.fate, delay)); // what counts is who decides first
    heddle::record(EventKind::SleepEnded);
    return record.decide(ActorRecord::Fate::Fired);
}

End carryOut(ProgramRun& run, ActorGate& gate, ActorRecord& record, ActorPlan plan)
{
    if (record.kind == ActorKind::Timer && !hasFired(gate, record, plan.delay))
        return {Phase::Cancelled, {}};
    ActorThread actor(run, gate, record, plan.routine, std::move(plan.arguments));
    if (record.isMain)
        run.setMainActor(&actor);
    actor.carryOut();
    if (record.isMain)
        run.setMainActor(nullptr);
    return {actor.hasFailed() ? Phase::Failed : Phase::Finished, actor.failure()};
}

void sendOutcome(ProgramRun& run, const ActorRecord& record, Phase phase)
{
    ActorOutcome outcome;
    outcome.name = std::string(record.name);
    outcome.kind = toText(record.kind);
    outcome.state = phase == Phase::Failed ? "failed" : "finished";
    outcome.cpuNanoseconds = threadProcessorTime().count();
    run.channel().sendActorOutcome(outcome);
}

/// All that an actor's thread does, once it records as the actor.
void live(ProgramRun& run, ActorRecord& record, ActorPlan plan)
{
    record.thread.store(::gettid());
    run.life().waitForBeginning();
    ActorGate gate(run.gate(), record);
    const End end = carryOut(run, gate, record, std::move(plan));
    sendOutcome(run, record, end.phase);
    if (record.isDaemon)
        run.life().addPending(); // whoever joins it must not end the run before its end is recorded
    record.moveTo(end.phase); // before the record of it, which says that it has happened by then
    if (end.phase == Phase::Failed)
        unbindThread(EventKind::ActorFailed, defineName(end.failure));
    else
        unbindThread();
    gate.end();
    run.life().removePending();
}

} // namespace

Result<void> startActor(ProgramRun& run, ActorRecord& record, ActorPlan plan)
{
    ThreadOptions options;
    options.name = std::string(record.name);
    options.kind = ThreadKind::Daemon; // the run itself counts for whom it waits
    options.stackBytes = kStackBytes;
    options.actor = record.id;
    record.process.store(::getpid());
    record.moveTo(Phase::Started); // before its thread, so that who spawns it finds it alive
    if (!record.isDaemon)
        run.life().addPending();
    const auto body = [&run, &record, plan = std::move(plan), held = heldMask()](
                          const std::stop_token& /*stop*/) {
        if (held) // a thread begins with what its maker blocks
            holdSignals(*held);
        live(run, record, plan);
    };
    Thread thread(body, std::move(options));
    Result<void> started = thread.start();
    if (started) {
        record.thread.store(thread.nativeId()); // so that who has made it can send it a signal
        return {};
    }
    record.moveTo(Phase::Failed);
    if (!record.isDaemon)
        run.life().removePending();
    return started;
}

void carryOutHere(ProgramRun& run, ActorRecord& record, ActorPlan plan)
{
    record.process.store(::getpid());
    record.moveTo(Phase::Started);
    if (!record.isDaemon)
        run.life().addPending();
    bindThread(record.id);
    live(run, record, std::move(plan));
}

} // namespace heddle

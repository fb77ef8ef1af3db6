// SPDX-License-Identifier: Apache-2.0
#include "engine/run/actor_start.h"

#include "engine/base/futex.h"
#include "engine/record/recorder.h"
#include "engine/run/actor_thread.h"
#include "engine/run/pause.h"
#include "engine/run/program_run.h"

#include <memory>
#include <system_error>
#include <thread>
#include <utility>

namespace heddle {

namespace {

using Phase = ActorRecord::Phase;

struct End
{
    Phase phase = Phase::Finished;
    std::string failure; ///< name of the exception that ended it
};

/// Whether a timer has come to its time; false if it was cancelled before.
bool hasFired(ActorRecord& record, nanoseconds delay)
{
    heddle::record(EventKind::SleepBegan, 0, static_cast<std::uint64_t>(delay.count()));
    static_cast<void>(pauseUnless(record.fate, delay)); // what counts is who decides first
    heddle::record(EventKind::SleepEnded);
    return record.decide(ActorRecord::Fate::Fired);
}

End carryOut(ProgramRun& run, ActorRecord& record, ActorPlan plan)
{
    if (record.kind == ActorKind::Timer && !hasFired(record, plan.delay))
        return {Phase::Cancelled, {}};
    ActorThread actor(run, record, plan.routine, std::move(plan.arguments));
    actor.carryOut();
    return {actor.hasFailed() ? Phase::Failed : Phase::Finished, actor.failure()};
}

void sendOutcome(ProgramRun& run, const ActorRecord& record, Phase phase)
{
    ActorOutcome outcome;
    outcome.name = record.name;
    outcome.kind = record.kind == ActorKind::Timer ? "timer" : "thread";
    outcome.state = phase == Phase::Failed ? "failed" : "finished";
    outcome.cpuNanoseconds = threadProcessorTime().count();
    run.channel().sendActorOutcome(outcome);
}

/// All that an actor's thread does.
void live(ProgramRun& run, ActorRecord& record, ActorPlan plan)
{
    bindThread(record.id);
    record.moveTo(Phase::Started);
    run.waitForBeginning();
    const End end = carryOut(run, record, std::move(plan));
    sendOutcome(run, record, end.phase);
    if (end.phase == Phase::Failed)
        unbindThread(EventKind::ActorFailed, defineName(end.failure));
    else
        unbindThread();
    record.moveTo(end.phase);
    if (!record.isDaemon)
        run.removePending();
}

} // namespace

Result<void> startActor(ProgramRun& run, ActorRecord& record, ActorPlan plan)
{
    if (!record.isDaemon)
        run.addPending();
    std::thread([&run, &record, plan = std::move(plan)]() mutable {
        live(run, record, std::move(plan));
    }).detach();
    while (record.phase.load() == static_cast<std::uint32_t>(Phase::NotStarted))
        futexWait(record.phase, static_cast<std::uint32_t>(Phase::NotStarted), Deadline::never());
    return {};
}

} // namespace heddle

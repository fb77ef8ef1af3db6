// SPDX-License-Identifier: Apache-2.0
#include "engine/run/runner.h"

#include "engine/model/program/interpreter.h"
#include "engine/record/recorder.h"
#include "engine/run/actor_start.h"
#include "engine/run/program_run.h"
#include "engine/run/world_context.h"

#include <utility>

namespace heddle {

namespace {

/// Starts a first actor; where the system has no thread for it, it fails with NoResources.
void startElement(ProgramRun& run, std::int32_t declaration, std::int32_t element)
{
    const ActorDeclaration& actor = run.code().actors[static_cast<std::size_t>(declaration)];
    ActorPlan plan;
    plan.routine = actor.routine;
    if (actor.isArray)
        plan.arguments.push_back(Value::integer(actor.low + element));
    ActorRecord* record = run.actors().takeDeclared(declaration, element);
    HEDDLE_ASSERT(record != nullptr, "actors start by themselves before anybody else starts them");
    const Result<void> started = startActor(run, *record, std::move(plan));
    if (started)
        return;
    RaisedException refused;
    refused.time = recordingNow();
    refused.name = "NoResources";
    refused.text = started.error().text();
    refused.actor = record->name;
    refused.line = actor.line;
    refused.isUncaught = true;
    run.channel().sendRaised(refused);
    if (actor.isMain)
        run.noteMainFailed();
}

/// Main, or all actors that start by themselves. They wait until everybody is there.
void startFirstActors(ProgramRun& run)
{
    const std::vector<ActorDeclaration>& actors = run.code().actors;
    for (std::size_t number = 0; number < actors.size(); ++number) {
        if (!actors[number].isMain && !actors[number].startsByItself)
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

/// Until the program is over; false if it has left the schedule that it was to follow.
bool waitForEnd(ProgramRun& run, ProgramChannel& channel)
{
    constexpr nanoseconds kPace = std::chrono::milliseconds(20);
    ScheduleGate* gate = run.gate();
    if (gate == nullptr)
        return run.waitForEnd(Deadline::never());
    for (bool isOver = false; !isOver;) {
        isOver = run.waitForEnd(Deadline::after(kPace));
        gate->watch(kPace, run.options().patience);
        if (const std::optional<std::string> problem = gate->problem()) {
            channel.sendDeparture(*problem);
            return false;
        }
    }
    return true;
}

} // namespace

int runProgram(const Code& code, const RunOptions& options, ProgramChannel& channel)
{
    // Never deleted: daemons may use it until the process has ended.
    auto* run = new ProgramRun(code, options, channel);
    run->addPending(); // this thread, until all first actors are there
    channel.sendStarted(recordingNow());
    startFirstActors(*run);
    run->begin();
    run->removePending();
    if (!waitForEnd(*run, channel))
        return 1;
    sendFinals(*run, channel);
    channel.sendEnded(recordingNow());
    return run->exitCode();
}

} // namespace heddle

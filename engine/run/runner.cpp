// SPDX-License-Identifier: Apache-2.0
#include "engine/run/runner.h"

#include "engine/model/program/interpreter.h"
#include "engine/record/recorder.h"
#include "engine/run/actor_start.h"
#include "engine/run/program_run.h"
#include "engine/run/world_context.h"

#include <cstdio>
#include <utility>

namespace heddle {

namespace {

constexpr int kNoThreads = 1; // exit code when the system has no thread for a first actor

Result<void> startElement(ProgramRun& run, std::int32_t declaration, std::int32_t element)
{
    const ActorDeclaration& actor = run.code().actors[static_cast<std::size_t>(declaration)];
    ActorPlan plan;
    plan.routine = actor.routine;
    if (actor.isArray)
        plan.arguments.push_back(Value::integer(actor.low + element));
    ActorRecord* record = run.actors().takeDeclared(declaration, element);
    HEDDLE_ASSERT(record != nullptr, "actors start by themselves before anybody else starts them");
    return startActor(run, *record, std::move(plan));
}

/// Main, or all actors that start by themselves. They wait until everybody is there.
Result<void> startFirstActors(ProgramRun& run)
{
    const std::vector<ActorDeclaration>& actors = run.code().actors;
    for (std::size_t number = 0; number < actors.size(); ++number) {
        if (!actors[number].isMain && !actors[number].startsByItself)
            continue;
        for (std::int32_t element = 0; element < actors[number].count; ++element) {
            Result<void> started = startElement(run, static_cast<std::int32_t>(number), element);
            if (!started)
                return started;
        }
    }
    return {};
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

} // namespace

int runProgram(const Code& code, const RunOptions& options, ProgramChannel& channel)
{
    // Never deleted: daemons may use it until the process has ended.
    auto* run = new ProgramRun(code, options, channel);
    run->addPending(); // this thread, until all first actors are there
    channel.sendStarted(recordingNow());
    const Result<void> started = startFirstActors(*run);
    if (!started) {
        static_cast<void>(std::fprintf(stderr, "%s\n", started.error().text().c_str()));
        return kNoThreads;
    }
    run->begin();
    run->removePending();
    run->waitForEnd();
    sendFinals(*run, channel);
    channel.sendEnded(recordingNow());
    return run->exitCode();
}

} // namespace heddle

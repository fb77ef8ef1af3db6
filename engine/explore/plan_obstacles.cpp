// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/plan_obstacles.h"

#include "engine/base/text.h"
#include "engine/explore/machine_processes.h"
#include "engine/explore/machine_signals.h"
#include "engine/model/program/catalogue.h"

#include <algorithm>
#include <csignal>

namespace heddle {

namespace {

using Course = ForcedStep::Course;

bool isAboutSignals(Operation operation)
{
    return operation == Operation::Send || operation == Operation::SetHandler
        || operation == Operation::Alarm || operation == Operation::Pause
        || operation == Operation::AwaitSignal;
}

/// Whether it can wait for something that a command does.
bool mayWaitForCommand(Operation operation)
{
    return operation == Operation::Join || operation == Operation::JoinAll
        || operation == Operation::Read || operation == Operation::Write
        || operation == Operation::Communicate;
}

bool isLiveCommand(const Machine& machine, std::span<const Cell> state, std::int32_t actor)
{
    return machine.isStarted(state, actor) && machine.isGoing(state, actor)
        && machine.identity(state, actor).kind == ActorKind::Command;
}

bool hasLiveCommand(const Machine& machine, std::span<const Cell> state)
{
    for (std::int32_t actor = 0; actor < machine.actorCount(); ++actor)
        if (isLiveCommand(machine, state, actor))
            return true;
    return false;
}

/// Whether it is the one in its process that signals are handled in.
bool isFirstOfProcess(const Machine& machine, std::span<const Cell> state, std::int32_t actor)
{
    const ActorIdentity& identity = machine.identity(state, actor);
    return identity.isMain || identity.process == actor;
}

std::optional<std::string> obstacleToDelivery(const PlannedMove& move, const ForcedStep& step)
{
    if (step.signal == SIGCHLD)
        return "SIGCHLD comes to " + step.actorName
            + " when the system has seen what became of the child, so that its place cannot be "
              "forced.";
    const std::int64_t process = processOf(move.machine, move.before, move.actor);
    const bool stops = processRecord(move.machine, move.after, process).isStopped;
    if (stops && !processRecord(move.machine, move.before, process).isStopped)
        return signalName(step.signal) + " stops the process of " + step.actorName
            + ", which then cannot stand at a step of the schedule.";
    if (move.machine.identity(move.before, move.actor).isStandIn)
        return "The main thread has no lines of the program at this step, in which "
            + signalName(step.signal) + " comes to it, so that its place cannot be forced.";
    const bool isForceable = isFirstOfProcess(move.machine, move.before, move.actor)
        && move.machine.isGoing(move.before, move.actor);
    if (step.course == Course::Delivers && !isForceable)
        return "The main thread that handles " + signalName(step.signal)
            + " is none of the program's actors at this step, so that its place cannot be forced.";
    return std::nullopt;
}

/// Signals that have come to one thread only, which is not the one that handles them.
std::optional<std::string> obstacleToSending(const PlannedMove& move)
{
    const Machine& machine = move.machine;
    for (std::int32_t actor = 0; actor < machine.actorCount(); ++actor) {
        if (!machine.isStarted(move.before, actor) || !machine.isStarted(move.after, actor)
            || isFirstOfProcess(machine, move.after, actor))
            continue;
        const SignalBits fresh =
            machine.local(move.after, actor).pending & ~machine.local(move.before, actor).pending;
        if (fresh != 0)
            return "A signal that is sent to the thread " + machine.actorName(move.after, actor)
                + " alone cannot be held back until it is its step.";
    }
    return std::nullopt;
}

std::optional<std::string> obstacleOfCommands(
    const PlannedMove& move, const Instruction& next, const ForcedStep& step)
{
    const Machine& machine = move.machine;
    if (next.operation == Operation::StartCommand) {
        const auto& wirings =
            machine.code().commands[static_cast<std::size_t>(next.target)].wirings;
        if (std::any_of(wirings.begin(), wirings.end(),
                [](const Wiring& wiring) { return wiring.kind == Wiring::Kind::Before; }))
            return "What a command does \"before\" it begins cannot be forced.";
    }
    if (!hasLiveCommand(machine, move.before))
        return std::nullopt;
    const bool isOver = step.course == Course::GivesUp || step.course == Course::LimitOver;
    if (isOver && mayWaitForCommand(next.operation))
        return "A command takes its own time, so whether this limit is over first cannot be "
               "forced.";
    if (next.operation == Operation::Send && next.mode == 'g')
        return "When a command gets the signal of its group cannot be forced.";
    return std::nullopt;
}

/// Questions whose answer changes when a command ends, which it does when it likes.
std::optional<std::string> obstacleToAsking(
    const PlannedMove& move, const ActorState& state, const Instruction& next)
{
    if (next.operation != Operation::Query || next.target >= 0 || next.a == kNoRegister)
        return std::nullopt;
    const std::string_view question = functionRows()[static_cast<std::size_t>(next.function)].name;
    const Value& handle = registerValue(state, next.a);
    if ((question != "alive" && question != "exit_of") || !handle.is(ValueKind::Handle)
        || handle.number() < 0 || handle.number() >= move.machine.actorCount())
        return std::nullopt;
    const auto asked = static_cast<std::int32_t>(handle.number());
    if (!isLiveCommand(move.machine, move.before, asked))
        return std::nullopt;
    return "The command " + move.machine.actorName(move.before, asked)
        + " ends when it likes: what is asked about it here cannot be forced.";
}

} // namespace

bool mayGetSignals(const Code& code)
{
    return !code.handlers.empty()
        || std::any_of(code.actors.begin(), code.actors.end(),
            [](const ActorDeclaration& actor) { return !actor.handlers.empty(); })
        || std::any_of(code.instructions.begin(), code.instructions.end(),
            [](const Instruction& one) { return isAboutSignals(one.operation); });
}

std::optional<std::string> obstacleToForcing(const Code& code)
{
    if (const std::optional<Sentence> obstacle = Machine::obstacle(code))
        return obstacle->text() + ".";
    if (code.options.totalStoreOrder)
        return "Under \"option memory tso\" the processor decides when a write is seen.";
    return std::nullopt;
}

std::optional<std::string> obstacleTo(const PlannedMove& move, const ForcedStep& step)
{
    if (step.signal != 0)
        return obstacleToDelivery(move, step);
    if (step.instruction < 0)
        return std::nullopt;
    const Cell cell = move.before[move.machine.actorCell(move.actor)];
    const bool isFresh = move.machine.local(move.before, move.actor).phase == Phase::Fresh;
    const ActorState& state =
        move.machine.locals()
            .local(isFresh ? move.machine.beginRoutine(move.before, move.actor, cell) : cell)
            .state;
    const Instruction& next =
        move.machine.code().instructions[static_cast<std::size_t>(step.instruction)];
    if (next.operation == Operation::Send)
        if (std::optional<std::string> obstacle = obstacleToSending(move))
            return obstacle;
    if (std::optional<std::string> obstacle = obstacleOfCommands(move, next, step))
        return obstacle;
    return obstacleToAsking(move, state, next);
}

std::optional<std::string> obstacleToEnd(Machine& machine, std::span<const Cell> state)
{
    if (machine.isEnd(state) || !machine.layout().hasProcesses())
        return std::nullopt;
    for (std::int64_t process = kProgramHandle; process < machine.actorCount(); ++process) {
        if (!hasProcess(machine, state, process) || processRecord(machine, state, process).hasEnded)
            continue;
        const std::vector<std::int32_t> come = deliverable(machine, state, process);
        if (std::find(come.begin(), come.end(), SIGKILL) != come.end())
            return "The schedule ends before SIGKILL has come to "
                + processName(machine, state, process) + ": it cannot be held back for longer.";
    }
    return std::nullopt;
}

} // namespace heddle

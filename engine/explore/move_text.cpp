// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/move_text.h"

#include "engine/base/text.h"
#include "engine/explore/machine_processes.h"
#include "engine/explore/sentence_text.h"

#include <csignal>
#include <vector>

namespace heddle {

namespace {

const char* phaseText(Phase phase)
{
    switch (phase) {
    case Phase::Parked:
        return " (comes back by itself)";
    case Phase::Retaking:
        return " (takes the mutex again)";
    case Phase::RetakingLate:
        return " (too late: takes the mutex again)";
    case Phase::Dismissed:
        return " (the party is complete)";
    case Phase::Broken:
        return " (the barrier is broken)";
    case Phase::Writing:
        return " (the rest)";
    case Phase::Fed:
        return " (all has come)";
    case Phase::Pausing:
        return " (goes on)";
    default:
        return "";
    }
}

/// The other actors whose part of the state the step has changed.
std::vector<std::string> othersChanged(const Machine& machine, std::span<const Cell> before,
    std::span<const Cell> after, std::int32_t actor)
{
    std::vector<std::string> names;
    for (std::int32_t other = 0; other < machine.actorCount(); ++other) {
        const std::size_t cell = machine.actorCell(other);
        if (other != actor && before[cell] != after[cell] && before[cell] != 0)
            names.push_back(machine.actorName(before, other));
    }
    return names;
}

/// "k = 3", "3" where the local has no name; empty if the choice is not one of an item.
std::string chosenText(const Machine& machine, std::span<const Cell> before, std::int32_t actor,
    std::size_t outcomes, std::size_t choice)
{
    const ActorState& state = machine.local(before, actor).state;
    const Instruction& instruction = machine.nextInstruction(before, actor);
    const Value& from = registerValue(state, instruction.a);
    const bool isRange = instruction.mode == 'r';
    const Evaluated items = isRange ? Evaluated() : itemsOf(from);
    const std::size_t count = isRange
        ? static_cast<std::size_t>(registerValue(state, instruction.b).number() - from.number() + 1)
        : items.isRaised() ? 0
                           : items.value.asList().size();
    if (count != outcomes || choice >= count) // something else was drawn as well
        return {};
    const Value chosen = isRange ? Value::integer(from.number() + static_cast<std::int64_t>(choice))
                                 : items.value.asList()[choice];
    const Routine& routine =
        machine.code().routines[static_cast<std::size_t>(state.frames.back().routine)];
    const std::string name = instruction.result == kNoRegister
        ? std::string()
        : routine.registerNames[static_cast<std::size_t>(instruction.result)];
    return (name.empty() ? name : name + " = ")
        + chosen.toText([&](std::int64_t handle) { return machine.actorName(before, handle); });
}

/// The variable that a write has reached.
std::string drainText(
    const Machine& machine, std::span<const Cell> before, std::span<const Cell> after)
{
    const std::vector<VariableDeclaration>& shared = machine.code().shared;
    for (std::size_t variable = 0; variable < shared.size(); ++variable) {
        const std::size_t first = machine.variableCell(static_cast<std::int32_t>(variable), 0);
        for (std::size_t i = 0; i < shared[variable].initial.size(); ++i)
            if (before[first + i] != after[first + i])
                return "show others its write of " + shared[variable].name
                    + (shared[variable].isArray ? "[" + std::to_string(i) + "]" : "");
    }
    return "show others a write";
}

/// What a signal does where it comes.
std::string deliveryText(
    const Machine& machine, std::span<const Cell> before, std::int32_t actor, std::int32_t signal)
{
    const std::int64_t process = processOf(machine, before, actor);
    const std::string text = "get " + signalName(signal);
    if (processRecord(machine, before, process).handlerOf(signal) != nullptr && signal != SIGKILL)
        return text + ": its handler begins";
    if (signal == SIGINT && machine.identity(before, actor).isMain
        && machine.isGoing(before, actor))
        return text + ": it is interrupted";
    const bool isStop =
        signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
    return text + (isStop ? ": it stops" : ": it is ended by it");
}

std::string notifiedText(const std::vector<std::string>& woken)
{
    return woken.empty() ? ": nobody waits" : ": " + listText(woken) + " may go on";
}

} // namespace

std::string moveText(const Machine& machine, std::span<const Cell> before, std::int32_t actor,
    const StepList& outcomes, std::size_t choice)
{
    const StepNotes& notes = outcomes.notes(choice);
    if (notes.isDrain)
        return drainText(machine, before, outcomes.state(choice));
    if (notes.delivered != 0)
        return deliveryText(machine, before, actor, notes.delivered);
    std::string text = machine.describe(before, actor);
    if (notes.timedOut)
        return text + " (the time limit is over)";
    const LocalState& local = machine.local(before, actor);
    if (local.phase != Phase::Ready || !notes.raised.empty())
        return text + phaseText(local.phase);
    const std::span<const Cell> after = outcomes.state(choice);
    const Operation operation = machine.nextInstruction(before, actor).operation;
    const std::vector<std::string> changed = othersChanged(machine, before, after, actor);
    if (operation == Operation::Notify)
        return text + notifiedText(changed);
    if (operation == Operation::Put && !changed.empty())
        return text + ": to " + listText(changed);
    std::size_t own = 0; // without a write that others see late
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        own += outcomes.notes(i).isDrain || outcomes.notes(i).delivered != 0 ? 0U : 1U;
    if (operation == Operation::Choose) {
        const std::string chosen = chosenText(machine, before, actor, own, choice);
        return chosen.empty() ? text + ": outcome " + std::to_string(choice + 1)
                              : "choose " + chosen;
    }
    if (own > 1)
        return text + ": outcome " + std::to_string(choice + 1);
    return text;
}

std::uint32_t nextLine(const Machine& machine, std::span<const Cell> state, std::int32_t actor)
{
    return machine.isGoing(state, actor) ? machine.nextInstruction(state, actor).line : 0;
}

} // namespace heddle

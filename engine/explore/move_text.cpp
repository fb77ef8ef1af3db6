// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/move_text.h"

#include "engine/explore/sentence_text.h"

#include <vector>

namespace heddle {

namespace {

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

/// The value that the step has put into the register that receives its result, with the local's
/// name.
std::string resultText(const Machine& machine, std::span<const Cell> before,
    std::span<const Cell> after, std::int32_t actor)
{
    const Frame& frame = machine.local(before, actor).state.frames.back();
    const Register result = machine.nextInstruction(before, actor).result;
    const ActorState& state = machine.local(after, actor).state;
    const auto place = static_cast<std::size_t>(frame.base + result);
    if (result == kNoRegister || place >= state.registers.size()
        || state.registers[place].is(ValueKind::Unset))
        return {};
    const Routine& routine = machine.code().routines[static_cast<std::size_t>(frame.routine)];
    const std::string& name = routine.registerNames[static_cast<std::size_t>(result)];
    const std::string value = state.registers[place].toText(
        [&](std::int64_t handle) { return machine.actorName(after, handle); });
    return name.empty() ? value : name + " = " + value;
}

std::string notifiedText(const std::vector<std::string>& woken)
{
    return woken.empty() ? ": nobody waits" : ": " + listText(woken) + " may go on";
}

} // namespace

std::string moveText(const Machine& machine, std::span<const Cell> before, std::int32_t actor,
    const StepList& outcomes, std::size_t choice)
{
    const std::string text = machine.describe(before, actor);
    const StepNotes& notes = outcomes.notes(choice);
    if (notes.timedOut)
        return text + " (the time limit is over)";
    const LocalState& local = machine.local(before, actor);
    if (local.phase != Phase::Ready || !notes.raised.empty())
        return text;
    const std::span<const Cell> after = outcomes.state(choice);
    const Operation operation = machine.nextInstruction(before, actor).operation;
    const std::vector<std::string> changed = othersChanged(machine, before, after, actor);
    if (operation == Operation::Notify)
        return text + notifiedText(changed);
    if (operation == Operation::Put && !changed.empty())
        return text + ": to " + listText(changed);
    if (operation == Operation::Choose) {
        const std::string chosen = resultText(machine, before, after, actor);
        return chosen.empty() ? text + ": outcome " + std::to_string(choice + 1)
                              : "choose " + chosen;
    }
    if (outcomes.size() > 1)
        return text + ": outcome " + std::to_string(choice + 1);
    return text;
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/run/code_needs.h"

#include <algorithm>
#include <functional>

namespace heddle {

namespace {

using IsLookedFor = std::function<bool(const Instruction& instruction)>;

bool hasInstruction(const Code& code, const IsLookedFor& isLookedFor)
{
    return std::any_of(code.instructions.begin(), code.instructions.end(), isLookedFor);
}

bool hasInstructionOutsideMain(const Code& code, const IsLookedFor& isLookedFor)
{
    const std::int32_t main = code.main() == nullptr ? -1 : code.main()->routine;
    for (std::size_t number = 0; number < code.routines.size(); ++number) {
        const Routine& routine = code.routines[number];
        const auto begin = code.instructions.begin();
        if (static_cast<std::int32_t>(number) != main
            && std::any_of(begin + routine.entry, begin + routine.end, isLookedFor))
            return true;
    }
    return false;
}

bool spawnsProcess(const Code& code, const Instruction& instruction)
{
    return instruction.operation == Operation::Spawn
        && code.actors[static_cast<std::size_t>(instruction.target)].kind == ActorKind::Process;
}

/// Whether the predicate that begins at this instruction looks at more than one thing.
bool looksTwice(const Code& code, std::int32_t entry)
{
    int accesses = 0;
    for (auto at = static_cast<std::size_t>(entry); at < code.instructions.size(); ++at) {
        const Operation operation = code.instructions[at].operation;
        if (operation == Operation::EndPredicate)
            break;
        if (operation == Operation::LoadShared || operation == Operation::Query)
            ++accesses;
    }
    return accesses > 1;
}

bool hasHook(const CommandDeclaration& command)
{
    return std::any_of(command.wirings.begin(), command.wirings.end(),
        [](const Wiring& wiring) { return wiring.kind == Wiring::Kind::Before; });
}

} // namespace

bool hasLongSteps(const Code& code)
{
    return hasInstruction(code, [&](const Instruction& one) {
        return one.operation == Operation::BeginAtomic
            || (one.operation == Operation::AwaitUntil && looksTwice(code, one.target));
    });
}

bool runsInSeveralProcesses(const Code& code)
{
    return code.hasProcesses() || std::any_of(code.commands.begin(), code.commands.end(), hasHook);
}

bool spawnsProcessesOutsideMain(const Code& code)
{
    return hasInstructionOutsideMain(
        code, [&](const Instruction& one) { return spawnsProcess(code, one); });
}

bool mayHaveOrphans(const Code& code)
{
    return code.hasProcesses() && hasInstructionOutsideMain(code, [&](const Instruction& one) {
        return one.operation == Operation::StartCommand || spawnsProcess(code, one);
    });
}

bool waitsForSignals(const Code& code)
{
    return hasInstruction(code, [](const Instruction& one) {
        return one.operation == Operation::Pause || one.operation == Operation::AwaitSignal;
    });
}

bool sendsOrHandlesSignals(const Code& code)
{
    return !code.handlers.empty()
        || std::any_of(code.actors.begin(), code.actors.end(),
            [](const ActorDeclaration& actor) { return !actor.handlers.empty(); })
        || hasInstruction(code, [](const Instruction& one) {
               return one.operation == Operation::Send || one.operation == Operation::SetHandler;
           });
}

} // namespace heddle

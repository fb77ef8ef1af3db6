// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text.h"
#include "engine/model/program/catalogue.h"
#include "engine/model/program/code.h"

#include <iomanip>
#include <sstream>

namespace heddle {

namespace {

/// What an instruction's target counts.
enum class Target
{
    None,
    Instruction,
    Constant,
    Object,
    Shared,
    Private,
    Routine,
    Actor,
    Section,
    Exception,
    Function,
    Command
};

bool targetsObject(Operation operation)
{
    switch (operation) {
    case Operation::Query:
    case Operation::Lock:
    case Operation::Unlock:
    case Operation::Acquire:
    case Operation::Release:
    case Operation::Wait:
    case Operation::WaitCondition:
    case Operation::Notify:
    case Operation::Set:
    case Operation::Clear:
    case Operation::Arrive:
    case Operation::Abort:
    case Operation::Finish:
    case Operation::Put:
    case Operation::Get:
    case Operation::Close:
    case Operation::Join:
    case Operation::Read:
    case Operation::Write:
    case Operation::Communicate:
        return true;
    default:
        return false;
    }
}

Target targetOf(Operation operation)
{
    if (targetsObject(operation))
        return Target::Object;
    if (isSharedAccess(operation))
        return Target::Shared;
    switch (operation) {
    case Operation::Constant:
        return Target::Constant;
    case Operation::Jump:
    case Operation::JumpIfFalse:
    case Operation::JumpIfTrue:
    case Operation::AwaitUntil:
        return Target::Instruction;
    case Operation::LoadPrivate:
    case Operation::StorePrivate:
        return Target::Private;
    case Operation::EnterSection:
    case Operation::LeaveSection:
        return Target::Section;
    case Operation::CallRoutine:
    case Operation::StartTimer:
    case Operation::SetHandler:
        return Target::Routine;
    case Operation::StartCommand:
        return Target::Command;
    case Operation::Raise:
        return Target::Exception;
    case Operation::Function:
        return Target::Function;
    case Operation::ActorHandle:
    case Operation::Spawn:
        return Target::Actor;
    default:
        return Target::None;
    }
}

std::string constantText(const Value& value)
{
    return value.is(ValueKind::Text) ? quotedText(value.asText()) : value.toText();
}

std::string targetText(const Code& code, const Instruction& instruction)
{
    const auto at = [&instruction](const auto& list) {
        return list[static_cast<std::size_t>(instruction.target)];
    };
    switch (targetOf(instruction.operation)) {
    case Target::None:
        return {};
    case Target::Instruction:
        return "-> " + std::to_string(instruction.target);
    case Target::Constant:
        return constantText(at(code.constants));
    case Target::Object:
        return instruction.target < 0 ? std::string() : at(code.objects).name;
    case Target::Shared:
        return at(code.shared).name;
    case Target::Private:
        return at(code.privates).name;
    case Target::Routine:
        return instruction.target < 0 ? std::string() : at(code.routines).name;
    case Target::Command:
        return at(code.commands).name;
    case Target::Actor:
        return at(code.actors).name;
    case Target::Section:
        return quotedText(at(code.sections));
    case Target::Exception:
        return at(code.exceptions);
    case Target::Function:
        return std::string(at(functionRows()).name);
    }
    return {};
}

void appendRegister(std::string& text, const char* label, Register number)
{
    if (number != kNoRegister)
        text += std::string(label) + "r" + std::to_string(number);
}

std::string signalsText(SignalBits bits)
{
    std::string text;
    for (int signal = 1; signal <= 64; ++signal)
        if ((bits >> static_cast<unsigned>(signal - 1) & 1U) != 0)
            text += (text.empty() ? "" : ", ") + signalName(signal);
    return "{" + text + "}";
}

const char* partText(char part)
{
    return part == 'r' ? "reader" : part == 'w' ? "writer" : "stderr";
}

std::string instructionText(const Code& code, const Instruction& instruction)
{
    std::string text = toText(instruction.operation);
    const std::string target = targetText(code, instruction);
    if (!target.empty())
        text += " " + target;
    if (instruction.index != kNoRegister)
        text += "[r" + std::to_string(instruction.index) + "]";
    if (instruction.function >= 0)
        text +=
            " " + std::string(functionRows()[static_cast<std::size_t>(instruction.function)].name);
    appendRegister(text, " ", instruction.a);
    if (instruction.part != 0)
        text += std::string(" .") + partText(instruction.part);
    appendRegister(text, ", ", instruction.b);
    appendRegister(text, ", ", instruction.c);
    if (instruction.count > 0)
        text += " *" + std::to_string(instruction.count);
    if (instruction.mode != 0)
        text += std::string(" '") + instruction.mode + "'";
    if (instruction.signalSet != 0)
        text += " " + signalsText(instruction.signalSet);
    if (instruction.isTimed)
        text += instruction.limit == kNoRegister ? " at once"
                                                 : " within r" + std::to_string(instruction.limit);
    if (instruction.otherwise >= 0)
        text += " else -> " + std::to_string(instruction.otherwise);
    appendRegister(text, " => ", instruction.result);
    return text;
}

std::string handlerText(const Code& code, const ExceptionHandler& handler)
{
    std::string text = "  " + std::to_string(handler.from) + ".." + std::to_string(handler.to);
    if (handler.catches == ExceptionHandler::Catches::Named)
        text += " " + code.exceptions[static_cast<std::size_t>(handler.exception)];
    else
        text += handler.catches == ExceptionHandler::Catches::Everything ? " everything"
                                                                         : " all but Cancelled";
    text += " -> " + std::to_string(handler.handler);
    appendRegister(text, " => ", handler.store);
    return text;
}

/// What holds before the first step of a routine.
void listHeads(std::ostream& out, const Code& code, const Routine& routine)
{
    const auto list = [&](const std::vector<HandlerDeclaration>& handlers) {
        for (const HandlerDeclaration& each : handlers) {
            out << "  on " << signalsText(each.signalSet) << " '" << each.mode << "'";
            if (each.routine >= 0)
                out << " " << code.routines[static_cast<std::size_t>(each.routine)].name;
            out << "\n";
        }
    };
    for (const ActorDeclaration& actor : code.actors) {
        if (&routine != &code.routines[static_cast<std::size_t>(actor.routine)])
            continue;
        list(actor.handlers);
        if (actor.isMain)
            list(code.handlers);
    }
}

} // namespace

std::string listing(const Code& code)
{
    std::ostringstream out;
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(code.instructions.size()); ++i) {
        for (const Routine& routine : code.routines) {
            if (routine.entry != i || routine.entry == routine.end)
                continue;
            out << routine.name << ":\n";
            listHeads(out, code, routine);
            for (const ExceptionHandler& handler : routine.handlers)
                out << handlerText(code, handler) << "\n";
        }
        const Instruction& instruction = code.instructions[static_cast<std::size_t>(i)];
        out << std::setw(4) << i << (isVisible(instruction.operation) ? " * " : "   ")
            << instructionText(code, instruction) << "\n";
    }
    return out.str();
}

} // namespace heddle

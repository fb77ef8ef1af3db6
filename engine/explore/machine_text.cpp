// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text.h"
#include "engine/explore/machine.h"
#include "engine/explore/machine_processes.h"
#include "engine/explore/machine_streams.h"
#include "engine/explore/sentence_text.h"
#include "engine/model/program/catalogue.h"

namespace heddle {

namespace {

std::string variableName(const VariableDeclaration& variable, std::int32_t element)
{
    return variable.isArray ? variable.name + "[" + std::to_string(element) + "]" : variable.name;
}

std::string wordOf(const Instruction& instruction)
{
    switch (instruction.operation) {
    case Operation::LoadShared:
        return "read";
    case Operation::StoreShared:
    case Operation::StoreSharedElement:
        return "write";
    case Operation::AddShared:
    case Operation::FetchAddShared:
        return "add to";
    case Operation::ExchangeShared:
        return "exchange";
    case Operation::CompareExchangeShared:
        return "compare and exchange";
    case Operation::WaitCondition:
        return "wait";
    case Operation::AwaitUntil:
        return "await until";
    case Operation::JoinAll:
        return "join all";
    case Operation::BeginAtomic:
        return "atomic block";
    case Operation::StartTimer:
        return "after";
    case Operation::StartCommand:
        return "start";
    case Operation::AwaitSignal:
        return "await a signal";
    case Operation::End:
        return instruction.mode == 'f' ? "fail" : "end";
    default:
        break;
    }
    std::string word = toText(instruction.operation);
    for (char& character : word)
        if (character >= 'A' && character <= 'Z')
            character = static_cast<char>(character - 'A' + 'a');
    return word;
}

std::string signalsText(SignalBits signalSet)
{
    std::vector<std::string> names;
    for (int signal = 1; signal <= 64; ++signal)
        if ((signalSet >> static_cast<unsigned>(signal - 1) & 1U) != 0)
            names.push_back(signalName(signal));
    return listText(names);
}

std::string handlerText(const Instruction& instruction)
{
    const std::string names = signalsText(instruction.signalSet);
    switch (instruction.mode) {
    case 'i':
        return "ignore " + names;
    case 'd':
        return "leave " + names + " to the default";
    case 'b':
        return "block " + names;
    case 'u':
        return "unblock " + names;
    default:
        return "handle " + names;
    }
}

std::string streamText(const Machine& machine, std::span<const Cell> state, std::int32_t actor)
{
    const Instruction& next = machine.nextInstruction(state, actor);
    const StreamInUse stream = streamInUse(machine, state, actor, next.part);
    const bool isPipe = stream.kind == StreamInUse::Kind::Pipe;
    const std::string name = isPipe ? pipeName(machine, state, stream.pipe) : "its stream";
    if (next.operation == Operation::Close)
        return isPipe && next.part != 0
            ? "close the " + std::string(next.part == 'w' ? "writer" : "reader") + " of " + name
            : "close " + name;
    return (next.operation == Operation::Read ? "read from " : "write into ") + name;
}

/// What only programs with processes, pipes and signals do; empty for the rest.
std::string processText(const Machine& machine, std::span<const Cell> state, std::int32_t actor)
{
    const ActorState& here = machine.local(state, actor).state;
    const Instruction& next = currentInstruction(machine.code(), here);
    const auto text = [&](Register number) {
        return registerValue(here, number).toText([&](std::int64_t handle) {
            return machine.actorName(state, handle);
        });
    };
    switch (next.operation) {
    case Operation::Read:
    case Operation::Write:
        return streamText(machine, state, actor);
    case Operation::Close: {
        const std::int32_t object = machine.facts(state, actor).object;
        const bool isQueue =
            object >= 0 && machine.declarationOf(object).kind != PrimitiveKind::Pipe;
        return isQueue ? std::string() : streamText(machine, state, actor);
    }
    case Operation::Communicate:
        return "communicate with " + text(next.a);
    case Operation::StartCommand:
        return "start " + machine.code().commands[static_cast<std::size_t>(next.target)].name;
    case Operation::Send:
        return "send " + signalName(static_cast<int>(registerValue(here, next.b).number())) + " to "
            + (next.mode == 'g' ? "the group of " : "") + text(next.a);
    case Operation::SetHandler:
        return handlerText(next);
    case Operation::AwaitSignal:
        return "await " + signalsText(next.signalSet);
    default:
        return {};
    }
}

} // namespace

std::string Machine::describe(std::span<const Cell> state, std::int32_t actor) const
{
    const LocalState& here = local(state, actor);
    if (here.phase == Phase::Pending)
        return "its time has come";
    if (here.spins)
        return "go round its loop once more";
    const Instruction& instruction = currentInstruction(*m_code, here.state);
    if (!isVisible(instruction.operation))
        return "begin";
    if (instruction.operation >= Operation::Read || instruction.operation == Operation::Close)
        if (std::string text = processText(*this, state, actor); !text.empty())
            return text;
    std::string text = wordOf(instruction);
    const std::int32_t object = nextObject(state, actor);
    const NextAccess access = nextAccess(state, actor);
    if (instruction.operation == Operation::Query)
        text = std::string("ask ")
            + std::string(functionRows()[static_cast<std::size_t>(instruction.function)].name);
    if (object >= 0) {
        const std::int32_t declaration = m_layout.declarationOf(object);
        text += " " + m_code->objectName(declaration, object - declarationOf(object).first);
    } else if (access.variable >= 0) {
        text += " "
            + variableName(
                m_code->shared[static_cast<std::size_t>(access.variable)], access.element);
    } else if (instruction.operation == Operation::Spawn) {
        text += " " + m_code->actors[static_cast<std::size_t>(instruction.target)].name;
    } else if (instruction.a != kNoRegister) {
        text += " " + registerValue(here.state, instruction.a).toText([&](std::int64_t handle) {
            return actorName(state, handle);
        });
    }
    return text;
}

} // namespace heddle

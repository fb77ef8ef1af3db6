// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine.h"
#include "engine/model/program/catalogue.h"

namespace heddle {

namespace {

std::string variableName(const VariableDeclaration& variable, std::int32_t element)
{
    return variable.isArray ? variable.name + "[" + std::to_string(element) + "]" : variable.name;
}

std::string wordOf(Operation operation)
{
    switch (operation) {
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
    default:
        break;
    }
    std::string word = toText(operation);
    for (char& character : word)
        if (character >= 'A' && character <= 'Z')
            character = static_cast<char>(character - 'A' + 'a');
    return word;
}

} // namespace

std::string Machine::describe(std::span<const Cell> state, std::int32_t actor) const
{
    const LocalState& here = local(state, actor);
    if (here.phase == Phase::Pending)
        return "its time has come";
    const Instruction& instruction = currentInstruction(*m_code, here.state);
    if (!isVisible(instruction.operation))
        return "begin";
    std::string text = wordOf(instruction.operation);
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

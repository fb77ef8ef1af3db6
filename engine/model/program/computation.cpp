// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/computation.h"

#include "engine/model/program/interpreter.h"

#include <algorithm>

namespace heddle {

namespace {

template <typename List> decltype(auto) at(List& list, std::int32_t index)
{
    return list[static_cast<std::size_t>(index)];
}

std::span<const Value> consecutive(const Value* registers, const Instruction& instruction)
{
    if (instruction.count == 0)
        return {};
    return {registers + instruction.a, static_cast<std::size_t>(instruction.count)};
}

Evaluated formatText(std::span<const Value> parts, const EvaluationContext& context)
{
    std::string text;
    for (const Value& part : parts) {
        if (part.is(ValueKind::Unset))
            return Evaluated::raise("Missing", "a value is used that is not set yet");
        text += displayText(part, &context);
        if (text.size() > kMaximumTextBytes)
            return Evaluated::raise("NoResources", "a text would get too large");
    }
    return Value::text(std::move(text));
}

Evaluated actorHandle(const Code& code, const Instruction& instruction, const Value* registers)
{
    const ActorDeclaration& actor = at(code.actors, instruction.target);
    if (instruction.index == kNoRegister)
        return Value::handle(actor.first);
    ElementIndex found =
        elementIndex(registers[instruction.index], actor.low, actor.count, actor.name);
    if (found.problem.isRaised())
        return std::move(found.problem);
    return Value::handle(actor.first + found.element);
}

/// Runs a fragment on the given registers up to its EndPredicate; shared values come from the context.
class FragmentRun
{
public:
    FragmentRun(const Code& code, std::vector<Value> registers, EvaluationContext& context)
        : m_code(code)
        , m_registers(std::move(registers))
        , m_context(context)
    {
    }

    Evaluated run(std::int32_t entry)
    {
        for (std::int32_t next = entry;;) {
            const Instruction& instruction = at(m_code.instructions, next);
            if (instruction.operation == Operation::EndPredicate)
                return m_registers[static_cast<std::size_t>(instruction.a)];
            if (isJump(instruction)) {
                next = takesJump(instruction) ? instruction.target : next + 1;
                continue;
            }
            Evaluated result = evaluate(instruction);
            if (result.isRaised())
                return result;
            at(m_registers, instruction.result) = std::move(result.value);
            ++next;
        }
    }

private:
    static bool isJump(const Instruction& instruction)
    {
        return instruction.operation == Operation::Jump
            || instruction.operation == Operation::JumpIfFalse
            || instruction.operation == Operation::JumpIfTrue;
    }

    bool takesJump(const Instruction& instruction)
    {
        if (instruction.operation == Operation::Jump)
            return true;
        return at(m_registers, instruction.a).isTrue()
            == (instruction.operation == Operation::JumpIfTrue);
    }

    ElementIndex element(
        const Instruction& instruction, std::int32_t count, const std::string& what)
    {
        if (instruction.index == kNoRegister)
            return {};
        return elementIndex(at(m_registers, instruction.index), 0, count, what);
    }

    Evaluated evaluate(const Instruction& instruction)
    {
        if (instruction.operation == Operation::LoadShared) {
            const VariableDeclaration& variable = at(m_code.shared, instruction.target);
            ElementIndex found = element(instruction, variable.count, variable.name);
            return found.problem.isRaised()
                ? std::move(found.problem)
                : m_context.loadShared(instruction.target, found.element);
        }
        if (instruction.operation == Operation::Query)
            return query(instruction);
        return computeValue(m_code, instruction, m_registers.data(), m_context);
    }

    Evaluated query(const Instruction& instruction)
    {
        ElementIndex found;
        if (instruction.target >= 0) {
            const ObjectDeclaration& object = at(m_code.objects, instruction.target);
            found = element(instruction, object.count, object.name);
        }
        if (found.problem.isRaised())
            return std::move(found.problem);
        const Value handle =
            instruction.a == kNoRegister ? Value::none() : at(m_registers, instruction.a);
        return m_context.query(instruction.function, instruction.target, found.element, handle);
    }

    const Code& m_code;
    std::vector<Value> m_registers;
    EvaluationContext& m_context;
};

} // namespace

Evaluated computeValue(const Code& code, const Instruction& instruction, const Value* registers,
    EvaluationContext& context)
{
    const auto value = [registers](Register number) -> const Value& { return registers[number]; };
    switch (instruction.operation) {
    case Operation::Constant:
        return at(code.constants, instruction.target);
    case Operation::Copy:
        if (value(instruction.a).is(ValueKind::Unset) && instruction.mode != 'u')
            return Evaluated::raise("Missing", "a local is used before it has a value");
        return value(instruction.a);
    case Operation::Negate:
    case Operation::Not:
        return applyUnary(instruction.operation, value(instruction.a));
    case Operation::InRange:
        return Value::boolean(
            isInRange(value(instruction.a), value(instruction.b), value(instruction.c)));
    case Operation::MakeList:
        return makeList(consecutive(registers, instruction));
    case Operation::MakeTable:
        return makeTable({registers + std::max(instruction.a, 0),
            static_cast<std::size_t>(instruction.count) * 2});
    case Operation::Element:
        context.compares(value(instruction.b), value(instruction.a));
        return elementOf(value(instruction.a), value(instruction.b));
    case Operation::ReplaceElement:
        return replaceElement(value(instruction.a), value(instruction.b), value(instruction.c));
    case Operation::ListOf:
        return itemsOf(value(instruction.a));
    case Operation::FormatText:
        return formatText(consecutive(registers, instruction), context);
    case Operation::Function:
        return callFunction(
            code, instruction.target, consecutive(registers, instruction), &context);
    case Operation::ActorHandle:
        return actorHandle(code, instruction, registers);
    case Operation::MyHandle:
        return Value::handle(context.me());
    case Operation::Equal:
    case Operation::NotEqual:
    case Operation::Less:
    case Operation::LessEqual:
    case Operation::Greater:
    case Operation::GreaterEqual:
    case Operation::Contains:
        context.compares(value(instruction.a), value(instruction.b));
        return applyBinary(instruction.operation, value(instruction.a), value(instruction.b));
    default:
        return applyBinary(instruction.operation, value(instruction.a), value(instruction.b));
    }
}

Evaluated evaluateCondition(const Code& code, const ActorState& state, EvaluationContext& context)
{
    const auto base = state.registers.begin() + state.frames.back().base;
    FragmentRun run(code, {base, state.registers.end()}, context);
    return run.run(currentInstruction(code, state).target);
}

Evaluated evaluateFragment(const Code& code, const Fragment& fragment, EvaluationContext& context)
{
    FragmentRun run(code,
        std::vector<Value>(static_cast<std::size_t>(fragment.registerCount), Value::unset()),
        context);
    return run.run(fragment.entry);
}

} // namespace heddle

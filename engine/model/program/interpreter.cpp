// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/interpreter.h"

#include "engine/base/check.h"
#include "engine/model/program/computation.h"

#include <algorithm>

namespace heddle {

namespace {

template <typename List> decltype(auto) at(List& list, std::int32_t index)
{
    return list[static_cast<std::size_t>(index)];
}

/// Carries out the invisible half of one actor.
class Interpreter
{
public:
    Interpreter(const Code& code, ActorState& state, EvaluationContext& context)
        : m_code(code)
        , m_state(state)
        , m_context(context)
    {
    }

    void step(const Instruction& instruction);
    void raise(std::string_view exception, std::string text);
    void raiseValue(Value exception);
    void unwind(Value exception);

private:
    [[nodiscard]] Frame& frame() { return m_state.frames.back(); }
    [[nodiscard]] Value* registers() { return m_state.registers.data() + frame().base; }
    [[nodiscard]] std::uint32_t line() { return at(m_code.instructions, frame().next).line; }
    [[nodiscard]] bool enterHandler(const Value& exception);
    [[nodiscard]] bool callInitializer(std::int32_t variable);
    [[nodiscard]] Value* privateElement(const Instruction& instruction);
    void store(const Instruction& instruction, Evaluated result);
    void loadPrivate(const Instruction& instruction);
    void storePrivate(const Instruction& instruction);
    void changeSection(const Instruction& instruction);
    void call(std::int32_t routine, std::vector<Value> arguments, Register result);
    void finishRoutine(const Instruction& instruction);
    void jumpIf(const Instruction& instruction, bool wanted);
    void raiseDeclared(const Instruction& instruction);

    const Code& m_code;
    ActorState& m_state;
    EvaluationContext& m_context;
};

void Interpreter::step(const Instruction& instruction)
{
    switch (instruction.operation) {
    case Operation::Jump:
        frame().next = instruction.target;
        return;
    case Operation::JumpIfFalse:
        return jumpIf(instruction, false);
    case Operation::JumpIfTrue:
        return jumpIf(instruction, true);
    case Operation::LoadPrivate:
        return loadPrivate(instruction);
    case Operation::StorePrivate:
        return storePrivate(instruction);
    case Operation::EnterSection:
    case Operation::LeaveSection:
        return changeSection(instruction);
    case Operation::CallRoutine:
        return call(instruction.target, registerValues(m_state, instruction.a, instruction.count),
            instruction.result);
    case Operation::Return:
        return finishRoutine(instruction);
    case Operation::Raise:
        return raiseDeclared(instruction);
    case Operation::Reraise:
        return unwind(registerValue(m_state, instruction.a));
    default:
        return store(instruction, computeValue(m_code, instruction, registers(), m_context));
    }
}

void Interpreter::store(const Instruction& instruction, Evaluated result)
{
    if (result.isRaised())
        return raise(result.exception, std::move(result.text));
    if (instruction.result != kNoRegister)
        registers()[instruction.result] = std::move(result.value);
    ++frame().next;
}

void Interpreter::jumpIf(const Instruction& instruction, bool wanted)
{
    const Value& condition = registers()[instruction.a];
    if (condition.is(ValueKind::Unset))
        return raise("Missing", "a local is used before it has a value");
    frame().next = condition.isTrue() == wanted ? instruction.target : frame().next + 1;
}

bool Interpreter::callInitializer(std::int32_t variable)
{
    PrivateStore& store = m_context.privates();
    const std::int32_t initializer = at(m_code.privates, variable).initializer;
    if (initializer < 0 || store.isReady[static_cast<std::size_t>(variable)])
        return false;
    store.isReady[static_cast<std::size_t>(variable)] = true;
    call(initializer, {}, kRepeatInstruction);
    return true;
}

/// Null if the initializer comes first or the element does not exist: then this step is over.
Value* Interpreter::privateElement(const Instruction& instruction)
{
    if (callInitializer(instruction.target))
        return nullptr;
    const VariableDeclaration& variable = at(m_code.privates, instruction.target);
    ElementIndex found = currentElement(m_code, m_state, variable.count, 0, variable.name);
    if (!found.problem.isRaised())
        return &at(at(m_context.privates().values, instruction.target), found.element);
    raise(found.problem.exception, std::move(found.problem.text));
    return nullptr;
}

void Interpreter::loadPrivate(const Instruction& instruction)
{
    const Value* element = privateElement(instruction);
    if (element == nullptr)
        return;
    if (element->is(ValueKind::Unset))
        return raise(
            "Missing", "\"" + at(m_code.privates, instruction.target).name + "\" is not set yet");
    store(instruction, *element);
}

void Interpreter::storePrivate(const Instruction& instruction)
{
    Value* element = privateElement(instruction);
    if (element == nullptr)
        return;
    const Value& value = registers()[instruction.a];
    Evaluated check = checkStore(at(m_code.privates, instruction.target), value);
    if (check.isRaised())
        return raise(check.exception, std::move(check.text));
    *element = value;
    ++frame().next;
}

void Interpreter::changeSection(const Instruction& instruction)
{
    if (instruction.operation == Operation::EnterSection)
        m_context.enterSection(instruction.target, instruction.line);
    else
        m_context.leaveSection(instruction.target, instruction.line);
    ++frame().next;
}

void Interpreter::call(std::int32_t number, std::vector<Value> arguments, Register result)
{
    if (m_state.frames.size() >= kMaximumFrames)
        return raise("NoResources", "calls are nested too deep");
    const Routine& routine = at(m_code.routines, number);
    Frame callee;
    callee.routine = number;
    callee.next = routine.entry;
    callee.base = static_cast<std::int32_t>(m_state.registers.size());
    callee.result = result;
    arguments.resize(static_cast<std::size_t>(routine.registerCount), Value::unset());
    m_state.registers.insert(m_state.registers.end(), std::make_move_iterator(arguments.begin()),
        std::make_move_iterator(arguments.end()));
    m_state.frames.push_back(callee);
}

void Interpreter::finishRoutine(const Instruction& instruction)
{
    Value value = registerValue(m_state, instruction.a);
    const Frame ended = frame();
    m_state.frames.pop_back();
    m_state.registers.resize(static_cast<std::size_t>(ended.base));
    if (m_state.frames.empty()) {
        m_state.status = ActorState::Status::Ended;
        m_state.outcome = std::move(value);
        return;
    }
    if (ended.result == kRepeatInstruction)
        return;
    if (ended.result != kNoRegister)
        registers()[ended.result] = std::move(value);
    ++frame().next;
}

void Interpreter::raiseDeclared(const Instruction& instruction)
{
    const Value& text = registerValue(m_state, instruction.a);
    raise(at(m_code.exceptions, instruction.target),
        text.is(ValueKind::None) ? std::string() : displayText(text, &m_context));
}

void Interpreter::raise(std::string_view exception, std::string text)
{
    const std::int32_t number = findException(m_code, exception);
    HEDDLE_ASSERT(number >= 0, "every exception that is raised is known to the code");
    raiseValue(Value::exception(number, std::move(text)));
}

void Interpreter::raiseValue(Value exception)
{
    m_context.raised(exception, line());
    unwind(std::move(exception));
}

bool Interpreter::enterHandler(const Value& exception)
{
    using Catches = ExceptionHandler::Catches;
    const std::int32_t cancelled = findException(m_code, "Cancelled");
    const auto catches = [&](const ExceptionHandler& handler) {
        if (frame().next < handler.from || frame().next >= handler.to)
            return false;
        if (handler.catches == Catches::Everything)
            return true;
        if (exception.number() == kAssertionFailure)
            return false;
        return handler.catches == Catches::Named ? exception.number() == handler.exception
                                                 : exception.number() != cancelled;
    };
    const auto& handlers = at(m_code.routines, frame().routine).handlers;
    const auto found = std::find_if(handlers.begin(), handlers.end(), catches);
    if (found == handlers.end())
        return false;
    if (found->store != kNoRegister)
        registers()[found->store] = exception;
    frame().next = found->handler;
    return true;
}

void Interpreter::unwind(Value exception)
{
    while (!m_state.frames.empty()) {
        if (enterHandler(exception))
            return;
        m_state.registers.resize(static_cast<std::size_t>(frame().base));
        m_state.frames.pop_back();
    }
    m_state.status = ActorState::Status::Failed;
    m_state.outcome = std::move(exception);
}

} // namespace

ActorState startRoutine(const Code& code, std::int32_t number, std::vector<Value> arguments)
{
    const Routine& routine = at(code.routines, number);
    ActorState state;
    Frame frame;
    frame.routine = number;
    frame.next = routine.entry;
    state.frames.push_back(frame);
    state.registers = std::move(arguments);
    state.registers.resize(static_cast<std::size_t>(routine.registerCount), Value::unset());
    return state;
}

InvisibleStop runInvisible(
    const Code& code, ActorState& state, EvaluationContext& context, std::int64_t budget)
{
    Interpreter interpreter(code, state, context);
    for (; state.status == ActorState::Status::Going; --budget) {
        const Instruction& instruction = currentInstruction(code, state);
        if (isVisible(instruction.operation))
            return InvisibleStop::AtVisible;
        if (budget <= 0)
            return InvisibleStop::BudgetSpent;
        interpreter.step(instruction);
    }
    return state.status == ActorState::Status::Ended ? InvisibleStop::Ended : InvisibleStop::Failed;
}

const Instruction& currentInstruction(const Code& code, const ActorState& state)
{
    return at(code.instructions, state.frames.back().next);
}

const Value& registerValue(const ActorState& state, Register number)
{
    static const Value kNone;
    return number == kNoRegister ? kNone : at(state.registers, state.frames.back().base + number);
}

std::vector<Value> registerValues(const ActorState& state, Register first, std::int32_t count)
{
    if (count == 0)
        return {};
    const auto begin = state.registers.begin() + state.frames.back().base + first;
    return {begin, begin + count};
}

ElementIndex currentElement(const Code& code, const ActorState& state, std::int32_t count,
    std::int64_t low, const std::string& what)
{
    const Instruction& instruction = currentInstruction(code, state);
    if (instruction.index == kNoRegister)
        return {};
    return elementIndex(registerValue(state, instruction.index), low, count, what);
}

void complete(const Code& code, ActorState& state, Value result)
{
    const Instruction& instruction = currentInstruction(code, state);
    Frame& frame = state.frames.back();
    if (instruction.result != kNoRegister)
        at(state.registers, frame.base + instruction.result) = std::move(result);
    ++frame.next;
}

void giveUp(const Code& code, ActorState& state, EvaluationContext& context)
{
    const Instruction& instruction = currentInstruction(code, state);
    if (instruction.otherwise >= 0)
        state.frames.back().next = instruction.otherwise;
    else
        raise(code, state, context, "Timeout", "the time limit of the wait is over");
}

void raise(const Code& code, ActorState& state, EvaluationContext& context,
    std::string_view exception, std::string text)
{
    Interpreter(code, state, context).raise(exception, std::move(text));
}

void passOn(const Code& code, ActorState& state, EvaluationContext& context, const Value& exception)
{
    Interpreter(code, state, context).unwind(exception);
}

void failAssertion(
    const Code& code, ActorState& state, EvaluationContext& context, std::string text)
{
    Interpreter(code, state, context).unwind(Value::exception(kAssertionFailure, std::move(text)));
}

} // namespace heddle

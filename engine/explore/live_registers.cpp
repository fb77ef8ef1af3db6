// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/live_registers.h"

#include <cstddef>

namespace heddle {

namespace {

std::size_t asIndex(std::int32_t number)
{
    return static_cast<std::size_t>(number);
}

void markRange(std::vector<bool>& live, Register first, std::int32_t count)
{
    for (std::int32_t i = 0; first != kNoRegister && i < count; ++i)
        if (asIndex(first + i) < live.size())
            live[asIndex(first + i)] = true;
}

/// Marks what one instruction reads. Where only some operations read a whole range, all are taken
/// to do so.
void markReads(const Instruction& instruction, std::vector<bool>& live)
{
    for (const Register one :
        {instruction.a, instruction.b, instruction.c, instruction.index, instruction.limit})
        markRange(live, one, 1);
    const std::int32_t perItem = instruction.operation == Operation::MakeTable ? 2 : 1;
    markRange(live, instruction.a, instruction.count * perItem);
    markRange(live, instruction.b, instruction.count);
}

bool mayGoOn(Operation operation)
{
    return operation != Operation::Jump && operation != Operation::Return
        && operation != Operation::Raise && operation != Operation::Reraise
        && operation != Operation::Exit && operation != Operation::EndPredicate;
}

bool isJump(Operation operation)
{
    return operation == Operation::Jump || operation == Operation::JumpIfFalse
        || operation == Operation::JumpIfTrue;
}

bool include(std::vector<bool>& target, const std::vector<bool>& source)
{
    bool isChanged = false;
    for (std::size_t i = 0; i < source.size() && i < target.size(); ++i) {
        if (source[i] && !target[i]) {
            target[i] = true;
            isChanged = true;
        }
    }
    return isChanged;
}

/// What a predicate reads of its routine's registers: not what it has computed itself. Its jumps
/// lead forwards, so one pass from its end is enough.
void markPredicate(const Code& code, std::int32_t entry, std::vector<bool>& live)
{
    auto last = asIndex(entry);
    while (code.instructions[last].operation != Operation::EndPredicate)
        ++last;
    std::vector<std::vector<bool>> before(
        last - asIndex(entry) + 1, std::vector<bool>(live.size(), false));
    for (std::size_t at = last + 1; at-- > asIndex(entry);) {
        const Instruction& instruction = code.instructions[at];
        std::vector<bool>& here = before[at - asIndex(entry)];
        if (at < last && instruction.operation != Operation::Jump)
            include(here, before[at + 1 - asIndex(entry)]);
        if (isJump(instruction.operation))
            include(here, before[asIndex(instruction.target - entry)]);
        if (instruction.result != kNoRegister)
            here[asIndex(instruction.result)] = false;
        markReads(instruction, here);
    }
    include(live, before.front());
}

/// What is live where an exception is caught: not the register that receives it.
void includeCaught(std::vector<bool>& live, const ExceptionHandler& handler,
    const std::vector<bool>& liveInHandler)
{
    std::vector<bool> caught = liveInHandler;
    if (handler.store != kNoRegister && asIndex(handler.store) < caught.size())
        caught[asIndex(handler.store)] = false;
    include(live, caught);
}

} // namespace

LiveRegisters::LiveRegisters(const Code& code, SaidTexts said)
    : m_said(said)
    , m_liveBefore(code.instructions.size())
    , m_liveDuring(code.instructions.size())
{
    for (const Routine& routine : code.routines)
        computeRoutine(code, routine);
}

void LiveRegisters::computeRoutine(const Code& code, const Routine& routine)
{
    const auto registers = asIndex(routine.registerCount);
    for (std::int32_t at = routine.entry; at < routine.end; ++at) {
        m_liveBefore[asIndex(at)].assign(registers, false);
        m_liveDuring[asIndex(at)].assign(registers, false);
    }
    for (bool isChanged = true; isChanged;) {
        isChanged = false;
        for (std::int32_t at = routine.end - 1; at >= routine.entry; --at)
            isChanged = computeInstruction(code, routine, at) || isChanged;
    }
}

/// Result: whether more is live than was known.
bool LiveRegisters::computeInstruction(const Code& code, const Routine& routine, std::int32_t at)
{
    const auto isInside = [&](std::int32_t other) {
        return other >= routine.entry && other < routine.end;
    };
    const Instruction& instruction = code.instructions[asIndex(at)];
    std::vector<bool> live(asIndex(routine.registerCount), false);
    if (mayGoOn(instruction.operation) && isInside(at + 1))
        include(live, m_liveBefore[asIndex(at + 1)]);
    if (isJump(instruction.operation) && isInside(instruction.target))
        include(live, m_liveBefore[asIndex(instruction.target)]);
    if (isInside(instruction.otherwise))
        include(live, m_liveBefore[asIndex(instruction.otherwise)]);
    std::vector<bool> after = live;
    if (instruction.result != kNoRegister && instruction.otherwise < 0)
        live[asIndex(instruction.result)] = false;
    for (const ExceptionHandler& handler : routine.handlers)
        if (at >= handler.from && at < handler.to && isInside(handler.handler))
            includeCaught(live, handler, m_liveBefore[asIndex(handler.handler)]);
    if (instruction.operation != Operation::Say || m_said == SaidTexts::Kept)
        markReads(instruction, live);
    if (instruction.operation == Operation::StartCommand)
        for (const Wiring& wiring : code.commands[asIndex(instruction.target)].wirings)
            for (const Register one : {wiring.element, wiring.value})
                markRange(live, one, 1);
    if (instruction.operation == Operation::AwaitUntil)
        markPredicate(code, instruction.target, live);
    include(after, live);
    include(m_liveDuring[asIndex(at)], after);
    return include(m_liveBefore[asIndex(at)], live);
}

void LiveRegisters::clearDead(ActorState& state) const
{
    for (std::size_t number = 0; number < state.frames.size(); ++number) {
        const Frame& frame = state.frames[number];
        const bool isCaller = number + 1 < state.frames.size();
        const std::vector<bool>& live =
            (isCaller ? m_liveDuring : m_liveBefore)[asIndex(frame.next)];
        for (std::size_t i = 0; i < live.size(); ++i)
            if (!live[i])
                state.registers[asIndex(frame.base) + i] = Value::unset();
    }
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine.h"
#include "engine/explore/machine_signals.h"
#include "engine/explore/machine_step.h"

#include <algorithm>
#include <utility>

// What lasts (option time ideal) and what others see late (option memory tso).

namespace heddle {

namespace {

/// A buffered write: the cell's number and the value's, as a list of two.
constexpr std::size_t kWrittenCell = 0;
constexpr std::size_t kWrittenValue = 1;

} // namespace

/// How long what the actor has come to lasts, in nanoseconds; negative if it does not.
std::int64_t Machine::delayOf(std::span<const Cell> state, std::int32_t actor) const
{
    const LocalFacts& here = facts(state, actor);
    if (!here.isGoing() || here.spins)
        return -1;
    const LocalState& self = local(state, actor);
    const bool isInWait = here.phase == Phase::Ready || here.phase == Phase::Parked
        || here.phase == Phase::Meeting || here.phase == Phase::Writing || here.phase == Phase::Fed;
    const Instruction& next = *here.next;
    const bool takesTime = here.phase == Phase::Ready
        && (next.operation == Operation::Compute || next.operation == Operation::Sleep);
    Register number = kNoRegister;
    if (takesTime)
        number = next.a;
    else if (isInWait && next.isTimed)
        number = next.limit;
    if (here.phase == Phase::Pending)
        return self.extra < 0 ? 0 : m_values.value(static_cast<Cell>(self.extra)).number();
    if (number == kNoRegister)
        return -1;
    const Value& delay = registerValue(self.state, number);
    return delay.is(ValueKind::Duration) ? std::max<std::int64_t>(delay.number(), 0) : -1;
}

void Machine::startClocks(Cells& cells)
{
    if (!m_layout.hasClocks())
        return;
    for (std::int32_t actor = 0; actor < actorCount(); ++actor) {
        Cell& clock = cells[m_layout.clockCell(actor)];
        const std::int64_t delay = isStarted(cells, actor) ? delayOf(cells, actor) : -1;
        if (delay < 0)
            clock = 0;
        else if (clock == 0)
            clock = m_values.intern(Value::duration(delay));
    }
}

/// Time goes on when nobody can move without it, to the moment at which the first delay is over.
bool Machine::mayTimePassFor(std::span<const Cell> state, std::int32_t actor)
{
    const std::int64_t left = m_values.value(state[m_layout.clockCell(actor)]).number();
    if (left == 0)
        return true;
    if (m_layout.hasProcesses() && isAnyDeliverable(*this, state))
        return false;
    StepList now(width());
    for (std::int32_t other = 0; other < actorCount(); ++other) {
        const Cell clock = state[m_layout.clockCell(other)];
        if (clock != 0 && m_values.value(clock).number() < left)
            return false;
        if (!isStarted(state, other) || !isGoing(state, other) || facts(state, other).spins)
            continue;
        MachineStep(*this, state, other, now).carryOut();
        if (!now.empty())
            return false;
    }
    return true;
}

void Machine::expandWithTime(std::span<const Cell> state, std::int32_t actor, StepList& list)
{
    if (!isGoing(state, actor))
        return;
    const std::size_t before = list.size();
    MachineStep(*this, state, actor, list).carryOut();
    const Cell clock = state[m_layout.clockCell(actor)];
    if (list.size() > before || clock == 0 || !mayTimePassFor(state, actor))
        return;
    const std::int64_t passed = m_values.value(clock).number();
    Cells later(m_pool, state);
    for (std::int32_t other = 0; other < actorCount(); ++other) {
        Cell& left = later[m_layout.clockCell(other)];
        if (left != 0)
            left = m_values.intern(Value::duration(m_values.value(left).number() - passed));
    }
    MachineStep step(*this, later, actor, list);
    step.letTimeBeUp();
    step.carryOut();
}

Cell Machine::cellSeenBy(std::int64_t actor, std::span<const Cell> state, std::int32_t variable,
    std::int32_t element) const
{
    const std::size_t cell = variableCell(variable, element);
    if (actor >= 0 && m_layout.hasBuffers() && state[m_layout.bufferCell(actor)] != 0) {
        const ListValue& writes = m_values.value(state[m_layout.bufferCell(actor)]).asList();
        const auto newest = std::find_if(writes.rbegin(), writes.rend(), [cell](const Value& one) {
            return one.asList()[kWrittenCell] == Value::integer(static_cast<std::int64_t>(cell));
        });
        if (newest != writes.rend())
            return static_cast<Cell>(newest->asList()[kWrittenValue].number());
    }
    return state[cell];
}

void Machine::addDrain(std::span<const Cell> state, std::int32_t actor, StepList& list)
{
    const std::size_t buffer = m_layout.bufferCell(actor);
    if (state[buffer] == 0)
        return;
    ListValue writes = m_values.value(state[buffer]).asList();
    const ListValue& oldest = writes.front().asList();
    Cells cells(m_pool, state);
    cells[static_cast<std::size_t>(oldest[kWrittenCell].number())] =
        static_cast<Cell>(oldest[kWrittenValue].number());
    writes.erase(writes.begin());
    cells[buffer] = writes.empty() ? 0 : m_values.intern(Value::list(std::move(writes)));
    StepNotes notes;
    notes.isDrain = true;
    list.add(cells, notes);
}

bool Machine::bufferWrite(Cells& cells, std::int32_t actor, std::size_t cell, Cell value)
{
    constexpr std::size_t kBufferPlaces = 4;
    Cell& buffer = cells[m_layout.bufferCell(actor)];
    ListValue writes = buffer == 0 ? ListValue() : m_values.value(buffer).asList();
    if (writes.size() >= kBufferPlaces)
        return false;
    writes.push_back(Value::list({Value::integer(static_cast<std::int64_t>(cell)),
        Value::integer(static_cast<std::int64_t>(value))}));
    buffer = m_values.intern(Value::list(std::move(writes)));
    return true;
}

} // namespace heddle

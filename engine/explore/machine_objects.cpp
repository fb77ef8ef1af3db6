// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_objects.h"

#include "engine/base/object_refusals.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

constexpr Cell kClosedBit = 1; // of a queue's second cell; the bits above count the unhandled items
constexpr Cell kOneUnhandled = 2;
constexpr std::int64_t kMostUnits = INT32_MAX; // of a semaphore or latch: what a cell holds safely

std::size_t cellOf(MachineStep& step)
{
    return step.machine().objectCell(step.object());
}

PrimitiveKind kindOf(MachineStep& step)
{
    return step.machine().declarationOf(step.object()).kind;
}

const Value& held(MachineStep& step)
{
    return step.machine().values().value(step.objectValue());
}

void putValue(MachineStep& step, MachineStep::Cells& cells, const Value& value)
{
    cells[cellOf(step)] = step.machine().values().intern(value);
}

void dismiss(MachineStep& step, MachineStep::Cells& cells, Phase phase)
{
    for (const std::int32_t other : step.othersAt(step.object(), Phase::Meeting))
        step.change(cells, other, phase);
}

/// Breaks the barrier for everybody who waits at it and who comes.
void breakBarrier(MachineStep& step, MachineStep::Cells& cells)
{
    cells[cellOf(step)] = 1;
    dismiss(step, cells, Phase::Broken);
}

void comeToBarrier(MachineStep& step)
{
    if (step.objectValue() != 0)
        return step.raises("BrokenBarrier", kBarrierIsBroken);
    const std::size_t waiting = step.othersAt(step.object(), Phase::Meeting).size();
    const auto parties = static_cast<std::size_t>(
        std::max<std::int64_t>(step.machine().declarationOf(step.object()).initial, 1));
    MachineStep::Cells cells = step.copy();
    if (waiting + 1 == parties) {
        dismiss(step, cells, Phase::Dismissed);
        return step.done(std::move(cells), Value::integer(static_cast<std::int64_t>(waiting)));
    }
    if (step.hasNoWait()) {
        breakBarrier(step, cells);
        return step.gaveUp(std::move(cells));
    }
    step.moveTo(std::move(cells), Phase::Meeting, static_cast<std::int32_t>(waiting));
}

std::size_t places(MachineStep& step)
{
    const std::optional<std::int64_t>& most = step.machine().declarationOf(step.object()).maximum;
    return most ? static_cast<std::size_t>(*most) : SIZE_MAX;
}

/// Takes the item that comes out next.
Value takeNext(ListValue& items, char order)
{
    auto next = items.begin();
    if (order == 'l')
        next = items.end() - 1;
    else if (order == 'p')
        next = std::min_element(items.begin(), items.end()); // of equal ones the first to come
    Value item = *next;
    items.erase(next);
    return item;
}

/// One more item that somebody is to handle.
void countPut(MachineStep& step, MachineStep::Cells& cells)
{
    if (step.machine().layout().countsUnhandled(step.object()))
        cells[cellOf(step) + 1] += kOneUnhandled;
}

// Without places, an item goes from hand to hand in one common step.
void handOver(MachineStep& step)
{
    const std::vector<std::int32_t> others = step.othersAt(step.object(), Phase::Ready);
    bool isDone = false;
    for (const std::int32_t other : others) {
        const Instruction& instruction = step.machine().nextInstruction(step.state(), other);
        if (instruction.operation != Operation::Get)
            continue;
        MachineStep::Cells cells = step.copy();
        countPut(step, cells);
        step.doneTogether(cells, other, step.value(step.instruction().a));
        isDone = true;
    }
    if (!isDone || step.instruction().isTimed)
        step.waits();
}

} // namespace

void acquireUnits(MachineStep& step)
{
    const std::int64_t units = step.units();
    if (units < 1)
        return step.raises(kBadValue, kTooFewUnits);
    const std::int64_t free = step.objectValue();
    if (free < units)
        return step.waits();
    MachineStep::Cells cells = step.copy();
    cells[cellOf(step)] = static_cast<Cell>(free - units);
    step.done(std::move(cells));
}

void releaseUnits(MachineStep& step)
{
    const std::int64_t units = step.units();
    if (units < 1)
        return step.raises(kBadValue, kTooFewUnits);
    const std::int64_t most = std::min(
        step.machine().declarationOf(step.object()).maximum.value_or(kMostUnits), kMostUnits);
    const std::int64_t free = step.objectValue();
    if (units > most - free)
        return step.raises("Overflow", kTooManyUnits);
    MachineStep::Cells cells = step.copy();
    cells[cellOf(step)] = static_cast<Cell>(free + units);
    step.done(std::move(cells));
}

void waitForObject(MachineStep& step)
{
    const bool isSet = step.objectValue() != 0;
    const bool isOpen = kindOf(step) == PrimitiveKind::Event ? isSet : !isSet;
    if (isOpen)
        step.done(step.copy());
    else
        step.waits();
}

void setEvent(MachineStep& step)
{
    MachineStep::Cells cells = step.copy();
    cells[cellOf(step)] = 1;
    step.done(std::move(cells));
}

void clearObject(MachineStep& step)
{
    MachineStep::Cells cells = step.copy();
    cells[cellOf(step)] = 0;
    if (kindOf(step) == PrimitiveKind::Barrier)
        dismiss(step, cells, Phase::Broken);
    step.done(std::move(cells));
}

void arriveAtBarrier(MachineStep& step)
{
    switch (step.local().phase) {
    case Phase::Dismissed:
        return step.done(step.copy(), Value::integer(step.local().extra));
    case Phase::Broken:
        return step.raises("BrokenBarrier", kBarrierIsBroken);
    case Phase::Meeting:
        break;
    default:
        return comeToBarrier(step);
    }
    if (!step.instruction().isTimed || !step.mayTimeBeUp())
        return;
    MachineStep::Cells cells = step.copy();
    breakBarrier(step, cells);
    step.gaveUp(std::move(cells));
}

void abortBarrier(MachineStep& step)
{
    MachineStep::Cells cells = step.copy();
    breakBarrier(step, cells);
    step.done(std::move(cells));
}

void finishObject(MachineStep& step)
{
    MachineStep::Cells cells = step.copy();
    if (kindOf(step) == PrimitiveKind::Queue) {
        if (step.objectValue(1) < kOneUnhandled)
            return step.raises("Overflow", kTooManyHandled);
        cells[cellOf(step) + 1] -= kOneUnhandled;
        return step.done(std::move(cells));
    }
    if (step.objectValue() == 0)
        return step.raises("Overflow", kLatchWouldFall);
    --cells[cellOf(step)];
    step.done(std::move(cells));
}

void putItem(MachineStep& step)
{
    if ((step.objectValue(1) & kClosedBit) != 0)
        return step.raises("Closed", kQueueIsClosed);
    if (places(step) == 0)
        return handOver(step);
    ListValue items = held(step).asList();
    if (items.size() >= places(step))
        return step.waits();
    const bool isUnbounded = !step.machine().declarationOf(step.object()).maximum;
    if (isUnbounded && static_cast<std::int64_t>(items.size()) >= step.machine().code().options.cap)
        return step.machine().noteCapReached(step.object());
    items.push_back(step.value(step.instruction().a));
    MachineStep::Cells cells = step.copy();
    putValue(step, cells, Value::list(std::move(items)));
    countPut(step, cells);
    step.done(std::move(cells));
}

void getItem(MachineStep& step)
{
    ListValue items = held(step).asList();
    if (items.empty()) {
        if ((step.objectValue(1) & kClosedBit) != 0)
            return step.raises("Closed", kQueueIsClosed);
        return step.waits();
    }
    const Value item = takeNext(items, step.machine().declarationOf(step.object()).order);
    MachineStep::Cells cells = step.copy();
    putValue(step, cells, Value::list(std::move(items)));
    step.done(std::move(cells), item);
}

void closeQueue(MachineStep& step)
{
    MachineStep::Cells cells = step.copy();
    cells[cellOf(step) + 1] |= kClosedBit;
    if (step.instruction().mode == 'n') {
        const auto dropped = static_cast<Cell>(held(step).asList().size());
        const Cell unhandled = cells[cellOf(step) + 1] / kOneUnhandled;
        cells[cellOf(step) + 1] -= std::min(dropped, unhandled) * kOneUnhandled;
        putValue(step, cells, Value::list({}));
    }
    step.done(std::move(cells));
}

void joinQueue(MachineStep& step)
{
    if (step.objectValue(1) < kOneUnhandled)
        step.done(step.copy());
    else
        step.waits();
}

} // namespace heddle

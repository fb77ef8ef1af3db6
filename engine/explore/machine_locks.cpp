// SPDX-License-Identifier: Apache-2.0
#include "engine/base/object_refusals.h"
#include "engine/explore/machine_objects.h"
#include "engine/model/program/refusals.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

Cell nameOf(std::int32_t actor)
{
    return static_cast<Cell>(actor) + 1;
}

void lockReadWrite(MachineStep& step)
{
    const std::size_t cell = step.machine().objectCell(step.object());
    const bool forReading = step.instruction().mode == 'r';
    const bool isFree = step.objectValue(0) == 0 && (forReading || step.objectValue(1) == 0);
    if (!isFree)
        return step.waits();
    MachineStep::Cells cells = step.copy();
    if (forReading)
        ++cells[cell + 1];
    else
        cells[cell] = nameOf(step.actor());
    step.done(std::move(cells));
}

void unlockReadWrite(MachineStep& step)
{
    const std::size_t cell = step.machine().objectCell(step.object());
    MachineStep::Cells cells = step.copy();
    if (step.instruction().mode == 'r') {
        if (step.objectValue(1) == 0)
            return step.raises("NotOwner", kNotReadByAnybody);
        --cells[cell + 1];
    } else {
        if (step.objectValue(0) != nameOf(step.actor()))
            return step.raises("NotOwner", kNotWrittenByCaller);
        cells[cell] = 0;
    }
    step.done(std::move(cells));
}

std::int32_t mutexOf(MachineStep& step)
{
    const ObjectDeclaration& condition = step.machine().declarationOf(step.object());
    return step.machine().code().objects[static_cast<std::size_t>(condition.mutex)].first
        + condition.mutexElement;
}

bool isRecursive(MachineStep& step, std::int32_t object)
{
    return step.machine().declarationOf(object).kind == PrimitiveKind::RecursiveMutex;
}

// Waiting, first half: the mutex is given back and the queue joined, in one go.
void beginWait(MachineStep& step)
{
    const std::int32_t mutex = mutexOf(step);
    const std::size_t cell = step.machine().objectCell(mutex);
    if (step.state()[cell] != nameOf(step.actor()))
        return step.raises("NotOwner", kMutexNotHeldByCaller);
    MachineStep::Cells cells = step.copy();
    cells[cell] = 0;
    std::int32_t levels = 1;
    if (isRecursive(step, mutex))
        levels = static_cast<std::int32_t>(std::exchange(cells[cell + 1], 0));
    if (step.hasNoWait())
        return step.moveTo(std::move(cells), Phase::RetakingLate, levels);
    if (step.machine().code().options.notifyFirst) {
        const std::size_t order = step.machine().objectCell(step.object());
        ListValue waiting = step.machine().values().value(cells[order]).asList();
        waiting.push_back(Value::handle(step.actor()));
        cells[order] = step.machine().values().intern(Value::list(std::move(waiting)));
    }
    step.moveTo(std::move(cells), Phase::Parked, levels);
}

void leaveOrder(MachineStep& step, MachineStep::Cells& cells, std::int32_t actor)
{
    if (!step.machine().code().options.notifyFirst)
        return;
    const std::size_t order = step.machine().objectCell(step.object());
    ListValue waiting = step.machine().values().value(cells[order]).asList();
    waiting.erase(std::remove(waiting.begin(), waiting.end(), Value::handle(actor)), waiting.end());
    cells[order] = step.machine().values().intern(Value::list(std::move(waiting)));
}

// A waiter that nobody has notified can still come back by itself.
void whileParked(MachineStep& step)
{
    const bool isLate = step.instruction().isTimed && step.mayTimeBeUp();
    if (!isLate && !step.machine().code().options.spuriousWakeups)
        return;
    MachineStep::Cells cells = step.copy();
    leaveOrder(step, cells, step.actor());
    if (isLate) {
        step.notes().timedOut = true;
        step.moveTo(cells, Phase::RetakingLate, step.local().extra);
        step.notes().timedOut = false;
    }
    if (step.machine().code().options.spuriousWakeups)
        step.moveTo(std::move(cells), Phase::Retaking, step.local().extra);
}

// Waiting, second half.
void retakeMutex(MachineStep& step)
{
    const std::int32_t mutex = mutexOf(step);
    const std::size_t cell = step.machine().objectCell(mutex);
    if (step.state()[cell] != 0)
        return;
    MachineStep::Cells cells = step.copy();
    cells[cell] = nameOf(step.actor());
    if (isRecursive(step, mutex))
        cells[cell + 1] = static_cast<Cell>(step.local().extra);
    if (step.phase() == Phase::RetakingLate)
        step.gaveUp(std::move(cells));
    else
        step.done(std::move(cells));
}

/// Lets `count` of the waiters from `from` on go, in every way to choose them.
void chooseWaiters(MachineStep& step, const std::vector<std::int32_t>& waiters, std::size_t from,
    std::size_t count, const MachineStep::Cells& cells)
{
    if (count == 0)
        return step.done(cells);
    for (std::size_t i = from; i + count <= waiters.size() && !step.isCut(); ++i) {
        MachineStep::Cells woken = cells;
        step.change(woken, waiters[i], Phase::Retaking);
        leaveOrder(step, woken, waiters[i]);
        chooseWaiters(step, waiters, i + 1, count - 1, woken);
    }
}

std::vector<std::int32_t> inOrder(MachineStep& step, std::size_t count)
{
    std::vector<std::int32_t> first;
    const ListValue& waiting = step.machine().values().value(step.objectValue()).asList();
    for (std::size_t i = 0; i < count; ++i)
        first.push_back(static_cast<std::int32_t>(waiting[i].number()));
    return first;
}

} // namespace

void lockObject(MachineStep& step)
{
    if (step.machine().declarationOf(step.object()).kind == PrimitiveKind::ReadWriteLock)
        return lockReadWrite(step);
    const std::size_t cell = step.machine().objectCell(step.object());
    const Cell me = nameOf(step.actor());
    const bool isRepeated = isRecursive(step, step.object()) && step.objectValue() == me;
    if (step.objectValue() != 0 && !isRepeated)
        return step.waits();
    MachineStep::Cells cells = step.copy();
    cells[cell] = me;
    if (isRecursive(step, step.object()))
        ++cells[cell + 1];
    step.done(std::move(cells));
}

void unlockObject(MachineStep& step)
{
    if (step.machine().declarationOf(step.object()).kind == PrimitiveKind::ReadWriteLock)
        return unlockReadWrite(step);
    const std::size_t cell = step.machine().objectCell(step.object());
    if (step.objectValue() != nameOf(step.actor()))
        return step.raises("NotOwner", kNotHeldByCaller);
    MachineStep::Cells cells = step.copy();
    if (!isRecursive(step, step.object()) || --cells[cell + 1] == 0)
        cells[cell] = 0;
    step.done(std::move(cells));
}

void waitForCondition(MachineStep& step)
{
    switch (step.phase()) {
    case Phase::Parked:
        return whileParked(step);
    case Phase::Retaking:
    case Phase::RetakingLate:
        return retakeMutex(step);
    default:
        return beginWait(step);
    }
}

void notifyCondition(MachineStep& step)
{
    std::vector<std::int32_t> waiters = step.othersAt(step.object(), Phase::Parked);
    if (step.instruction().mode != 'a' && step.units() < 0)
        return step.raises(kBadValue, kNotifiesFewerThanNone);
    std::size_t count = waiters.size();
    if (step.instruction().mode != 'a')
        count = std::min(count, static_cast<std::size_t>(step.units()));
    if (step.machine().code().options.notifyFirst)
        waiters = inOrder(step, count);
    chooseWaiters(step, waiters, 0, count, step.copy());
}

} // namespace heddle

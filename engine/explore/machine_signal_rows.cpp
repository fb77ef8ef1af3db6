// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_newcomers.h"
#include "engine/explore/machine_processes.h"
#include "engine/explore/machine_signals.h"
#include "engine/model/program/refusals.h"

#include <csignal>
#include <optional>
#include <utility>

namespace heddle {

namespace {

std::optional<std::int32_t> signalIn(const Value& value)
{
    const bool isNumber = value.is(ValueKind::Signal) || value.is(ValueKind::Integer);
    if (!isNumber || value.number() < 1 || value.number() > kLastSignal)
        return std::nullopt;
    return static_cast<std::int32_t>(value.number());
}

/// Whether a signal has come to a main thread that waits for nothing but the end of others.
bool isAnyIdleCalled(const Machine& machine, std::span<const Cell> state)
{
    for (std::int64_t process = kProgramHandle; process < machine.actorCount(); ++process) {
        const std::int32_t leader = leaderOf(machine, state, process);
        if (leader >= 0 && isLingering(machine, state, leader)
            && !deliverable(machine, state, process).empty())
            return true;
    }
    return false;
}

/// A signal that a thread lets through while it sends or unblocks it comes within that step: the
/// thread is not done before a handler has run. In a block that is one step it comes behind that.
/// One that has come to an idle main thread may be handled before the sender is done, and ends, maybe as the
/// last one that was waited for.
void doneBehindSignals(MachineStep& step, Cells cells)
{
    Machine& machine = step.machine();
    if (cells[Machine::kExitCell] != 0)
        return step.done(std::move(cells));
    const std::int64_t process = processOf(machine, step.state(), step.actor());
    const bool isOwn = receiverOf(machine, cells, process) == step.actor()
        && !deliverable(machine, cells, process).empty();
    if (!isOwn && !isAnyIdleCalled(machine, cells))
        return step.done(std::move(cells));
    if (isOwn && isAnyPressing(machine, cells, process))
        changeProcess(
            machine, cells, process, [](ProcessRecord& record) { record.isOverdue = true; });
    if (step.local().atomicDepth > 0)
        return step.done(std::move(cells));
    step.moveTo(std::move(cells), Phase::Pausing, 0);
}

bool sendToGroup(MachineStep& step, Cells& cells, std::int64_t group, std::int32_t signal)
{
    Machine& machine = step.machine();
    bool isReached = false;
    for (std::int64_t process = kProgramHandle; process < machine.actorCount(); ++process) {
        if (!isProcess(machine, step.state(), process))
            continue;
        const ProcessRecord& record = processRecord(machine, step.state(), process);
        if (record.group != group || record.isReaped)
            continue;
        isReached = true;
        if (!record.hasEnded)
            sendTo(machine, cells, process, -1, signal);
    }
    return isReached;
}

bool sendToOne(MachineStep& step, Cells& cells, std::int64_t handle, std::int32_t signal)
{
    Machine& machine = step.machine();
    if (isProcess(machine, step.state(), handle)) {
        const ProcessRecord& record = processRecord(machine, step.state(), handle);
        if (!record.hasEnded)
            sendTo(machine, cells, handle, -1, signal);
        return !record.isReaped;
    }
    const auto thread = static_cast<std::int32_t>(handle);
    if (!machine.isStarted(step.state(), thread) || !machine.isGoing(step.state(), thread))
        return false;
    sendTo(machine, cells, processOf(machine, step.state(), thread), thread, signal);
    return true;
}

/// The cell of the process's alarm, or of room for one, at the end, so that it takes no handle from
/// those who are started; -1: there is none.
std::int64_t alarmOf(MachineStep& step, Cells& cells, std::int64_t process)
{
    Machine& machine = step.machine();
    for (std::int32_t actor = 0; actor < machine.actorCount(); ++actor)
        if (machine.isStarted(cells, actor) && machine.identity(cells, actor).isAlarm
            && machine.identity(cells, actor).process == process)
            return actor;
    return findLastRoom(machine, cells);
}

bool isInMainThread(MachineStep& step)
{
    const ActorIdentity& self = step.machine().identity(step.state(), step.actor());
    const bool isThread = self.kind == ActorKind::Thread || self.kind == ActorKind::Timer;
    return self.isMain || !isThread || !step.local().held.empty();
}

/// `on … block` and `on … unblock`: a matter of the thread.
void setMask(MachineStep& step)
{
    Machine& machine = step.machine();
    const Instruction& instruction = step.instruction();
    const LocalState& local = step.local();
    const SignalBits blocked = instruction.mode == 'b' ? local.blocked | instruction.signalSet
                                                       : local.blocked & ~instruction.signalSet;
    Cells cells = step.copy();
    Cell& cell = cells[machine.actorCell(step.actor())];
    cell = machine.locals().withSignals(cell, blocked, local.pending);
    if (!isInMainThread(step) && blocked != local.blocked) {
        // What it lets through it has taken before it goes on; what it blocks it may have taken before that.
        const SignalBits fresh =
            onlyLetInBy(machine, cells, step.actor(), local.blocked & ~blocked);
        const SignalBits last =
            onlyLetInBy(machine, step.state(), step.actor(), blocked & ~local.blocked);
        if (last != 0)
            doneBehindSignals(step, cells);
        take(machine, cells, step.actor(), fresh | last);
    }
    doneBehindSignals(step, std::move(cells));
}

void setDispositions(ProcessRecord& record, const Instruction& instruction)
{
    const std::int32_t routine =
        instruction.mode == 'i' ? ProcessRecord::kIgnored : instruction.target;
    for (std::int32_t signal = 1; signal <= kLastSignal; ++signal) {
        if ((instruction.signalSet & bitOf(signal)) == 0)
            continue;
        if (instruction.mode == 'd')
            record.setDefault(signal);
        else
            record.setHandler(signal, routine);
        if (isIgnored(record, signal))
            record.take(signal, true);
        if (handlerOf(record, signal) == nullptr)
            record.taken &= ~bitOf(signal);
    }
}

} // namespace

void sendSignal(MachineStep& step)
{
    if (step.local().phase == Phase::Pausing) // what it sent itself has done something else
        return step.done(step.copy());
    const Value& target = step.value(step.instruction().a);
    const std::optional<std::int32_t> signal = signalIn(step.value(step.instruction().b));
    if (!signal)
        return step.raises(kBadValue, kSendNeedsSignal);
    Machine& machine = step.machine();
    if (!target.is(ValueKind::Handle) || target.number() < kProgramHandle
        || target.number() >= machine.actorCount())
        return step.raises(kBadValue, kSendNeedsReceiver);
    Cells cells = step.copy();
    bool isReached = false;
    const bool isThere = target.number() == kProgramHandle
        || machine.isStarted(step.state(), static_cast<std::int32_t>(target.number()));
    if (isThere && step.instruction().mode == 'g') {
        const std::int64_t process = isProcess(machine, step.state(), target.number())
            ? target.number()
            : processOf(machine, step.state(), target.number());
        const std::int64_t group = processRecord(machine, step.state(), process).group;
        isReached = sendToGroup(step, cells, group, *signal);
    } else if (isThere) {
        isReached = sendToOne(step, cells, target.number(), *signal);
    }
    if (!isReached)
        return step.raises("NotFound", kNobodyToSendTo);
    doneBehindSignals(step, std::move(cells));
}

// What only this thread would take it has taken before its end, or it has not.
void endThread(MachineStep& step)
{
    Machine& machine = step.machine();
    const SignalBits last = machine.layout().hasProcesses() && !isInMainThread(step)
        ? onlyLetInBy(machine, step.state(), step.actor(), ~SignalBits{0})
        : 0;
    step.done(step.copy());
    if (last == 0)
        return;
    Cells cells = step.copy();
    take(machine, cells, step.actor(), last);
    step.done(std::move(cells));
}

void setSignalHandler(MachineStep& step)
{
    const Instruction& instruction = step.instruction();
    if (step.local().phase == Phase::Pausing) // what it let through has done something else
        return step.done(step.copy());
    if (instruction.mode == 'b' || instruction.mode == 'u')
        return setMask(step);
    if (!isInMainThread(step))
        return step.raises(kBadValue, kOnlyMainThreadHandles);
    Machine& machine = step.machine();
    Cells cells = step.copy();
    changeProcess(machine, cells, processOf(machine, step.state(), step.actor()),
        [&](ProcessRecord& record) { setDispositions(record, instruction); });
    step.done(std::move(cells));
}

void setAlarm(MachineStep& step)
{
    Machine& machine = step.machine();
    const Value& delay = step.value(step.instruction().a);
    if (!delay.is(ValueKind::Duration))
        return step.raises(kBadValue, kAlarmNeedsDuration);
    Cells cells = step.copy();
    const std::int64_t process = processOf(machine, step.state(), step.actor());
    Newcomer alarm;
    alarm.identity.handle = alarmOf(step, cells, process);
    if (alarm.identity.handle < 0)
        return;
    alarm.identity.name = "alarm of " + processName(machine, step.state(), process);
    alarm.identity.kind = ActorKind::Timer;
    alarm.identity.isDaemon = alarm.identity.isAlarm = true;
    alarm.identity.process = process;
    alarm.routine = step.local().state.frames.front().routine; // which it never runs
    alarm.phase = Phase::Pending;
    const std::int64_t handle = alarm.identity.handle;
    if (machine.layout().hasClocks()) {
        alarm.extra = static_cast<std::int32_t>(machine.values().intern(delay));
        cells[machine.layout().clockCell(handle)] = 0;
    }
    place(machine, cells, std::move(alarm));
    if (delay.number() <= 0) {
        Cell& cell = cells[machine.actorCell(handle)];
        cell = machine.locals().cutOff(cell);
    }
    step.done(std::move(cells));
}

void pauseActor(MachineStep& step)
{
    if (step.local().phase == Phase::Ready)
        step.moveTo(step.copy(), Phase::Pausing, 0);
}

void awaitSignal(MachineStep& step)
{
    Machine& machine = step.machine();
    if ((step.instruction().signalSet & ~step.local().blocked) != 0)
        return step.raises(kBadValue, "A signal that is awaited must be blocked by this thread.");
    const std::int64_t process = processOf(machine, step.state(), step.actor());
    const SignalBits own = step.local().pending & step.instruction().signalSet;
    const SignalBits all = own
        | (processRecord(machine, step.state(), process).pending & step.instruction().signalSet);
    std::int32_t signal = 1;
    while (signal <= kLastSignal && (all & bitOf(signal)) == 0)
        ++signal;
    if (signal > kLastSignal)
        return step.waits();
    Cells cells = step.copy();
    if ((own & bitOf(signal)) != 0) {
        Cell& cell = cells[machine.actorCell(step.actor())];
        cell = machine.locals().withSignals(
            cell, step.local().blocked, step.local().pending & ~bitOf(signal));
    } else {
        changeProcess(machine, cells, process,
            [signal](ProcessRecord& record) { record.take(signal, false); });
    }
    step.done(std::move(cells), Value::signal(signal));
}

} // namespace heddle

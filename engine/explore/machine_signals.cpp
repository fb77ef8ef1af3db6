// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_signals.h"

#include "engine/explore/machine_newcomers.h"
#include "engine/explore/machine_processes.h"

#include <algorithm>
#include <csignal>
#include <utility>

namespace heddle {

namespace {

constexpr std::int32_t kLastSignal = 64;

SignalBits bitOf(std::int32_t signal)
{
    return SignalBits{1} << static_cast<unsigned>(signal - 1);
}

bool isUsuallyIgnored(std::int32_t signal)
{
    return signal == SIGCHLD || signal == SIGCONT || signal == SIGURG || signal == SIGWINCH;
}

bool isStopping(std::int32_t signal)
{
    return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

bool isUnstoppable(std::int32_t signal)
{
    return signal == SIGKILL || signal == SIGSTOP;
}

/// The mask of a thread, with what its `pause unblocking` lets through.
SignalBits maskOf(const Machine& machine, std::span<const Cell> state, std::int32_t actor)
{
    const LocalState& local = machine.local(state, actor);
    const LocalFacts& facts = machine.facts(state, actor);
    const bool lets = local.phase == Phase::Pausing && facts.next->mode == 'u';
    return (lets ? local.blocked & ~facts.next->signalSet : local.blocked)
        & ~(bitOf(SIGKILL) | bitOf(SIGSTOP));
}

bool isIgnored(const ProcessRecord& record, std::int32_t signal)
{
    const std::int32_t* routine = record.handlerOf(signal);
    return routine == nullptr ? isUsuallyIgnored(signal)
                              : *routine == ProcessRecord::kIgnored && !isUnstoppable(signal);
}

/// Whether handlers that are running keep this one waiting.
bool isPutOff(
    const Machine& machine, std::span<const Cell> state, std::int32_t actor, std::int32_t signal)
{
    const bool isBusy = !machine.local(state, actor).held.empty();
    if (!isBusy)
        return false;
    const std::int64_t process = processOf(machine, state, actor);
    return processRecord(machine, state, process).handlerOf(signal) != nullptr || signal == SIGINT;
}

std::optional<std::int32_t> signalIn(const Value& value)
{
    const bool isNumber = value.is(ValueKind::Signal) || value.is(ValueKind::Integer);
    if (!isNumber || value.number() < 1 || value.number() > kLastSignal)
        return std::nullopt;
    return static_cast<std::int32_t>(value.number());
}

/// Takes the signal from where it waits: from a thread first.
void takePending(Machine& machine, Cells& cells, std::int64_t process, std::int32_t signal)
{
    for (const std::int32_t actor : goingActorsOf(machine, cells, process)) {
        const LocalState& local = machine.local(cells, actor);
        if ((local.pending & bitOf(signal) & ~maskOf(machine, cells, actor)) == 0)
            continue;
        Cell& cell = cells[machine.actorCell(actor)];
        cell = machine.locals().withSignals(cell, local.blocked, local.pending & ~bitOf(signal));
        return;
    }
    changeProcess(machine, cells, process,
        [signal](ProcessRecord& record) { record.pending &= ~bitOf(signal); });
}

/// A signal that a thread lets through while it sends or unblocks it comes at once.
void comeAtOnce(MachineStep& step, Cells& cells)
{
    Machine& machine = step.machine();
    const std::int64_t process = processOf(machine, step.state(), step.actor());
    if (cells[Machine::kExitCell] != 0 || receiverOf(machine, cells, process) != step.actor()
        || deliverable(machine, cells, process).empty())
        return;
    changeProcess(machine, cells, process, [](ProcessRecord& record) { record.isOverdue = true; });
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

/// The cell of the process's alarm, or of room for one; -1: there is none.
std::int64_t alarmOf(MachineStep& step, Cells& cells, std::int64_t process)
{
    Machine& machine = step.machine();
    for (std::int32_t actor = 0; actor < machine.actorCount(); ++actor)
        if (machine.isStarted(cells, actor) && machine.identity(cells, actor).isAlarm
            && machine.identity(cells, actor).process == process)
            return actor;
    return findRoom(machine, cells);
}

} // namespace

std::int32_t receiverOf(const Machine& machine, std::span<const Cell> state, std::int64_t process)
{
    const std::vector<std::int32_t> going = goingActorsOf(machine, state, process);
    return going.empty() ? -1 : going.front();
}

std::vector<std::int32_t> deliverable(
    const Machine& machine, std::span<const Cell> state, std::int64_t process)
{
    const ProcessRecord& record = processRecord(machine, state, process);
    const std::vector<std::int32_t> going = goingActorsOf(machine, state, process);
    SignalBits come = 0;
    for (const std::int32_t actor : going)
        come |=
            (record.pending | machine.local(state, actor).pending) & ~maskOf(machine, state, actor);
    std::vector<std::int32_t> signals;
    for (std::int32_t signal = 1; come != 0 && signal <= kLastSignal; ++signal)
        if ((come & bitOf(signal)) != 0 && !isIgnored(record, signal)
            && !isPutOff(machine, state, going.front(), signal))
            signals.push_back(signal);
    return signals;
}

bool isAnyDeliverable(const Machine& machine, std::span<const Cell> state)
{
    for (std::int64_t process = kProgramHandle; process < machine.actorCount(); ++process)
        if (hasProcess(machine, state, process) && !processRecord(machine, state, process).isStopped
            && !deliverable(machine, state, process).empty())
            return true;
    return false;
}

void sendTo(
    Machine& machine, Cells& cells, std::int64_t process, std::int32_t thread, std::int32_t signal)
{
    if (signal == SIGCONT)
        changeProcess(
            machine, cells, process, [](ProcessRecord& record) { record.isStopped = false; });
    const std::vector<std::int32_t> going = goingActorsOf(machine, cells, process);
    const bool isBlocked = std::all_of(going.begin(), going.end(),
        [&](std::int32_t actor) { return (maskOf(machine, cells, actor) & bitOf(signal)) != 0; });
    if (!isBlocked && isIgnored(processRecord(machine, cells, process), signal))
        return;
    if (thread < 0) {
        changeProcess(machine, cells, process,
            [signal](ProcessRecord& record) { record.pending |= bitOf(signal); });
        return;
    }
    Cell& cell = cells[machine.actorCell(thread)];
    const LocalState& local = machine.locals().local(cell);
    cell = machine.locals().withSignals(cell, local.blocked, local.pending | bitOf(signal));
}

void ring(Machine& machine, Cells& cells, std::int32_t alarm)
{
    Cell& cell = cells[machine.actorCell(alarm)];
    const std::int64_t process = machine.locals().identity(cell).process;
    cell = machine.locals().cutOff(cell);
    if (!processRecord(machine, cells, process).hasEnded)
        sendTo(machine, cells, process, -1, SIGALRM);
}

void MachineStep::deliver(std::int32_t signal)
{
    const std::int64_t process = processOf(m_machine, m_state, m_actor);
    Cells cells = copy();
    m_notes.delivered = signal;
    takePending(m_machine, cells, process, signal);
    changeProcess(
        m_machine, cells, process, [](ProcessRecord& record) { record.isOverdue = false; });
    const std::int32_t* routine = processRecord(m_machine, m_state, process).handlerOf(signal);
    const std::size_t cell = m_machine.actorCell(m_actor);
    if (routine != nullptr && !isUnstoppable(signal)) {
        const StateLayout& layout = m_machine.layout();
        const Cell clock = layout.hasClocks() ? m_state[layout.clockCell(m_actor)] : 0;
        cells[cell] = m_machine.locals().withHandler(cells[cell], *routine, signal, clock);
        return settleSlowly(std::move(cells), {StepResult::Kind::Start, 0, {}, {}});
    }
    if (isStopping(signal)) {
        changeProcess(
            m_machine, cells, process, [](ProcessRecord& record) { record.isStopped = true; });
        return publish(std::move(cells), m_notes);
    }
    if (signal == SIGINT && m_machine.identity(m_state, m_actor).isMain)
        return settleSlowly(
            std::move(cells), {StepResult::Kind::Raised, 0, "Interrupted", "SIGINT has come"});
    endProcess(m_machine, cells, process, -signal);
    publish(std::move(cells), m_notes);
}

/// The delay that a handler has interrupted goes on with what was left of it.
void MachineStep::resumeClock(Cells& cells, Cell before) const
{
    if (!m_machine.layout().hasClocks())
        return;
    const std::vector<HeldState>& held = m_machine.locals().local(before).held;
    const LocalState& now = m_machine.local(cells, m_actor);
    if (now.held.size() >= held.size() || now.state.status != ActorState::Status::Going)
        return;
    const HeldState& resumed = held[now.held.size()];
    const bool isBack = resumed.phase == now.phase && !resumed.state.frames.empty()
        && resumed.state.frames.back().next == now.state.frames.back().next;
    if (isBack)
        cells[m_machine.layout().clockCell(m_actor)] = resumed.clock;
}

/// Between its coming and what it does, a process may go on with the step that it is in, no further.
void MachineStep::noteOverdue(Cells& cells, const StepNotes& notes) const
{
    if (cells[Machine::kExitCell] != 0)
        return;
    const std::int64_t process = processOf(m_machine, m_state, m_actor);
    const ProcessRecord& record = processRecord(m_machine, cells, process);
    if (record.hasEnded)
        return;
    const bool isWaiting = !deliverable(m_machine, cells, process).empty();
    const bool isLate = isWaiting
        && (record.isOverdue
            || (notes.delivered == 0 && receiverOf(m_machine, m_state, process) == m_actor
                && !deliverable(m_machine, m_state, process).empty()));
    if (isLate != record.isOverdue)
        changeProcess(m_machine, cells, process,
            [isLate](ProcessRecord& changed) { changed.isOverdue = isLate; });
}

void Machine::expandInProcess(std::span<const Cell> state, std::int32_t actor, StepList& list)
{
    if (!isGoing(state, actor))
        return;
    const std::int64_t process = processOf(*this, state, actor);
    const ProcessRecord& record = processRecord(*this, state, process);
    const bool isAlarm = identity(state, actor).isAlarm;
    std::vector<std::int32_t> signals;
    if (!isAlarm && receiverOf(*this, state, process) == actor)
        signals = deliverable(*this, state, process);
    if (isAlarm || (!record.isStopped && (!record.isOverdue || signals.empty())))
        expandPlain(state, actor, list);
    for (const std::int32_t signal : signals)
        if (!record.isStopped || signal == SIGKILL)
            MachineStep(*this, state, actor, list).deliver(signal);
}

void sendSignal(MachineStep& step)
{
    const Value& target = step.value(step.instruction().a);
    const std::optional<std::int32_t> signal = signalIn(step.value(step.instruction().b));
    if (!signal)
        return step.raises(kBadValue, "\"send\" needs a signal, such as SIGTERM.");
    Machine& machine = step.machine();
    if (!target.is(ValueKind::Handle) || target.number() < kProgramHandle
        || target.number() >= machine.actorCount())
        return step.raises(kBadValue, "\"send\" needs an actor or the program.");
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
        return step.raises("NotFound", "there is no such actor any more");
    comeAtOnce(step, cells);
    step.done(std::move(cells));
}

void setSignalHandler(MachineStep& step)
{
    Machine& machine = step.machine();
    const Instruction& instruction = step.instruction();
    Cells cells = step.copy();
    if (instruction.mode == 'b' || instruction.mode == 'u') {
        const LocalState& local = step.local();
        const SignalBits blocked = instruction.mode == 'b' ? local.blocked | instruction.signalSet
                                                           : local.blocked & ~instruction.signalSet;
        Cell& cell = cells[machine.actorCell(step.actor())];
        cell = machine.locals().withSignals(cell, blocked, local.pending);
        comeAtOnce(step, cells);
        return step.done(std::move(cells));
    }
    const std::int64_t process = processOf(machine, step.state(), step.actor());
    changeProcess(machine, cells, process, [&](ProcessRecord& record) {
        for (std::int32_t signal = 1; signal <= kLastSignal; ++signal) {
            if ((instruction.signalSet & bitOf(signal)) == 0)
                continue;
            if (instruction.mode == 'd')
                record.setDefault(signal);
            else
                record.setHandler(
                    signal, instruction.mode == 'i' ? ProcessRecord::kIgnored : instruction.target);
            if (isIgnored(record, signal))
                record.pending &= ~bitOf(signal);
        }
    });
    step.done(std::move(cells));
}

void setAlarm(MachineStep& step)
{
    Machine& machine = step.machine();
    const Value& delay = step.value(step.instruction().a);
    if (!delay.is(ValueKind::Duration))
        return step.raises(kBadValue, "\"alarm\" needs a duration, such as 5ms.");
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
            [signal](ProcessRecord& record) { record.pending &= ~bitOf(signal); });
    }
    step.done(std::move(cells), Value::signal(signal));
}

} // namespace heddle

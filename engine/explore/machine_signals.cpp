// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_signals.h"

#include "engine/explore/machine_processes.h"

#include <algorithm>
#include <csignal>
#include <utility>

namespace heddle {

namespace {

constexpr std::size_t kLongestSignalQueue = 16; // as other unbounded things of a model

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

/// Those to whom a signal of the process may come: whoever is going, and its main thread.
std::vector<std::int32_t> threadsOf(
    const Machine& machine, std::span<const Cell> state, std::int64_t process)
{
    std::vector<std::int32_t> threads = goingActorsOf(machine, state, process);
    const std::int32_t leader = leaderOf(machine, state, process);
    if (leader >= 0 && isLingering(machine, state, leader))
        threads.insert(threads.begin(), leader);
    return threads;
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

/// Takes the signal from where it waits: from a thread first.
void takePending(Machine& machine, Cells& cells, std::int64_t process, std::int32_t signal)
{
    if ((processRecord(machine, cells, process).taken & bitOf(signal)) != 0)
        return changeProcess(machine, cells, process,
            [signal](ProcessRecord& record) { record.taken &= ~bitOf(signal); });
    for (const std::int32_t actor : threadsOf(machine, cells, process)) {
        const LocalState& local = machine.local(cells, actor);
        if ((local.pending & bitOf(signal) & ~maskOf(machine, cells, actor)) == 0)
            continue;
        Cell& cell = cells[machine.actorCell(actor)];
        cell = machine.locals().withSignals(cell, local.blocked, local.pending & ~bitOf(signal));
        return;
    }
    changeProcess(
        machine, cells, process, [signal](ProcessRecord& record) { record.take(signal, true); });
}

/// Who is continued is not stopped by what came before, nor the other way round.
void dropOpposite(Machine& machine, Cells& cells, std::int64_t process, std::int32_t signal)
{
    SignalBits opposite = 0;
    for (std::int32_t each = 1; each <= kLastSignal; ++each)
        if (signal == SIGCONT ? isStopping(each) : isStopping(signal) && each == SIGCONT)
            opposite |= bitOf(each);
    if (opposite == 0)
        return;
    const bool goesOn = signal == SIGCONT && processRecord(machine, cells, process).isStopped;
    changeProcess(machine, cells, process, [&](ProcessRecord& record) {
        record.pending &= ~opposite;
        record.isStopped = record.isStopped && !goesOn;
    });
    if (goesOn)
        tellParent(machine, cells, process);
    for (const std::int32_t actor : threadsOf(machine, cells, process)) {
        Cell& cell = cells[machine.actorCell(actor)];
        const LocalState& local = machine.locals().local(cell);
        if ((local.pending & opposite) != 0)
            cell = machine.locals().withSignals(cell, local.blocked, local.pending & ~opposite);
    }
}

/// Real-time signals that are blocked wait all; of the others, one of a kind does.
void addPending(ProcessRecord& record, std::int32_t signal, bool isBlocked)
{
    const bool isQueued = isBlocked && signal >= SIGRTMIN && (record.pending & bitOf(signal)) != 0
        && record.queued.size() < kLongestSignalQueue;
    if (isQueued)
        record.queued.insert(
            std::lower_bound(record.queued.begin(), record.queued.end(), signal), signal);
    record.pending |= bitOf(signal);
}

} // namespace

bool isIgnored(const ProcessRecord& record, std::int32_t signal)
{
    const std::int32_t* routine = record.handlerOf(signal);
    return routine == nullptr ? isUsuallyIgnored(signal)
                              : *routine == ProcessRecord::kIgnored && !isUnstoppable(signal);
}

const std::int32_t* handlerOf(const ProcessRecord& record, std::int32_t signal)
{
    const std::int32_t* routine = record.handlerOf(signal);
    const bool isCalled =
        routine != nullptr && *routine != ProcessRecord::kIgnored && !isUnstoppable(signal);
    return isCalled ? routine : nullptr;
}

std::int32_t receiverOf(const Machine& machine, std::span<const Cell> state, std::int64_t process)
{
    const std::int32_t leader = leaderOf(machine, state, process);
    if (leader >= 0)
        return leader;
    const std::vector<std::int32_t> going = goingActorsOf(machine, state, process);
    return going.empty() ? -1 : going.front();
}

std::vector<std::int32_t> deliverable(
    const Machine& machine, std::span<const Cell> state, std::int64_t process)
{
    const ProcessRecord& record = processRecord(machine, state, process);
    SignalBits come = record.taken;
    for (const std::int32_t actor : threadsOf(machine, state, process))
        come |=
            (record.pending | machine.local(state, actor).pending) & ~maskOf(machine, state, actor);
    std::vector<std::int32_t> signals;
    for (std::int32_t signal = 1; come != 0 && signal <= kLastSignal; ++signal)
        if ((come & bitOf(signal)) != 0 && !isIgnored(record, signal))
            signals.push_back(signal);
    return signals;
}

bool isAnyPressing(const Machine& machine, std::span<const Cell> state, std::int64_t process)
{
    const ProcessRecord& record = processRecord(machine, state, process);
    const std::int32_t leader = leaderOf(machine, state, process);
    if (leader < 0)
        return !deliverable(machine, state, process).empty();
    const SignalBits own = record.pending | machine.local(state, leader).pending;
    const SignalBits pressing = record.taken | (own & ~maskOf(machine, state, leader));
    for (std::int32_t signal = 1; signal <= kLastSignal; ++signal)
        if ((pressing & bitOf(signal)) != 0 && !isIgnored(record, signal))
            return true;
    return false;
}

SignalBits onlyLetInBy(
    const Machine& machine, std::span<const Cell> state, std::int32_t actor, SignalBits signalSet)
{
    const std::int64_t process = processOf(machine, state, actor);
    const ProcessRecord& record = processRecord(machine, state, process);
    SignalBits shared = record.pending;
    for (const std::int32_t other : threadsOf(machine, state, process))
        if (other != actor)
            shared &= maskOf(machine, state, other);
    SignalBits found =
        (shared | machine.local(state, actor).pending) & ~maskOf(machine, state, actor) & signalSet;
    for (std::int32_t signal = 1; signal <= kLastSignal; ++signal)
        if (isIgnored(record, signal))
            found &= ~bitOf(signal);
    return found;
}

void take(Machine& machine, Cells& cells, std::int32_t actor, SignalBits signalSet)
{
    const LocalState& local = machine.local(cells, actor);
    const SignalBits own = local.pending & signalSet;
    Cell& cell = cells[machine.actorCell(actor)];
    cell = machine.locals().withSignals(cell, local.blocked, local.pending & ~own);
    changeProcess(
        machine, cells, machine.identity(cells, actor).process, [&](ProcessRecord& record) {
            for (std::int32_t signal = 1; signal <= kLastSignal; ++signal)
                if ((signalSet & ~own & bitOf(signal)) != 0)
                    record.take(signal, false);
            record.taken |= signalSet;
        });
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
    dropOpposite(machine, cells, process, signal);
    const std::vector<std::int32_t> threads = threadsOf(machine, cells, process);
    const auto blocks = [&](std::int32_t actor) {
        return (maskOf(machine, cells, actor) & bitOf(signal)) != 0;
    };
    const bool isBlocked =
        thread >= 0 ? blocks(thread) : std::all_of(threads.begin(), threads.end(), blocks);
    if (!isBlocked && isIgnored(processRecord(machine, cells, process), signal))
        return;
    if (thread < 0) {
        changeProcess(machine, cells, process,
            [&](ProcessRecord& record) { addPending(record, signal, isBlocked); });
        return;
    }
    Cell& cell = cells[machine.actorCell(thread)];
    const LocalState& local = machine.locals().local(cell);
    cell = machine.locals().withSignals(cell, local.blocked, local.pending | bitOf(signal));
}

void tellParent(Machine& machine, Cells& cells, std::int64_t process)
{
    const std::int64_t parent = processRecord(machine, cells, process).parent;
    if (process != kProgramHandle && !processRecord(machine, cells, parent).hasEnded)
        sendTo(machine, cells, parent, -1, SIGCHLD);
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
    const std::int32_t* routine = handlerOf(processRecord(m_machine, m_state, process), signal);
    const std::size_t cell = m_machine.actorCell(m_actor);
    const bool isTooDeep = m_machine.local(m_state, m_actor).held.size() >= kMaximumHandlers;
    if (routine != nullptr && isTooDeep)
        return settleSlowly(std::move(cells),
            {StepResult::Kind::Raised, 0, "NoResources", std::string(kHandlersTooDeep)});
    if (routine != nullptr) {
        const StateLayout& layout = m_machine.layout();
        const Cell clock = layout.hasClocks() ? m_state[layout.clockCell(m_actor)] : 0;
        cells[cell] = m_machine.locals().withHandler(cells[cell], *routine, signal, clock);
        return settleSlowly(std::move(cells), {StepResult::Kind::Start, 0, {}, {}});
    }
    if (isStopping(signal)) {
        changeProcess(
            m_machine, cells, process, [](ProcessRecord& record) { record.isStopped = true; });
        tellParent(m_machine, cells, process);
        return publish(std::move(cells), m_notes);
    }
    if (signal == SIGINT && m_machine.identity(m_state, m_actor).isMain && m_facts.isGoing())
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
    const bool isWaiting = isAnyPressing(m_machine, cells, process);
    const bool isLate = isWaiting
        && (record.isOverdue
            || (notes.delivered == 0 && receiverOf(m_machine, m_state, process) == m_actor
                && isAnyPressing(m_machine, m_state, process)));
    if (isLate != record.isOverdue)
        changeProcess(m_machine, cells, process,
            [isLate](ProcessRecord& changed) { changed.isOverdue = isLate; });
}

void Machine::expandInProcess(std::span<const Cell> state, std::int32_t actor, StepList& list)
{
    const bool lingers = isLingering(*this, state, actor);
    if (!isGoing(state, actor) && !lingers)
        return;
    const std::int64_t process = processOf(*this, state, actor);
    const ProcessRecord& record = processRecord(*this, state, process);
    const bool isAlarm = identity(state, actor).isAlarm;
    std::vector<std::int32_t> signals;
    if (lingers || (!isAlarm && receiverOf(*this, state, process) == actor))
        signals = deliverable(*this, state, process);
    if (isAlarm || (!lingers && !record.isStopped && (!record.isOverdue || signals.empty())))
        expandPlain(state, actor, list);
    for (const std::int32_t signal : signals)
        if (!record.isStopped || signal == SIGKILL)
            MachineStep(*this, state, actor, list).deliver(signal);
}

} // namespace heddle

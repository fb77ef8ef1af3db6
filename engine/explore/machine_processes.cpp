// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_processes.h"

#include "engine/explore/machine_signals.h"
#include "engine/explore/pipe_contents.h"

#include <algorithm>
#include <csignal>
#include <numeric>

namespace heddle {

namespace {

/// Whether the exit code is thrown away by the system, as its parent has said that it does not want to know.
bool isUnwanted(const Machine& machine, std::span<const Cell> state, std::int64_t process)
{
    const ProcessRecord& parent =
        processRecord(machine, state, processRecord(machine, state, process).parent);
    const std::int32_t* routine = parent.handlerOf(SIGCHLD);
    return !parent.hasEnded && routine != nullptr && *routine == ProcessRecord::kIgnored;
}

constexpr std::int64_t kUsualCapacity = std::int64_t{64} * 1024;

std::size_t asIndex(std::int64_t number)
{
    return static_cast<std::size_t>(number);
}

std::int32_t endingCode(const ActorState& state)
{
    return state.status == ActorState::Status::Failed ? 1 : 0;
}

void declareHandlers(ProcessRecord& record, const std::vector<HandlerDeclaration>& declared)
{
    for (const HandlerDeclaration& handler : declared) {
        for (std::int32_t signal = 1; signal <= 64; ++signal) {
            if ((handler.signalSet >> static_cast<unsigned>(signal - 1) & 1U) == 0)
                continue;
            if (handler.mode == 'h')
                record.setHandler(signal, handler.routine);
            else if (handler.mode == 'i')
                record.setHandler(signal, ProcessRecord::kIgnored);
            else if (handler.mode == 'd')
                record.setDefault(signal);
        }
    }
}

bool isLivingChild(
    const Machine& machine, std::span<const Cell> state, std::int64_t process, std::int64_t parent)
{
    if (!hasProcess(machine, state, process))
        return false;
    const ProcessRecord& record = processRecord(machine, state, process);
    return !record.hasEnded && record.parent == parent;
}

/// Whether somebody in the process, or a process that it has made, is still waited for.
bool isWaiting(const Machine& machine, std::span<const Cell> state, std::int64_t process)
{
    const std::vector<std::int32_t> going = goingActorsOf(machine, state, process);
    if (std::any_of(going.begin(), going.end(),
            [&](std::int32_t each) { return !machine.facts(state, each).isDaemon; }))
        return true;
    for (std::int64_t child = 0; child < machine.actorCount(); ++child)
        if (isLivingChild(machine, state, child, process)
            && !processRecord(machine, state, child).isDaemon)
            return true;
    return false;
}

/// Behind the end of main its thread goes on without it, with its mask.
void settleMain(Machine& machine, Cells& cells)
{
    const ActorDeclaration* main = machine.code().main();
    if (main == nullptr || !machine.layout().hasStandIn()
        || machine.isStarted(cells, machine.layout().standIn()))
        return;
    const auto actor = static_cast<std::int32_t>(main->first);
    if (machine.isGoing(cells, actor))
        return;
    Cell& cell = cells[machine.actorCell(actor)];
    const LocalState& local = machine.locals().local(cell);
    cells[machine.actorCell(machine.layout().standIn())] =
        standInFor(machine, local.blocked, local.pending);
    cell = machine.locals().withSignals(cell, 0, 0);
}

/// What nobody can read any more is gone.
void dropUnread(Machine& machine, Cells& cells, std::int32_t pipe)
{
    const bool isEmpty =
        machine.values().value(cells[machine.layout().pipeCell(pipe)]).asList().empty();
    if (isEmpty || hasEnd(machine, cells, pipe, kReaderEnd))
        return;
    cells[machine.layout().pipeCell(pipe)] = machine.values().intern(Value::list({}));
    cells[machine.layout().pipeCell(pipe) + 1] = 0;
}

} // namespace

std::int64_t processOf(const Machine& machine, std::span<const Cell> state, std::int64_t actor)
{
    return machine.identity(state, static_cast<std::int32_t>(actor)).process;
}

bool hasProcess(const Machine& machine, std::span<const Cell> state, std::int64_t process)
{
    return state[machine.layout().processCell(process)] != 0;
}

const ProcessRecord& processRecord(
    const Machine& machine, std::span<const Cell> state, std::int64_t process)
{
    return machine.processes().record(state[machine.layout().processCell(process)]);
}

bool isProcess(const Machine& machine, std::span<const Cell> state, std::int64_t handle)
{
    return machine.layout().hasProcesses() && handle >= kProgramHandle
        && handle < machine.actorCount() && hasProcess(machine, state, handle);
}

bool isOver(const Machine& machine, std::span<const Cell> state, std::int64_t actor)
{
    if (isProcess(machine, state, actor))
        return processRecord(machine, state, actor).hasEnded;
    return machine.isStarted(state, static_cast<std::int32_t>(actor))
        && !machine.isGoing(state, static_cast<std::int32_t>(actor));
}

ProcessRecord firstProcess(const Machine& machine)
{
    ProcessRecord record;
    record.ends.assign(asIndex(machine.layout().pipeCount()), 0);
    std::fill_n(record.ends.begin(), machine.layout().declaredPipeCount(),
        static_cast<std::uint8_t>(kReaderEnd | kWriterEnd));
    record.setHandler(SIGPIPE, ProcessRecord::kIgnored);
    record.setHandler(SIGXFSZ, ProcessRecord::kIgnored);
    declareHandlers(record, machine.code().handlers);
    return record;
}

ProcessRecord madeProcess(const Machine& machine, std::span<const Cell> state, std::int64_t parent,
    const ActorDeclaration& declared)
{
    const ProcessRecord& maker = processRecord(machine, state, parent);
    ProcessRecord record;
    record.group = maker.group;
    record.parent = parent;
    record.isDaemon = declared.isDaemon;
    record.ends = maker.ends;
    std::fill(record.ends.begin() + machine.layout().declaredPipeCount(), record.ends.end(),
        std::uint8_t{0});
    record.setHandler(SIGPIPE, ProcessRecord::kIgnored);
    record.setHandler(SIGXFSZ, ProcessRecord::kIgnored);
    declareHandlers(record, declared.handlers);
    return record;
}

void reapAsked(Machine& machine, Cells& cells, std::int64_t asker, const Value& handle)
{
    const bool isKnown = machine.layout().hasProcesses() && handle.is(ValueKind::Handle)
        && handle.number() >= 0 && handle.number() < machine.actorCount()
        && isProcess(machine, cells, handle.number());
    if (!isKnown)
        return;
    const ProcessRecord& record = processRecord(machine, cells, handle.number());
    if (record.hasEnded && !record.isReaped && record.parent == processOf(machine, cells, asker))
        changeProcess(machine, cells, handle.number(),
            [](ProcessRecord& changed) { changed.isReaped = true; });
}

SignalBits maskAfter(SignalBits mask, const std::vector<HandlerDeclaration>& declared)
{
    for (const HandlerDeclaration& handler : declared) {
        if (handler.mode == 'b')
            mask |= handler.signalSet;
        else if (handler.mode == 'u')
            mask &= ~handler.signalSet;
    }
    return mask;
}

std::vector<std::int32_t> goingActorsOf(
    const Machine& machine, std::span<const Cell> state, std::int64_t process)
{
    std::vector<std::int32_t> actors;
    for (std::int32_t actor = 0; actor < machine.actorCount(); ++actor) {
        if (!machine.isStarted(state, actor) || !machine.isGoing(state, actor))
            continue;
        const ActorIdentity& identity = machine.identity(state, actor);
        if (identity.process == process && !identity.isAlarm)
            actors.push_back(actor);
    }
    std::stable_partition(actors.begin(), actors.end(),
        [&](std::int32_t actor) { return machine.identity(state, actor).leads(); });
    return actors;
}

void endProcess(Machine& machine, Cells& cells, std::int64_t process, std::int32_t exitCode)
{
    if (process == kProgramHandle) {
        cells[Machine::kExitCell] = machine.values().intern(Value::integer(exitCode)) + 1;
        return;
    }
    for (std::int32_t actor = 0; actor < machine.actorCount(); ++actor) {
        if (!machine.isStarted(cells, actor) || machine.identity(cells, actor).process != process
            || !machine.isGoing(cells, actor))
            continue;
        Cell& cell = cells[machine.actorCell(actor)];
        cell = machine.locals().cutOff(cell);
        if (machine.layout().hasClocks())
            cells[machine.layout().clockCell(actor)] = 0;
    }
    const bool isUnwantedEnd = isUnwanted(machine, cells, process);
    changeProcess(machine, cells, process, [&](ProcessRecord& record) {
        record.hasEnded = true;
        record.isStopped = record.isOverdue = false;
        record.isReaped = isUnwantedEnd;
        record.exitCode = isUnwantedEnd ? 0 : exitCode;
        record.pending = record.taken = 0;
        record.queued.clear();
        record.handlers.clear();
        std::fill(record.ends.begin(), record.ends.end(), std::uint8_t{0});
    });
    for (std::int32_t pipe = 0; pipe < machine.layout().pipeCount(); ++pipe)
        dropUnread(machine, cells, pipe);
    tellParent(machine, cells, process);
}

std::int32_t leaderOf(const Machine& machine, std::span<const Cell> state, std::int64_t process)
{
    if (!hasProcess(machine, state, process) || processRecord(machine, state, process).hasEnded)
        return -1;
    if (process != kProgramHandle)
        return static_cast<std::int32_t>(process);
    const StateLayout& layout = machine.layout();
    if (layout.hasStandIn() && machine.isStarted(state, layout.standIn()))
        return layout.standIn();
    const ActorDeclaration* main = machine.code().main();
    return main == nullptr ? -1 : static_cast<std::int32_t>(main->first);
}

bool isLingering(const Machine& machine, std::span<const Cell> state, std::int32_t actor)
{
    return machine.isStarted(state, actor) && !machine.isGoing(state, actor)
        && state[Machine::kExitCell] == 0
        && leaderOf(machine, state, processOf(machine, state, actor)) == actor;
}

void endOrderly(Machine& machine, Cells& cells, std::int64_t process, std::int32_t exitCode)
{
    for (std::int64_t child = 0; process != kProgramHandle && child < machine.actorCount(); ++child)
        if (isLivingChild(machine, cells, child, process)
            && processRecord(machine, cells, child).isDaemon)
            sendTo(machine, cells, child, -1, SIGTERM);
    endProcess(machine, cells, process, exitCode);
}

Cell standInFor(Machine& machine, SignalBits blocked, SignalBits pending)
{
    ActorIdentity identity;
    identity.name = machine.actorName({}, kProgramHandle);
    identity.kind = ActorKind::Process;
    identity.handle = kProgramHandle;
    identity.isStandIn = true;
    LocalStore& locals = machine.locals();
    return locals.idle(locals.internIdentity(identity), blocked, pending);
}

void settleProcesses(Machine& machine, Cells& cells)
{
    settleMain(machine, cells);
    for (std::int32_t actor = 0; actor < machine.actorCount(); ++actor) {
        if (!hasProcess(machine, cells, actor) || processRecord(machine, cells, actor).hasEnded
            || machine.isGoing(cells, actor))
            continue;
        if (isWaiting(machine, cells, actor))
            continue;
        endOrderly(machine, cells, actor, endingCode(machine.local(cells, actor).state));
        actor = -1; // its parent may have waited for it
    }
}

bool hasEnd(
    const Machine& machine, std::span<const Cell> state, std::int32_t pipe, std::uint8_t end)
{
    for (std::int64_t process = kProgramHandle; process < machine.actorCount(); ++process)
        if (hasProcess(machine, state, process)
            && (processRecord(machine, state, process).ends[asIndex(pipe)] & end) != 0)
            return true;
    return false;
}

void closeEnds(
    Machine& machine, Cells& cells, std::int64_t process, std::int32_t pipe, std::uint8_t ends)
{
    changeProcess(machine, cells, process, [&](ProcessRecord& record) {
        record.ends[asIndex(pipe)] =
            static_cast<std::uint8_t>(record.ends[asIndex(pipe)] & ~static_cast<unsigned>(ends));
    });
    dropUnread(machine, cells, pipe);
}

std::string processName(const Machine& machine, std::span<const Cell> state, std::int64_t process)
{
    if (process != kProgramHandle)
        return machine.actorName(state, process);
    return machine.code().main() != nullptr ? "main" : "the program";
}

std::vector<std::string> holdersOfEnd(
    const Machine& machine, std::span<const Cell> state, std::int32_t pipe, std::uint8_t end)
{
    std::vector<std::string> names;
    for (std::int64_t process = kProgramHandle; process < machine.actorCount(); ++process)
        if (hasProcess(machine, state, process)
            && (processRecord(machine, state, process).ends[asIndex(pipe)] & end) != 0)
            names.push_back(processName(machine, state, process));
    return names;
}

std::string pipeName(const Machine& machine, std::span<const Cell> state, std::int32_t pipe)
{
    const std::int32_t object = machine.layout().objectOfPipe(pipe);
    if (object >= 0) {
        const std::int32_t declaration = machine.layout().declarationOf(object);
        return "pipe "
            + machine.code().objectName(declaration, object - machine.declarationOf(object).first);
    }
    const std::int32_t own = pipe - machine.layout().declaredPipeCount();
    static constexpr const char* kNames[] = {"the input of ", "the output of ", "the errors of "};
    return kNames[own % StateLayout::kStreams]
        + machine.actorName(state, own / StateLayout::kStreams);
}

std::int64_t bytesIn(const Machine& machine, std::span<const Cell> state, std::int32_t pipe)
{
    const std::size_t cell = machine.layout().pipeCell(pipe);
    const ListValue& pieces = machine.values().value(state[cell]).asList();
    return std::accumulate(pieces.begin(), pieces.end(), std::int64_t{0},
               [](std::int64_t sum, const Value& piece) {
                   return sum + static_cast<std::int64_t>(pieceLength(piece));
               })
        - static_cast<std::int64_t>(state[cell + 1]);
}

std::int64_t capacityOf(const Machine& machine, std::int32_t pipe)
{
    const std::int32_t object = machine.layout().objectOfPipe(pipe);
    return object < 0 ? kUsualCapacity
                      : machine.declarationOf(object).maximum.value_or(kUsualCapacity);
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_actions.h"
#include "engine/explore/machine_newcomers.h"
#include "engine/explore/machine_objects.h"
#include "engine/explore/machine_processes.h"
#include "engine/explore/machine_signals.h"
#include "engine/model/program/refusals.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

/// Answers what a predicate or a text asks of the state.
std::string textOf(MachineStep& step, const Value& value)
{
    return value.toText(
        [&step](std::int64_t handle) { return step.machine().actorName(step.state(), handle); });
}

/// A thread belongs to the process of who starts it; a process actor is one of its own.
void joinProcess(MachineStep& step, MachineStep::Cells& cells, const ActorDeclaration& declared,
    Newcomer& newcomer)
{
    Machine& machine = step.machine();
    ActorIdentity& identity = newcomer.identity;
    identity.process = machine.identity(step.state(), step.actor()).process;
    newcomer.blocked = step.local().blocked;
    if (declared.kind != ActorKind::Process)
        return;
    const std::int64_t parent = identity.process;
    identity.process = identity.handle;
    newcomer.blocked = maskAfter(0, declared.handlers);
    cells[machine.layout().processCell(identity.handle)] =
        machine.processes().intern(madeProcess(machine, cells, parent, declared));
}

std::int64_t spawnElement(MachineStep& step, MachineStep::Cells& cells, std::int32_t element)
{
    Machine& machine = step.machine();
    const Instruction& instruction = step.instruction();
    const ActorDeclaration& declared =
        machine.code().actors[static_cast<std::size_t>(instruction.target)];
    Newcomer newcomer;
    newcomer.routine = declared.routine;
    if (declared.isArray)
        newcomer.arguments.push_back(Value::integer(declared.low + element));
    for (Value& argument : registerValues(step.local().state, instruction.a, instruction.count))
        newcomer.arguments.push_back(std::move(argument));
    const Value& name = step.value(instruction.b);
    const std::string base = machine.code().instanceName(instruction.target, element);
    const std::int64_t first = declared.first + element;
    ActorIdentity& identity = newcomer.identity;
    if (!name.is(ValueKind::None)) {
        identity.name = textOf(step, name);
        identity.handle = findRoom(machine, cells);
    } else if (declared.parameterCount == 0
        && !machine.isStarted(cells, static_cast<std::int32_t>(first))) {
        identity.name = identity.base = base;
        identity.handle = first;
        identity.isMain = declared.isMain;
    } else {
        identity.name = numberedName(machine, cells, base);
        identity.base = base;
        identity.handle = findRoom(machine, cells);
    }
    if (identity.handle < 0)
        return -1;
    identity.kind = declared.kind;
    identity.handleName = machine.code().handleNameOf(
        static_cast<std::int32_t>(&instruction - machine.code().instructions.data()));
    identity.isDaemon = declared.isDaemon;
    const std::int64_t handle = identity.handle;
    joinProcess(step, cells, declared, newcomer);
    place(machine, cells, std::move(newcomer));
    return handle;
}

/// The actor that spawns knows whom it has started.
void adopt(MachineStep& step, MachineStep::Cells& cells, const std::vector<std::int64_t>& handles)
{
    LocalState local = step.local();
    local.children.insert(local.children.end(), handles.begin(), handles.end());
    cells[step.machine().actorCell(step.actor())] =
        step.machine().locals().intern(std::move(local));
}

void setAtomicDepth(MachineStep& step, std::int32_t depth)
{
    MachineStep::Cells cells = step.copy();
    Cell& local = cells[step.machine().actorCell(step.actor())];
    local = step.machine().locals().withAtomicDepth(local, depth);
    step.done(std::move(cells));
}

/// Who waits for an end sees all that was written before it.
bool hasEnded(MachineStep& step, std::int64_t handle)
{
    const auto actor = static_cast<std::int32_t>(handle);
    const StateLayout& layout = step.machine().layout();
    return isOver(step.machine(), step.state(), actor)
        && (!layout.hasBuffers() || step.state()[layout.bufferCell(handle)] == 0);
}

bool isActor(const Machine& machine, const Value& handle)
{
    return handle.is(ValueKind::Handle) && handle.number() >= 0
        && handle.number() < machine.actorCount();
}

/// Who has been waited for is gone.
MachineStep::Cells withoutZombies(MachineStep& step, const ListValue& handles)
{
    MachineStep::Cells cells = step.copy();
    for (const Value& handle : handles)
        if (isProcess(step.machine(), cells, handle.number()))
            changeProcess(step.machine(), cells, handle.number(),
                [](ProcessRecord& record) { record.isReaped = true; });
    return cells;
}

void joinThem(MachineStep& step, const ListValue& handles)
{
    for (const Value& handle : handles) {
        if (!isActor(step.machine(), handle))
            return step.raises(kBadValue, kJoinNeedsActor);
        if (!hasEnded(step, handle.number()))
            return step.waits();
    }
    for (const Value& handle : handles)
        if (step.instruction().mode == 'c'
            && isProcess(step.machine(), step.state(), handle.number()))
            if (const auto code =
                    processRecord(step.machine(), step.state(), handle.number()).exitCode;
                code != 0)
                return step.raises(withoutZombies(step, handles), "ExitFailed",
                    actorExitFailed(step.machine().actorName(step.state(), handle.number()), code));
    step.done(withoutZombies(step, handles));
}

} // namespace

void spawnActor(MachineStep& step)
{
    const Instruction& instruction = step.instruction();
    const ActorDeclaration& declared =
        step.machine().code().actors[static_cast<std::size_t>(instruction.target)];
    const bool isWholeArray = declared.isArray && instruction.index == kNoRegister;
    const ElementIndex found = currentElement(
        step.machine().code(), step.local().state, declared.count, declared.low, declared.name);
    if (!isWholeArray && found.problem.isRaised())
        return step.raises(found.problem);
    const std::int32_t begin = isWholeArray ? 0 : found.element;
    const std::int32_t end = isWholeArray ? declared.count : begin + 1;
    MachineStep::Cells cells = step.copy();
    std::vector<std::int64_t> handles;
    ListValue list;
    for (std::int32_t element = begin; element < end; ++element) {
        handles.push_back(spawnElement(step, cells, element));
        if (handles.back() < 0)
            return;
        list.push_back(Value::handle(handles.back()));
    }
    adopt(step, cells, handles);
    step.done(std::move(cells), isWholeArray ? Value::list(list) : list.front());
}

void joinActor(MachineStep& step)
{
    if (step.object() >= 0)
        return joinQueue(step);
    const Value& handle = step.value(step.instruction().a);
    joinThem(step, handle.is(ValueKind::List) ? handle.asList() : ListValue{handle});
}

void joinChildren(MachineStep& step)
{
    ListValue handles;
    for (const std::int64_t child : step.local().children)
        handles.push_back(Value::handle(child));
    joinThem(step, handles);
}

void cancelTimer(MachineStep& step)
{
    const Value& handle = step.value(step.instruction().a);
    const auto timer = static_cast<std::int32_t>(handle.number());
    const bool isTimer = isActor(step.machine(), handle)
        && step.machine().isStarted(step.state(), timer)
        && step.machine().identity(step.state(), timer).kind == ActorKind::Timer;
    if (!isTimer)
        return step.raises(kBadValue, kCancelNeedsTimer);
    MachineStep::Cells cells = step.copy();
    if (step.machine().local(step.state(), timer).phase == Phase::Pending) {
        Cell& cell = cells[step.machine().actorCell(timer)];
        cell = step.machine().locals().cutOff(cell);
    }
    step.done(std::move(cells)); // too late: nothing happens
}

void startTimerActor(MachineStep& step)
{
    const Instruction& instruction = step.instruction();
    if (!step.value(instruction.a).is(ValueKind::Duration))
        return step.raises(kBadValue, kAfterNeedsDuration);
    MachineStep::Cells cells = step.copy();
    Newcomer newcomer;
    newcomer.routine = instruction.target;
    newcomer.arguments = registerValues(step.local().state, instruction.b, instruction.count);
    newcomer.phase = Phase::Pending;
    if (step.machine().layout().hasClocks())
        newcomer.extra =
            static_cast<std::int32_t>(step.machine().values().intern(step.value(instruction.a)));
    newcomer.identity.base =
        step.machine().code().routines[static_cast<std::size_t>(instruction.target)].name;
    newcomer.identity.name = numberedName(step.machine(), cells, newcomer.identity.base);
    newcomer.identity.kind = ActorKind::Timer;
    newcomer.identity.handle = findRoom(step.machine(), cells);
    newcomer.identity.process = step.machine().identity(step.state(), step.actor()).process;
    newcomer.blocked = step.local().blocked;
    const std::int64_t handle = newcomer.identity.handle;
    if (handle < 0)
        return;
    place(step.machine(), cells, std::move(newcomer));
    step.done(std::move(cells), Value::handle(handle));
}

void exitWith(MachineStep& step)
{
    const Value& asked = step.value(step.instruction().a);
    const bool isCommand =
        step.machine().identity(step.state(), step.actor()).kind == ActorKind::Command;
    const std::int64_t least = isCommand ? -kLastSignal : 0; // its model may say: by a signal
    const bool isCode = asked.is(ValueKind::None)
        || (asked.is(ValueKind::Integer) && asked.number() >= least
            && asked.number() <= kLargestExitCode);
    if (!isCode)
        return step.raises(kBadValue, std::string(kNeedsExitCode));
    const Value code = Value::integer(asked.is(ValueKind::None) ? 0 : asked.number());
    MachineStep::Cells cells = step.copy();
    const std::int64_t process = step.machine().identity(step.state(), step.actor()).process;
    endOrderly(step.machine(), cells, process, static_cast<std::int32_t>(code.number()));
    if (process == kProgramHandle)
        step.moveTo(std::move(cells), Phase::Ready, 0);
    else
        step.ended(std::move(cells));
}

void passTime(MachineStep& step)
{
    if (!step.value(step.instruction().a).is(ValueKind::Duration))
        return step.raises(kBadValue, kNeedsDuration);
    if (step.mayTimeBeUp())
        step.done(step.copy());
}

void doNothing(MachineStep& step)
{
    step.done(step.copy());
}

void sayLine(MachineStep& step)
{
    MachineStep::Cells cells = step.copy();
    if (step.machine().keepsHistory()) // else the text may be gone (SaidTexts)
        step.say(
            cells, textOf(step, step.value(step.instruction().a)), step.instruction().mode == 'e');
    step.done(std::move(cells));
}

void markProgress(MachineStep& step)
{
    step.notes().isProgress = true;
    step.done(step.copy());
}

void checkAssertion(MachineStep& step)
{
    if (step.value(step.instruction().a).isTrue())
        return step.done(step.copy());
    const Value& text = step.value(step.instruction().b);
    step.failsAssertion(text.is(ValueKind::None) ? std::string() : textOf(step, text));
}

void chooseItem(MachineStep& step)
{
    const Value& from = step.value(step.instruction().a);
    ListValue items;
    if (step.instruction().mode == 'r') {
        // More than a search takes are cut here, and the search says so.
        const std::int64_t last = step.value(step.instruction().b).number();
        for (std::int64_t one = from.number(); one <= last && items.size() < kMostOutcomes; ++one)
            items.push_back(Value::integer(one));
    } else {
        const Evaluated all = itemsOf(from);
        if (all.isRaised())
            return step.raises(all);
        items = all.value.asList();
    }
    if (items.empty())
        return step.raises("Missing", kNothingToChoose);
    std::int64_t number = 0;
    for (const Value& item : items)
        step.decides(number++, item);
}

void beginAtomicBlock(MachineStep& step)
{
    setAtomicDepth(step, step.local().atomicDepth + 1);
}

void endAtomicBlock(MachineStep& step)
{
    setAtomicDepth(step, std::max(step.local().atomicDepth - 1, 0));
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_actions.h"
#include "engine/explore/machine_objects.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

constexpr const char* kNeedsDuration = "This needs a duration, such as 5ms.";

/// Answers what a predicate or a text asks of the state.
std::string textOf(MachineStep& step, const Value& value)
{
    return value.toText(
        [&step](std::int64_t handle) { return step.machine().actorName(step.state(), handle); });
}

/// Whether this declared instance exists from the start, started or not.
bool isInstance(const Machine& machine, std::int32_t actor)
{
    const std::vector<ActorDeclaration>& actors = machine.code().actors;
    return std::any_of(actors.begin(), actors.end(), [actor](const ActorDeclaration& declared) {
        return declared.parameterCount == 0 && actor >= declared.first
            && actor < declared.first + declared.count;
    });
}

/// How many actors have been named after the same declaration so far.
int usesOf(const Machine& machine, std::span<const Cell> cells, const std::string& base)
{
    int uses = 0;
    for (std::int32_t actor = 0; actor < machine.actorCount(); ++actor) {
        const bool isStarted = machine.isStarted(cells, actor);
        if (isStarted ? machine.identity(cells, actor).base == base
                      : isInstance(machine, actor) && machine.actorName(cells, actor) == base)
            ++uses;
    }
    return uses;
}

/// A free cell for one more actor, or -1.
std::int64_t freeActor(const Machine& machine, std::span<const Cell> cells)
{
    for (std::int32_t actor = machine.code().declaredInstanceCount(); actor < machine.actorCount();
         ++actor)
        if (!machine.isStarted(cells, actor))
            return actor;
    return -1;
}

struct Newcomer
{
    ActorIdentity identity;
    std::int32_t routine = 0;
    std::vector<Value> arguments;
    Phase phase = Phase::Fresh;
    std::int32_t extra = 0; ///< of a timer under `time ideal`: its delay's number
};

/// Its handle, or -1 if there is no room for it.
std::int64_t place(Machine& machine, MachineStep::Cells& cells, Newcomer newcomer)
{
    std::int64_t& handle = newcomer.identity.handle;
    if (handle < 0)
        handle = freeActor(machine, cells);
    if (handle < 0) {
        machine.noteNoRoom();
        return handle;
    }
    const Cell local = machine.locals().start(machine.locals().internIdentity(newcomer.identity),
        newcomer.routine, std::move(newcomer.arguments), newcomer.phase);
    Cell& cell = cells[machine.actorCell(handle)];
    cell = local; // before it begins, for it may ask for its own name
    cell = newcomer.phase == Phase::Fresh
        ? machine.beginRoutine(cells, handle, local)
        : machine.locals().withPhase(local, newcomer.phase, newcomer.extra);
    return handle;
}

std::string numberedName(
    const Machine& machine, std::span<const Cell> cells, const std::string& base)
{
    const int use = usesOf(machine, cells, base) + 1;
    return use == 1 ? base : base + "-" + std::to_string(use);
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
    newcomer.identity.isDaemon = declared.isDaemon;
    newcomer.identity.handle = -1;
    if (!name.is(ValueKind::None)) {
        newcomer.identity.name = textOf(step, name);
    } else if (declared.parameterCount == 0
        && !machine.isStarted(cells, static_cast<std::int32_t>(first))) {
        newcomer.identity = {
            base, base, ActorKind::Thread, declared.isDaemon, declared.isMain, first};
    } else {
        newcomer.identity.name = numberedName(machine, cells, base);
        newcomer.identity.base = base;
    }
    return place(machine, cells, std::move(newcomer));
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
    return step.machine().isStarted(step.state(), actor)
        && !step.machine().isGoing(step.state(), actor)
        && (!layout.hasBuffers() || step.state()[layout.bufferCell(handle)] == 0);
}

bool isActor(const MachineStep& step, const Value& handle, const Machine& machine)
{
    static_cast<void>(step);
    return handle.is(ValueKind::Handle) && handle.number() >= 0
        && handle.number() < machine.actorCount();
}

void joinThem(MachineStep& step, const ListValue& handles)
{
    for (const Value& handle : handles) {
        if (!isActor(step, handle, step.machine()))
            return step.raises(kBadValue, "\"join\" needs an actor.");
        if (!hasEnded(step, handle.number()))
            return step.waits();
    }
    step.done(step.copy());
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
    const bool isTimer = isActor(step, handle, step.machine())
        && step.machine().isStarted(step.state(), timer)
        && step.machine().identity(step.state(), timer).kind == ActorKind::Timer;
    if (!isTimer)
        return step.raises(kBadValue, "\"cancel\" needs a timer.");
    MachineStep::Cells cells = step.copy();
    if (step.machine().local(step.state(), timer).phase == Phase::Pending) {
        LocalState ended;
        ended.state.status = ActorState::Status::Ended;
        ended.identity = step.machine().local(step.state(), timer).identity;
        ended.sections.assign(step.machine().code().sections.size(), 0);
        cells[step.machine().actorCell(timer)] = step.machine().locals().intern(std::move(ended));
    }
    step.done(std::move(cells)); // too late: nothing happens
}

void startTimerActor(MachineStep& step)
{
    const Instruction& instruction = step.instruction();
    if (!step.value(instruction.a).is(ValueKind::Duration))
        return step.raises(kBadValue, "\"after\" needs a duration, such as 5ms.");
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
    newcomer.identity.handle = -1;
    const std::int64_t handle = place(step.machine(), cells, std::move(newcomer));
    if (handle >= 0)
        step.done(std::move(cells), Value::handle(handle));
}

void exitWith(MachineStep& step)
{
    const Value& asked = step.value(step.instruction().a);
    const Value code = Value::integer(asked.is(ValueKind::None) ? 0 : asked.number());
    MachineStep::Cells cells = step.copy();
    cells[Machine::kExitCell] = step.machine().values().intern(code) + 1;
    step.moveTo(std::move(cells), Phase::Ready, 0);
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
        return step.raises("Missing", "There is nothing to choose from.");
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

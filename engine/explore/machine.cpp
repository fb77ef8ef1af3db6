// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine.h"

#include "engine/base/check.h"
#include "engine/explore/machine_processes.h"
#include "engine/explore/machine_step.h"
#include "engine/explore/machine_table.h"
#include "engine/explore/symmetry.h"
#include "engine/model/program/catalogue.h"

#include <algorithm>
#include <csignal>
#include <utility>

namespace heddle {

namespace {

std::size_t asIndex(std::int64_t number)
{
    return static_cast<std::size_t>(number);
}

bool isAsking(const Code& code)
{
    return std::any_of(
        code.instructions.begin(), code.instructions.end(), [](const Instruction& instruction) {
            return instruction.operation == Operation::Function
                && functionRows()[asIndex(instruction.target)].name == "inside";
        });
}

constexpr std::int64_t kFirstProcess = 1000; // of the program; real ones are other numbers

/// Whether an actor does nothing that others can tell before its first visible operation.
bool isQuiet(const std::vector<Resumed>& resumed, const LocalStore& locals, bool areSectionsSeen)
{
    if (resumed.size() != 1 || !resumed.front().raised.empty() || resumed.front().spins)
        return false;
    const LocalState& local = locals.local(resumed.front().local);
    return local.state.status == ActorState::Status::Going
        && (!areSectionsSeen
            || std::all_of(local.sections.begin(), local.sections.end(),
                [](std::int32_t count) { return count == 0; }));
}

} // namespace

Machine::Machine(std::shared_ptr<const Code> code, const MachineOptions& options)
    : m_code(std::move(code))
    , m_options(options)
    , m_layout(*m_code, options)
    , m_pool(m_layout.width())
    , m_locals(*m_code, m_values, options)
    , m_areSectionsSeen(isAsking(*m_code))
    , m_history(1)
{
}

std::optional<Sentence> Machine::obstacle(const Code& code)
{
    for (const ActorDeclaration& actor : code.actors)
        if (actor.kind != ActorKind::Thread && actor.kind != ActorKind::Process)
            return Sentence::of(
                HEDDLE_TEXT(
                    "Sentence", "\"%1\" is no thread and no process: others are not explored yet"),
                {actor.name});
    for (const CommandDeclaration& command : code.commands)
        if (command.contract < 0)
            return Sentence::of(
                HEDDLE_TEXT("Sentence", "nothing is known of what the command \"%1\" does"),
                {command.name});
    return std::nullopt;
}

std::vector<Cell> Machine::initialState()
{
    std::vector<Cell> state(width(), 0);
    for (std::int32_t object = 0; object < m_layout.objectCount(); ++object) {
        const ObjectDeclaration& declaration = declarationOf(object);
        state[objectCell(object)] =
            primitiveLayout(declaration.kind).initial(declaration, m_values);
    }
    for (std::size_t variable = 0; variable < m_code->shared.size(); ++variable) {
        const std::size_t first = variableCell(static_cast<std::int32_t>(variable), 0);
        for (std::size_t i = 0; i < m_code->shared[variable].initial.size(); ++i)
            state[first + i] = m_values.intern(m_code->shared[variable].initial[i]);
    }
    if (m_layout.hasProcesses())
        startProcesses(state);
    startActors(state);
    if (m_layout.hasStandIn() && m_code->main() == nullptr)
        state[actorCell(m_layout.standIn())] = standInFor(*this, maskAfter(0, m_code->handlers), 0);
    if (!m_layout.hasClocks())
        return state;
    Cells timed(m_pool, state);
    startClocks(timed);
    return {timed.begin(), timed.end()};
}

void Machine::startProcesses(std::vector<Cell>& state)
{
    const ProcessRecord own = firstProcess(*this);
    state[m_layout.processCell(kProgramHandle)] = m_processes.intern(own);
    for (const ActorDeclaration& actor : m_code->actors) {
        if (actor.kind != ActorKind::Process || !actor.startsByItself)
            continue;
        for (std::int32_t element = 0; element < actor.count; ++element)
            state[m_layout.processCell(actor.first + element)] =
                m_processes.intern(madeProcess(*this, state, kProgramHandle, actor));
    }
    const Cell nothing = m_values.intern(Value::list({}));
    for (std::int32_t pipe = 0; pipe < m_layout.pipeCount(); ++pipe)
        state[m_layout.pipeCell(pipe)] = nothing;
}

void Machine::startActors(std::vector<Cell>& state)
{
    for (std::size_t number = 0; number < m_code->actors.size(); ++number) {
        const ActorDeclaration& actor = m_code->actors[number];
        if (!actor.isMain && !actor.startsByItself)
            continue;
        for (std::int32_t element = 0; element < actor.count; ++element) {
            std::vector<Value> arguments;
            if (actor.isArray)
                arguments.push_back(Value::integer(actor.low + element));
            const std::int64_t handle = actor.first + element;
            const std::int32_t identity =
                startingIdentity(static_cast<std::int32_t>(number), element, handle);
            state[actorCell(handle)] =
                m_locals.start(identity, actor.routine, std::move(arguments), Phase::Fresh);
            const bool isProcess = actor.kind == ActorKind::Process;
            const SignalBits blocked = maskAfter(0, isProcess ? actor.handlers : m_code->handlers);
            if (blocked != 0)
                state[actorCell(handle)] =
                    m_locals.withSignals(state[actorCell(handle)], blocked, 0);
            state[actorCell(handle)] = beginRoutine(state, handle, state[actorCell(handle)]);
        }
    }
}

std::int32_t Machine::startingIdentity(
    std::int32_t declaration, std::int32_t element, std::int64_t handle)
{
    const ActorDeclaration& actor = m_code->actors[asIndex(declaration)];
    const bool isTwin = m_options.mergesTwins && areTwins(*m_code, actor);
    ActorIdentity identity;
    identity.name = identity.base =
        isTwin ? actor.name : m_code->instanceName(declaration, element);
    identity.kind = actor.kind;
    identity.isDaemon = actor.isDaemon;
    identity.isMain = !isTwin && actor.isMain;
    identity.handle = isTwin ? actor.first : handle;
    if (actor.kind == ActorKind::Process)
        identity.process = handle;
    return m_locals.internIdentity(identity);
}

Cell Machine::beginRoutine(std::span<const Cell> state, std::int64_t actor, Cell fresh)
{
    Cells cells(m_pool, state);
    cells[actorCell(actor)] = fresh;
    const std::vector<Resumed> resumed =
        resume(cells, static_cast<std::int32_t>(actor), {StepResult::Kind::Start, 0, {}, {}});
    return isQuiet(resumed, m_locals, m_areSectionsSeen) ? resumed.front().local : fresh;
}

void Machine::addSteps(std::span<const Cell> state, std::int32_t actor, StepList& list)
{
    if (state[kExitCell] != 0 || !isStarted(state, actor))
        return;
    if (m_layout.hasProcesses())
        expandInProcess(state, actor, list);
    else
        expandPlain(state, actor, list);
    if (m_layout.hasBuffers())
        addDrain(state, actor, list);
}

void Machine::expandPlain(std::span<const Cell> state, std::int32_t actor, StepList& list)
{
    if (m_layout.hasClocks())
        expandWithTime(state, actor, list);
    else if (isGoing(state, actor))
        MachineStep(*this, state, actor, list).carryOut();
}

bool Machine::isEnd(std::span<const Cell> state) const
{
    if (state[kExitCell] != 0)
        return true;
    for (std::int32_t actor = 0; actor < actorCount(); ++actor) {
        if (!isStarted(state, actor))
            continue;
        const LocalFacts& here = facts(state, actor);
        const bool hasWrites = m_layout.hasBuffers() && state[m_layout.bufferCell(actor)] != 0;
        if ((here.isGoing() && !here.isDaemon) || hasWrites)
            return false;
    }
    return true;
}

int Machine::exitCode(std::span<const Cell> state) const
{
    if (state[kExitCell] != 0)
        return static_cast<int>(m_values.value(state[kExitCell] - 1).number());
    for (std::int32_t actor = 0; actor < actorCount(); ++actor)
        if (isStarted(state, actor) && identity(state, actor).isMain
            && local(state, actor).state.status == ActorState::Status::Failed) {
            const std::int64_t why = local(state, actor).state.outcome.number();
            return why == findException(*m_code, "Interrupted") ? -SIGINT : 1;
        }
    return 0;
}

std::int64_t Machine::processNumber(std::int64_t process) const
{
    const auto given = m_processNumbers.find(process);
    return given == m_processNumbers.end() ? kFirstProcess + process + 1 : given->second;
}

const LocalState& Machine::local(std::span<const Cell> state, std::int32_t actor) const
{
    return m_locals.local(state[actorCell(actor)]);
}

const ActorIdentity& Machine::identity(std::span<const Cell> state, std::int32_t actor) const
{
    return m_locals.identity(state[actorCell(actor)]);
}

std::string Machine::actorName(std::span<const Cell> state, std::int64_t actor) const
{
    if (actor == kProgramHandle)
        return kProgramName;
    if (actor < 0 || actor >= actorCount())
        return "nobody";
    if (isStarted(state, static_cast<std::int32_t>(actor)))
        return identity(state, static_cast<std::int32_t>(actor)).name;
    for (std::size_t number = 0; number < m_code->actors.size(); ++number) {
        const ActorDeclaration& declared = m_code->actors[number];
        if (actor >= declared.first && actor < declared.first + declared.count)
            return m_code->instanceName(static_cast<std::int32_t>(number),
                static_cast<std::int32_t>(actor) - declared.first);
    }
    return "nobody";
}

const Instruction& Machine::nextInstruction(std::span<const Cell> state, std::int32_t actor) const
{
    return *facts(state, actor).next;
}

std::int32_t Machine::nextObject(std::span<const Cell> state, std::int32_t actor) const
{
    const std::int32_t object = facts(state, actor).object;
    return object < 0 ? -1 : object;
}

Cell Machine::appendHistory(Cell before, const Event& event)
{
    const std::string key = std::to_string(before) + (event.isLine ? " s " : " r ")
        + (event.isError ? "e" : "o") + std::to_string(event.value) + " " + event.actor;
    const auto [entry, isNew] =
        m_historyNumbers.try_emplace(key, static_cast<Cell>(m_history.size()));
    if (isNew) {
        m_history.push_back({before, event});
        m_historyBytes +=
            sizeof(HistoryNode) + event.actor.size() + entry->first.size() + kEntryBytes;
    }
    return entry->second;
}

std::size_t Machine::bytes() const
{
    return m_values.bytes() + m_locals.bytes() + m_historyBytes
        + m_touches.capacity() * sizeof(NextTouch);
}

std::vector<Machine::Event> Machine::history(std::span<const Cell> state) const
{
    std::vector<Event> events;
    for (Cell at = state[kHistoryCell]; at != 0; at = m_history[at].before)
        events.push_back(m_history[at].event);
    std::reverse(events.begin(), events.end());
    return events;
}

} // namespace heddle

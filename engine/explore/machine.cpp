// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine.h"

#include "engine/base/check.h"
#include "engine/explore/machine_step.h"
#include "engine/explore/machine_table.h"
#include "engine/model/program/catalogue.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

std::size_t asIndex(std::int64_t number)
{
    return static_cast<std::size_t>(number);
}

/// Answers a fragment in a state.
class StateContext final : public EvaluationContext
{
public:
    StateContext(const Code& code, LocalSurroundings surroundings)
        : m_privates(makePrivateStore(code))
        , m_surroundings(std::move(surroundings))
    {
    }

    void lend(PrivateStore privates, std::int64_t me)
    {
        m_privates = std::move(privates);
        m_me = me;
    }

    [[nodiscard]] std::int64_t me() const override { return m_me; }
    [[nodiscard]] std::string handleName(std::int64_t handle) const override
    {
        return m_surroundings.handleName(handle);
    }
    [[nodiscard]] std::int64_t now() override { return 0; }
    [[nodiscard]] std::int64_t random(std::int64_t low, std::int64_t) override { return low; }
    [[nodiscard]] std::int64_t inside(std::int32_t section) override
    {
        return m_surroundings.insideOthers(section);
    }
    [[nodiscard]] PrivateStore& privates() override { return m_privates; }
    [[nodiscard]] Evaluated loadShared(std::int32_t variable, std::int32_t element) override
    {
        return m_surroundings.loadShared(variable, element);
    }
    [[nodiscard]] Evaluated query(std::int32_t function, std::int32_t object, std::int32_t element,
        const Value& handle) override
    {
        return m_surroundings.query(function, object, element, handle);
    }
    void enterSection(std::int32_t, std::uint32_t) override { }
    void leaveSection(std::int32_t, std::uint32_t) override { }
    void raised(const Value&, std::uint32_t) override { }

private:
    std::int64_t m_me = 0;
    PrivateStore m_privates;
    LocalSurroundings m_surroundings;
};

Evaluated queryHandle(
    Machine& machine, std::span<const Cell> state, std::string_view question, const Value& handle)
{
    const auto isAlive = [&](std::int64_t actor) {
        return machine.isStarted(state, static_cast<std::int32_t>(actor))
            && machine.isGoing(state, static_cast<std::int32_t>(actor));
    };
    if (question == "live") {
        ListValue live;
        for (std::int32_t actor = 0; actor < machine.actorCount(); ++actor)
            if (isAlive(actor) && machine.identity(state, actor).kind != ActorKind::Timer)
                live.push_back(Value::handle(actor));
        return Value::list(std::move(live));
    }
    if (!handle.is(ValueKind::Handle) || handle.number() < 0
        || handle.number() >= machine.actorCount())
        return Evaluated::raise(kBadValue, "\"" + std::string(question) + "\" needs an actor.");
    if (question == "alive")
        return Value::boolean(isAlive(handle.number()));
    if (question == "name")
        return Value::text(machine.actorName(state, handle.number()));
    return Value::none(); // a thread has no exit code and no process of its own
}

/// Whether an actor does nothing that others can tell before its first visible operation.
bool isQuiet(const std::vector<Resumed>& resumed, const LocalStore& locals)
{
    if (resumed.size() != 1 || !resumed.front().raised.empty() || resumed.front().spins)
        return false;
    const LocalState& local = locals.local(resumed.front().local);
    return local.state.status == ActorState::Status::Going
        && std::all_of(local.sections.begin(), local.sections.end(),
            [](std::int32_t count) { return count == 0; });
}

} // namespace

Machine::Machine(std::shared_ptr<const Code> code, const MachineOptions& options)
    : m_code(std::move(code))
    , m_options(options)
    , m_locals(*m_code, m_values)
    , m_history(1)
{
    m_width = kHistoryCell + 1;
    for (std::size_t number = 0; number < m_code->objects.size(); ++number) {
        const ObjectDeclaration& declaration = m_code->objects[number];
        for (std::int32_t element = 0; element < declaration.count; ++element) {
            m_objectCells.push_back(m_width);
            m_objectDeclarations.push_back(static_cast<std::int32_t>(number));
            m_width += primitiveLayout(declaration.kind).cells;
        }
    }
    for (const VariableDeclaration& variable : m_code->shared) {
        m_variableCells.push_back(m_width);
        m_width += variable.initial.size();
    }
    m_firstActor = m_width;
    m_actorCount = m_code->declaredInstanceCount() + options.spareActors;
    m_width += asIndex(m_actorCount);
}

std::optional<std::string> Machine::obstacle(const Code& code)
{
    if (code.options.idealTime)
        return "\"option time ideal\" is not explored yet";
    if (code.options.fairLocks)
        return "\"option lock fair\" is not explored yet";
    if (code.options.totalStoreOrder)
        return "\"option memory tso\" is not explored yet";
    for (const ActorDeclaration& actor : code.actors)
        if (actor.kind != ActorKind::Thread)
            return "\"" + actor.name + "\" is no thread: other actors are not explored yet";
    return std::nullopt;
}

std::vector<Cell> Machine::initialState()
{
    std::vector<Cell> state(m_width, 0);
    for (std::size_t object = 0; object < m_objectCells.size(); ++object) {
        const ObjectDeclaration& declaration = declarationOf(static_cast<std::int32_t>(object));
        state[m_objectCells[object]] =
            primitiveLayout(declaration.kind).initial(declaration, m_values);
    }
    for (std::size_t variable = 0; variable < m_variableCells.size(); ++variable)
        for (std::size_t i = 0; i < m_code->shared[variable].initial.size(); ++i)
            state[m_variableCells[variable] + i] =
                m_values.intern(m_code->shared[variable].initial[i]);
    for (std::size_t number = 0; number < m_code->actors.size(); ++number) {
        const ActorDeclaration& actor = m_code->actors[number];
        if (!actor.isMain && !actor.startsByItself)
            continue;
        for (std::int32_t element = 0; element < actor.count; ++element) {
            std::vector<Value> arguments;
            if (actor.isArray)
                arguments.push_back(Value::integer(actor.low + element));
            const std::string name =
                m_code->instanceName(static_cast<std::int32_t>(number), element);
            const std::int64_t handle = actor.first + element;
            const std::int32_t identity = m_locals.internIdentity(
                {name, name, ActorKind::Thread, actor.isDaemon, actor.isMain, handle});
            state[actorCell(handle)] = beginRoutine(state, handle,
                m_locals.start(identity, actor.routine, std::move(arguments), Phase::Fresh));
        }
    }
    return state;
}

Cell Machine::beginRoutine(std::span<const Cell> state, std::int64_t actor, Cell fresh)
{
    const std::vector<Resumed> resumed =
        m_locals.resume(fresh, {StepResult::Kind::Start, 0, {}, {}}, surroundings(state, actor));
    return isQuiet(resumed, m_locals) ? resumed.front().local : fresh;
}

void Machine::expand(std::span<const Cell> state, std::int32_t actor, StepList& list)
{
    list.clear();
    if (state[kExitCell] == 0 && isStarted(state, actor) && isGoing(state, actor))
        MachineStep(*this, state, actor, list).carryOut();
}

bool Machine::isEnd(std::span<const Cell> state) const
{
    if (state[kExitCell] != 0)
        return true;
    for (std::int32_t actor = 0; actor < m_actorCount; ++actor)
        if (isStarted(state, actor) && isGoing(state, actor) && !identity(state, actor).isDaemon)
            return false;
    return true;
}

int Machine::exitCode(std::span<const Cell> state) const
{
    if (state[kExitCell] != 0)
        return static_cast<int>(m_values.value(state[kExitCell] - 1).number());
    for (std::int32_t actor = 0; actor < m_actorCount; ++actor)
        if (isStarted(state, actor) && identity(state, actor).isMain
            && local(state, actor).state.status == ActorState::Status::Failed)
            return 1;
    return 0;
}

bool Machine::isStarted(std::span<const Cell> state, std::int32_t actor) const
{
    return state[actorCell(actor)] != 0;
}

bool Machine::isGoing(std::span<const Cell> state, std::int32_t actor) const
{
    return local(state, actor).state.status == ActorState::Status::Going;
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
    if (actor < 0 || actor >= m_actorCount)
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
    return currentInstruction(*m_code, local(state, actor).state);
}

const ObjectDeclaration& Machine::declarationOf(std::int32_t object) const
{
    return m_code->objects[asIndex(m_objectDeclarations[asIndex(object)])];
}

std::int32_t Machine::nextObject(const LocalState& local) const
{
    const Instruction& instruction = currentInstruction(*m_code, local.state);
    const bool isAboutObject =
        (instruction.operation >= Operation::Lock && instruction.operation <= Operation::Close
            && instruction.operation != Operation::AwaitUntil)
        || instruction.operation == Operation::Join || instruction.operation == Operation::Query;
    if (!isAboutObject || instruction.target < 0)
        return -1;
    const ObjectDeclaration& declared = m_code->objects[asIndex(instruction.target)];
    const ElementIndex found =
        currentElement(*m_code, local.state, declared.count, 0, declared.name);
    return found.problem.isRaised() ? -1 : declared.first + found.element;
}

Cell Machine::appendHistory(Cell before, const Event& event)
{
    const std::string key = std::to_string(before) + (event.isLine ? " s " : " r ")
        + (event.isError ? "e" : "o") + std::to_string(event.value) + " " + event.actor;
    const auto [entry, isNew] =
        m_historyNumbers.try_emplace(key, static_cast<Cell>(m_history.size()));
    if (isNew)
        m_history.push_back({before, event});
    return entry->second;
}

std::vector<Machine::Event> Machine::history(std::span<const Cell> state) const
{
    std::vector<Event> events;
    for (Cell at = state[kHistoryCell]; at != 0; at = m_history[at].before)
        events.push_back(m_history[at].event);
    std::reverse(events.begin(), events.end());
    return events;
}

LocalSurroundings Machine::surroundings(std::span<const Cell> state, std::int64_t actor)
{
    LocalSurroundings around;
    around.handle = actor;
    around.insideOthers = [this, state, actor](std::int32_t section) {
        std::int64_t count = 0;
        for (std::int32_t other = 0; other < m_actorCount; ++other)
            if (other != actor && isStarted(state, other))
                count += local(state, other).sections[asIndex(section)];
        return count;
    };
    around.handleName = [this, state](std::int64_t handle) { return actorName(state, handle); };
    around.loadShared = [this, state](std::int32_t variable, std::int32_t element) -> Evaluated {
        const Value& value = m_values.value(state[variableCell(variable, element)]);
        if (value.is(ValueKind::Unset))
            return Evaluated::raise(
                "Missing", "\"" + m_code->shared[asIndex(variable)].name + "\" has no value yet.");
        return value;
    };
    around.query = [this, state](std::int32_t function, std::int32_t declaration,
                       std::int32_t element, const Value& handle) {
        const std::int32_t object =
            declaration < 0 ? -1 : m_code->objects[asIndex(declaration)].first + element;
        return query(state, function, object, handle);
    };
    return around;
}

Evaluated Machine::query(
    std::span<const Cell> state, std::int32_t function, std::int32_t object, const Value& handle)
{
    const std::string_view question = functionRows()[asIndex(function)].name;
    if (object < 0)
        return queryHandle(*this, state, question, handle);
    const PrimitiveLayout& layout = primitiveLayout(declarationOf(object).kind);
    const std::optional<Value> answer = layout.answer(*this, state, object, question);
    if (!answer)
        return Evaluated::raise(
            kBadValue, "\"" + std::string(question) + "\" is no question for this object.");
    return *answer;
}

Evaluated Machine::evaluate(std::span<const Cell> state, const Fragment& fragment)
{
    StateContext context(*m_code, surroundings(state, -1));
    return evaluateFragment(*m_code, fragment, context);
}

Evaluated Machine::evaluateCondition(std::span<const Cell> state, std::int32_t actor)
{
    StateContext context(*m_code, surroundings(state, -1));
    context.lend(local(state, actor).privates, actor);
    return heddle::evaluateCondition(*m_code, local(state, actor).state, context);
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine.h"
#include "engine/explore/machine_processes.h"
#include "engine/explore/machine_table.h"
#include "engine/model/program/catalogue.h"
#include "engine/model/program/refusals.h"

#include <csignal>
#include <optional>
#include <utility>

namespace heddle {

namespace {

/// What a state answers to the computations of one actor in it.
class StateSurroundings final : public LocalSurroundings
{
public:
    StateSurroundings(Machine& machine, std::span<const Cell> state, std::int64_t actor)
        : m_machine(machine)
        , m_state(state)
        , m_actor(actor)
    {
    }

    [[nodiscard]] std::int64_t handle() const override
    {
        const StateLayout& layout = m_machine.layout();
        return layout.hasStandIn() && m_actor == layout.standIn() ? kProgramHandle : m_actor;
    }
    [[nodiscard]] std::int64_t insideOthers(std::int32_t section) const override
    {
        std::int64_t count = 0;
        for (std::int32_t other = 0; other < m_machine.actorCount(); ++other) {
            if (other == m_actor || !m_machine.isStarted(m_state, other))
                continue;
            const LocalState& local = m_machine.local(m_state, other);
            if (static_cast<std::size_t>(section) < local.sections.size())
                count += local.sections[static_cast<std::size_t>(section)];
        }
        return count;
    }
    [[nodiscard]] std::string handleName(std::int64_t handle) const override
    {
        return m_machine.actorName(m_state, handle);
    }
    [[nodiscard]] Evaluated loadShared(std::int32_t variable, std::int32_t element) const override
    {
        const Value& value = m_machine.valueSeenBy(m_actor, m_state, variable, element);
        if (value.is(ValueKind::Unset))
            return Evaluated::raise("Missing",
                variableIsUnset(m_machine.code().shared[static_cast<std::size_t>(variable)].name));
        return value;
    }
    [[nodiscard]] Evaluated query(std::int32_t function, std::int32_t declaration,
        std::int32_t element, const Value& handle) const override
    {
        const std::int32_t object = declaration < 0
            ? -1
            : m_machine.code().objects[static_cast<std::size_t>(declaration)].first + element;
        return m_machine.query(m_state, function, object, handle, m_actor);
    }

private:
    Machine& m_machine;
    std::span<const Cell> m_state;
    std::int64_t m_actor;
};

/// Answers a fragment, or an actor's predicate, in a state.
class StateContext final : public EvaluationContext
{
public:
    StateContext(Machine& machine, std::span<const Cell> state, std::int64_t actor)
        : m_code(machine.code())
        , m_surroundings(machine, state, actor)
    {
        if (actor >= 0)
            m_privates = machine.local(state, static_cast<std::int32_t>(actor)).privates;
    }

    [[nodiscard]] std::int64_t me() const override { return m_surroundings.handle(); }
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
    [[nodiscard]] PrivateStore& privates() override
    {
        if (!m_privates)
            m_privates = makePrivateStore(m_code);
        return *m_privates;
    }
    [[nodiscard]] Evaluated loadShared(std::int32_t variable, std::int32_t element) override
    {
        return m_surroundings.loadShared(variable, element);
    }
    [[nodiscard]] Evaluated query(std::int32_t function, std::int32_t object, std::int32_t element,
        const Value& handle) override
    {
        if (functionRows()[static_cast<std::size_t>(function)].name == "exit_of")
            m_askedForEnds.push_back(handle);
        return m_surroundings.query(function, object, element, handle);
    }
    [[nodiscard]] const std::vector<Value>& askedForEnds() const { return m_askedForEnds; }
    void enterSection(std::int32_t, std::uint32_t) override { }
    void leaveSection(std::int32_t, std::uint32_t) override { }
    void raised(const Value&, std::uint32_t) override { }

private:
    const Code& m_code;
    StateSurroundings m_surroundings;
    std::optional<PrivateStore> m_privates;
    std::vector<Value> m_askedForEnds;
};

/// What a signal does to the process of who asks.
Value dispositionOf(
    const Machine& machine, std::span<const Cell> state, std::int64_t signal, std::int64_t asker)
{
    const bool isActor = asker >= 0;
    const std::int64_t process = isActor ? processOf(machine, state, asker) : kProgramHandle;
    if (const std::int32_t* routine =
            processRecord(machine, state, process).handlerOf(static_cast<std::int32_t>(signal)))
        return Value::text(*routine == ProcessRecord::kIgnored ? "ignored" : "handler");
    const bool interrupts = signal == SIGINT && process == kProgramHandle;
    return Value::text(interrupts ? "interrupt" : "default");
}

/// What only processes can be asked; nothing for another question.
std::optional<Value> askProcess(
    const Machine& machine, std::span<const Cell> state, std::string_view question, std::int64_t of)
{
    if (!machine.layout().hasProcesses())
        return std::nullopt;
    const std::int64_t process = isProcess(machine, state, of) ? of : processOf(machine, state, of);
    const ProcessRecord& record = processRecord(machine, state, process);
    if (question == "pid")
        return Value::integer(machine.processNumber(process));
    if (question == "group_of")
        return Value::integer(machine.processNumber(record.group));
    if (question == "exit_of" && process == of)
        return record.hasEnded ? Value::integer(record.exitCode) : Value::none();
    return std::nullopt;
}

Evaluated queryHandle(Machine& machine, std::span<const Cell> state, std::string_view question,
    const Value& handle, std::int64_t asker)
{
    const auto isAlive = [&](std::int64_t actor) {
        return isProcess(machine, state, actor)
            ? !isOver(machine, state, actor)
            : machine.isStarted(state, static_cast<std::int32_t>(actor))
                && machine.isGoing(state, static_cast<std::int32_t>(actor));
    };
    if (question == "live") {
        ListValue live;
        for (std::int32_t actor = 0; actor < machine.actorCount(); ++actor)
            if (isAlive(actor) && machine.identity(state, actor).kind == ActorKind::Thread)
                live.push_back(Value::handle(actor));
        return Value::list(std::move(live));
    }
    if (question == "disposition" && machine.layout().hasProcesses())
        return dispositionOf(machine, state, handle.number(), asker);
    if (!handle.is(ValueKind::Handle) || handle.number() < kProgramHandle
        || handle.number() >= machine.actorCount())
        return Evaluated::raise(kBadValue, questionNeedsActor(question));
    const std::int64_t actor = handle.number();
    if (question == "alive")
        return Value::boolean(isAlive(actor));
    if (question == "name")
        return Value::text(machine.actorName(state, actor));
    if (actor != kProgramHandle && !machine.isStarted(state, static_cast<std::int32_t>(actor)))
        return Value::none();
    return askProcess(machine, state, question, actor).value_or(Value::none());
}

} // namespace

std::vector<Resumed> Machine::resume(
    std::span<const Cell> state, std::int32_t actor, const StepResult& result)
{
    return m_locals.resume(state[actorCell(actor)], result, StateSurroundings(*this, state, actor));
}

Evaluated Machine::query(std::span<const Cell> state, std::int32_t function, std::int32_t object,
    const Value& handle, std::int64_t asker)
{
    const std::string_view question = functionRows()[static_cast<std::size_t>(function)].name;
    if (object < 0)
        return queryHandle(*this, state, question, handle, asker);
    const std::optional<Value> answer = answerOf(*this, state, object, question);
    if (!answer)
        return Evaluated::raise(
            kBadValue, "\"" + std::string(question) + "\" is no question for this object.");
    return *answer;
}

Evaluated Machine::evaluate(std::span<const Cell> state, const Fragment& fragment)
{
    StateContext context(*this, state, -1);
    return evaluateFragment(*m_code, fragment, context);
}

Evaluated Machine::evaluateCondition(
    std::span<const Cell> state, std::int32_t actor, std::vector<Value>* askedForEnds)
{
    StateContext context(*this, state, actor);
    Evaluated result = heddle::evaluateCondition(*m_code, local(state, actor).state, context);
    if (askedForEnds != nullptr)
        *askedForEnds = context.askedForEnds();
    return result;
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_step.h"

#include "engine/explore/machine_table.h"

#include <utility>

namespace heddle {

namespace {

constexpr int kMostAtomicSteps = 10'000; // in a row; more is a loop that gives nobody a turn

} // namespace

MachineStep::MachineStep(
    Machine& machine, std::span<const Cell> state, std::int32_t actor, StepList& list)
    : m_machine(machine)
    , m_state(state)
    , m_actor(actor)
    , m_list(list)
    , m_local(machine.local(state, actor))
{
}

const Value& MachineStep::value(Register number) const
{
    return registerValue(m_local.state, number);
}

Cell MachineStep::objectValue(std::size_t part) const
{
    return m_state[m_machine.objectCell(m_object) + part];
}

std::int64_t MachineStep::units() const
{
    const Value& asked = value(m_instruction->a);
    return asked.is(ValueKind::None) ? 1 : asked.number();
}

std::vector<std::int32_t> MachineStep::othersAt(std::int32_t object, Phase phase) const
{
    std::vector<std::int32_t> others;
    for (std::int32_t other = 0; other < m_machine.actorCount(); ++other) {
        if (other == m_actor || !m_machine.isStarted(m_state, other)
            || !m_machine.isGoing(m_state, other))
            continue;
        const LocalState& local = m_machine.local(m_state, other);
        if (local.phase == phase && !local.spins && m_machine.nextObject(local) == object)
            others.push_back(other);
    }
    return others;
}

void MachineStep::carryOut()
{
    if (m_local.spins)
        return;
    if (m_local.phase == Phase::Pending) // the timer's time has come
        return moveTo(copy(), Phase::Fresh, 0);
    if (m_local.phase == Phase::Fresh)
        return begin();
    m_instruction = &m_machine.nextInstruction(m_state, m_actor);
    if (m_instruction->isTimed && m_instruction->limit != kNoRegister
        && !value(m_instruction->limit).is(ValueKind::Duration))
        return raises(kBadValue, "A time limit is a duration.");
    if (resolveObject())
        carryOutStep(*this);
}

// What comes before the first visible operation belongs to the first step, unless others can tell.
void MachineStep::begin()
{
    const std::size_t cell = m_machine.actorCell(m_actor);
    Cells cells = copy();
    cells[cell] = m_machine.beginRoutine(m_state, m_actor, m_state[cell]);
    if (cells[cell] == m_state[cell])
        return settle(std::move(cells), {StepResult::Kind::Start, 0, {}, {}});
    MachineStep(m_machine, cells, m_actor, m_list).carryOut();
}

bool MachineStep::resolveObject()
{
    const Operation operation = m_instruction->operation;
    const bool isAboutObject = (operation >= Operation::Lock && operation <= Operation::Close
                                   && operation != Operation::AwaitUntil)
        || operation == Operation::Join || operation == Operation::Query;
    if (!isAboutObject || m_instruction->target < 0)
        return true;
    const ObjectDeclaration& declared =
        m_machine.code().objects[static_cast<std::size_t>(m_instruction->target)];
    const ElementIndex found =
        currentElement(m_machine.code(), m_local.state, declared.count, 0, declared.name);
    if (found.problem.isRaised()) {
        raises(found.problem);
        return false;
    }
    m_object = declared.first + found.element;
    return true;
}

Evaluated MachineStep::evaluateCondition()
{
    return m_machine.evaluateCondition(m_state, m_actor);
}

void MachineStep::done(Cells cells, const Value& result)
{
    settle(std::move(cells), {StepResult::Kind::Done, m_machine.values().intern(result), {}, {}});
}

void MachineStep::raises(std::string_view exception, std::string text)
{
    settle(copy(), {StepResult::Kind::Raised, 0, exception, std::move(text)});
}

void MachineStep::gaveUp(Cells cells)
{
    m_notes.timedOut = true;
    settle(std::move(cells), {StepResult::Kind::GaveUp, 0, {}, {}});
    m_notes.timedOut = false;
}

void MachineStep::failsAssertion(std::string text)
{
    m_notes.assertionFailed = true;
    m_notes.assertion = text;
    settle(copy(), {StepResult::Kind::AssertionFailed, 0, {}, std::move(text)});
}

void MachineStep::waits()
{
    if (m_instruction->isTimed)
        gaveUp(copy());
}

void MachineStep::moveTo(Cells cells, Phase phase, std::int32_t extra)
{
    const std::size_t cell = m_machine.actorCell(m_actor);
    cells[cell] = m_machine.locals().withPhase(cells[cell], phase, extra);
    publish(cells, m_notes);
}

void MachineStep::change(Cells& cells, std::int32_t other, Phase phase) const
{
    const std::size_t cell = m_machine.actorCell(other);
    const std::int32_t extra = m_machine.locals().local(cells[cell]).extra;
    cells[cell] = m_machine.locals().withPhase(cells[cell], phase, extra);
}

void MachineStep::doneTogether(Cells cells, std::int32_t other, const Value& othersResult)
{
    const std::size_t cell = m_machine.actorCell(other);
    const StepResult result{
        StepResult::Kind::Done, m_machine.values().intern(othersResult), {}, {}};
    const std::vector<Resumed> all =
        m_machine.locals().resume(cells[cell], result, m_machine.surroundings(m_state, other));
    for (const Resumed& resumed : all) {
        Cells changed = cells;
        changed[cell] = resumed.local;
        done(std::move(changed));
    }
}

void MachineStep::say(Cells& cells, const std::string& text, bool isError)
{
    if (!m_machine.keepsHistory())
        return;
    Machine::Event event;
    event.isError = isError;
    event.actor = m_machine.identity(m_state, m_actor).name;
    event.value = m_machine.values().intern(Value::text(text));
    cells[Machine::kHistoryCell] = m_machine.appendHistory(cells[Machine::kHistoryCell], event);
}

void MachineStep::settle(Cells cells, const StepResult& result)
{
    const std::size_t cell = m_machine.actorCell(m_actor);
    const std::vector<Resumed> all =
        m_machine.locals().resume(cells[cell], result, m_machine.surroundings(cells, m_actor));
    for (const Resumed& resumed : all) {
        Cells after = cells;
        after[cell] = resumed.local;
        StepNotes notes = m_notes;
        notes.raised = resumed.raised;
        notes.spins = resumed.spins;
        notes.isProgress = notes.isProgress
            || m_machine.locals().local(resumed.local).state.status != ActorState::Status::Going;
        for (const Cell raised : resumed.raised) {
            if (!m_machine.keepsHistory())
                break;
            Machine::Event event;
            event.isLine = false;
            event.actor = m_machine.identity(m_state, m_actor).name;
            event.value = raised;
            after[Machine::kHistoryCell] =
                m_machine.appendHistory(after[Machine::kHistoryCell], event);
        }
        publish(after, notes);
    }
}

// Inside of `with atomic:` the actor goes on at once; what follows belongs to the same step.
void MachineStep::publish(const Cells& cells, const StepNotes& notes)
{
    static thread_local int depth = 0;
    const LocalState& local = m_machine.local(cells, m_actor);
    if (local.atomicDepth == 0 || local.state.status != ActorState::Status::Going) {
        m_list.add(cells, notes);
        return;
    }
    if (depth >= kMostAtomicSteps) {
        StepNotes endless = notes;
        endless.spins = true;
        m_list.add(cells, endless);
        return;
    }
    ++depth;
    MachineStep next(m_machine, cells, m_actor, m_list);
    next.m_notes = notes;
    next.m_notes.raised.clear();
    next.carryOut();
    --depth;
}

} // namespace heddle

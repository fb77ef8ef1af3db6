// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_step.h"

#include "engine/explore/machine_processes.h"
#include "engine/explore/machine_signals.h"
#include "engine/explore/machine_table.h"
#include "engine/model/program/refusals.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

constexpr int kMostAtomicSteps = 1'000; // in a row; more is a loop that gives nobody a turn

} // namespace

MachineStep::MachineStep(
    Machine& machine, std::span<const Cell> state, std::int32_t actor, StepList& list)
    : m_machine(machine)
    , m_state(state)
    , m_actor(actor)
    , m_list(list)
    , m_before(list.size())
    , m_facts(machine.facts(state, actor))
    , m_instruction(m_facts.next)
    , m_object(std::max(m_facts.object, -1))
{
}

const Value& MachineStep::value(Register number) const
{
    return registerValue(local().state, number);
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
        const LocalFacts& facts = m_machine.facts(m_state, other);
        const bool isAt = facts.phase == phase && !facts.spins && facts.object == object;
        const bool isHeldAt = std::any_of(facts.heldWaits.begin(), facts.heldWaits.end(),
            [&](const HeldWait& held) { return held.phase == phase && held.object == object; });
        if (other != m_actor && facts.isGoing() && (isAt || isHeldAt))
            others.push_back(other);
    }
    return others;
}

void MachineStep::carryOut()
{
    if (m_facts.spins) { // round its loop once more
        m_notes.spins = true;
        m_list.add(m_state, m_notes);
        return;
    }
    if (m_facts.phase == Phase::Pending) { // the timer's time has come
        if (mayTimeBeUp())
            fire();
        return;
    }
    if (m_facts.phase == Phase::Fresh)
        return begin();
    if (isHeldBackByBuffer())
        return;
    if (m_instruction->isTimed && m_instruction->limit != kNoRegister
        && !value(m_instruction->limit).is(ValueKind::Duration))
        return raises(kBadValue, kLimitNeedsDuration);
    if (m_facts.isInAtomic && m_facts.variable >= 0 && m_machine.m_blockLog != nullptr)
        m_machine.m_blockLog->push_back(m_machine.accessOf(m_facts));
    if (m_facts.object != LocalFacts::kNoSuchElement)
        return carryOutStep(*this);
    const ObjectDeclaration& declared =
        m_machine.code().objects[static_cast<std::size_t>(m_instruction->target)];
    raises(
        currentElement(m_machine.code(), local().state, declared.count, 0, declared.name).problem);
}

void MachineStep::fire()
{
    const std::size_t cell = m_machine.actorCell(m_actor);
    Cells cells = copy();
    stopClock(cells);
    if (m_machine.identity(m_state, m_actor).isAlarm) {
        ring(m_machine, cells, m_actor);
        return publish(std::move(cells), m_notes);
    }
    const Cell fresh = m_machine.locals().withPhase(cells[cell], Phase::Fresh, 0);
    cells[cell] = m_machine.beginRoutine(cells, m_actor, fresh);
    publish(std::move(cells), m_notes);
}

// What comes before the first visible operation belongs to the first step, unless others can tell.
void MachineStep::begin()
{
    const std::size_t cell = m_machine.actorCell(m_actor);
    Cells cells = copy();
    cells[cell] = m_machine.beginRoutine(m_state, m_actor, m_state[cell]);
    if (cells[cell] == m_state[cell])
        return settleSlowly(std::move(cells), {StepResult::Kind::Start, 0, {}, {}});
    m_machine.startClocks(cells);
    MachineStep(m_machine, cells, m_actor, m_list).carryOut();
}

// A processor with a store buffer waits for it before everything that synchronises.
bool MachineStep::isHeldBackByBuffer() const
{
    const StateLayout& layout = m_machine.layout();
    if (!layout.hasBuffers() || m_state[layout.bufferCell(m_actor)] == 0)
        return false;
    switch (m_instruction->operation) {
    case Operation::LoadShared:
    case Operation::StoreShared:
        return m_facts.variable >= 0
            && m_machine.code().shared[static_cast<std::size_t>(m_facts.variable)].isAtomic
            && m_instruction->operation == Operation::StoreShared;
    case Operation::AwaitUntil:
    case Operation::Compute:
    case Operation::Sleep:
    case Operation::Yield:
    case Operation::Say:
    case Operation::Progress:
    case Operation::Assert:
    case Operation::Choose:
        return false;
    default:
        return true;
    }
}

Evaluated MachineStep::evaluateCondition(std::vector<Value>* askedForEnds)
{
    return m_machine.evaluateCondition(m_state, m_actor, askedForEnds);
}

void MachineStep::doneWith(Cells cells, Cell result)
{
    const std::size_t cell = m_machine.actorCell(m_actor);
    const Cell after = m_machine.locals().knownAfter(cells[cell], StepResult::Kind::Done, result);
    if (after == LocalStore::kUnknown)
        return settleSlowly(std::move(cells), {StepResult::Kind::Done, result, {}, {}});
    const Cell before = std::exchange(cells[cell], after);
    stopClock(cells);
    resumeClock(cells, before);
    const bool wasProgress = m_notes.isProgress;
    m_notes.isProgress = wasProgress || !m_machine.locals().facts(after).isGoing();
    publish(std::move(cells), m_notes);
    m_notes.isProgress = wasProgress;
}

void MachineStep::decides(std::int64_t decision, const Value& result)
{
    m_notes.decisions.push_back(decision);
    done(copy(), result);
    m_notes.decisions.pop_back();
}

void MachineStep::raises(Cells cells, std::string_view exception, std::string text)
{
    settleSlowly(std::move(cells), {StepResult::Kind::Raised, 0, exception, std::move(text)});
}

void MachineStep::gaveUp(Cells cells)
{
    m_notes.timedOut = true;
    settleSlowly(std::move(cells), {StepResult::Kind::GaveUp, 0, {}, {}});
    m_notes.timedOut = false;
}

void MachineStep::failsAssertion(std::string text)
{
    m_notes.assertionFailed = true;
    m_notes.assertion = text;
    settleSlowly(copy(), {StepResult::Kind::AssertionFailed, 0, {}, std::move(text)});
}

void MachineStep::waits()
{
    if (m_instruction->isTimed && mayTimeBeUp())
        gaveUp(copy());
}

void MachineStep::moveTo(Cells cells, Phase phase, std::int32_t extra)
{
    const std::size_t cell = m_machine.actorCell(m_actor);
    cells[cell] = m_machine.locals().withPhase(cells[cell], phase, extra);
    publish(std::move(cells), m_notes);
}

void MachineStep::change(Cells& cells, std::int32_t other, Phase phase) const
{
    const std::size_t cell = m_machine.actorCell(other);
    cells[cell] = m_machine.locals().withWaitPhase(cells[cell], m_object, phase);
}

void MachineStep::doneTogether(const Cells& cells, std::int32_t other, const Value& othersResult)
{
    const std::size_t cell = m_machine.actorCell(other);
    const StepResult result{
        StepResult::Kind::Done, m_machine.values().intern(othersResult), {}, {}};
    for (const Resumed& resumed : m_machine.resume(cells, other, result)) {
        Cells changed = cells;
        changed[cell] = resumed.local;
        if (m_machine.layout().hasClocks())
            changed[m_machine.layout().clockCell(other)] = 0;
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
    event.handleName = m_machine.identity(m_state, m_actor).handleName;
    event.value = m_machine.values().intern(Value::text(text));
    cells[Machine::kHistoryCell] = m_machine.appendHistory(cells[Machine::kHistoryCell], event);
}

void MachineStep::stopClock(Cells& cells) const
{
    const StateLayout& layout = m_machine.layout();
    if (layout.hasClocks())
        cells[layout.clockCell(m_actor)] = 0;
}

void MachineStep::settleSlowly(Cells cells, const StepResult& result)
{
    stopClock(cells);
    const std::size_t cell = m_machine.actorCell(m_actor);
    for (const Resumed& resumed : m_machine.resume(cells, m_actor, result)) {
        Cells after = cells;
        after[cell] = resumed.local;
        resumeClock(after, cells[cell]);
        StepNotes notes = m_notes;
        notes.raised = resumed.raised;
        notes.decisions.insert(notes.decisions.end(), resumed.draws.begin(), resumed.draws.end());
        notes.spins = resumed.spins;
        notes.isProgress = notes.isProgress || !m_machine.locals().facts(resumed.local).isGoing();
        for (const Cell raised : resumed.raised) {
            if (!m_machine.keepsHistory())
                break;
            Machine::Event event;
            event.isLine = false;
            event.actor = m_machine.identity(m_state, m_actor).name;
            event.handleName = m_machine.identity(m_state, m_actor).handleName;
            event.value = raised;
            after[Machine::kHistoryCell] =
                m_machine.appendHistory(after[Machine::kHistoryCell], event);
        }
        publish(std::move(after), notes);
    }
}

// Inside of `with atomic:` the actor goes on at once; what follows belongs to the same step.
void MachineStep::publish(Cells cells, const StepNotes& notes)
{
    static thread_local int depth = 0;
    if (m_machine.layout().hasProcesses()) {
        settleProcesses(m_machine, cells);
        noteOverdue(cells, notes);
    }
    m_machine.startClocks(cells);
    const LocalFacts& facts = m_machine.facts(cells, m_actor);
    if (!facts.isGoing() && m_machine.layout().hasStaleReads())
        cells[m_machine.layout().staleReadCell(m_actor)] = 0;
    if (!facts.isInAtomic || !facts.isGoing()) {
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

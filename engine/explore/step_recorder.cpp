// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/step_recorder.h"

#include "engine/explore/hold_tracker.h"
#include "engine/explore/machine_processes.h"
#include "engine/model/program/catalogue.h"

#include <algorithm>

namespace heddle {

namespace {

std::size_t asIndex(std::int64_t number)
{
    return static_cast<std::size_t>(number);
}

bool hasOwner(PrimitiveKind kind)
{
    return kind == PrimitiveKind::Mutex || kind == PrimitiveKind::RecursiveMutex
        || kind == PrimitiveKind::ReadWriteLock;
}

bool hasLevel(PrimitiveKind kind)
{
    return kind == PrimitiveKind::Semaphore || kind == PrimitiveKind::Queue
        || kind == PrimitiveKind::Latch || kind == PrimitiveKind::Barrier
        || kind == PrimitiveKind::Pipe;
}

ActorKind declaredKind(const Code& code, std::int32_t actor)
{
    for (const ActorDeclaration& declared : code.actors)
        if (actor >= declared.first && actor < declared.first + declared.count)
            return declared.kind;
    return ActorKind::Thread;
}

/// How far a duration in a register goes; 0 for anything else.
std::uint64_t durationOf(const Value& value)
{
    return value.is(ValueKind::Duration) && value.number() > 0
        ? static_cast<std::uint64_t>(value.number())
        : 0;
}

} // namespace

StepRecorder::StepRecorder(Machine& machine, const WalkedPath& path, EventSink& sink)
    : m_machine(machine)
    , m_path(path)
    , m_sink(sink)
{
}

void StepRecorder::recordStart()
{
    const std::vector<Cell>& state = m_path.states.front();
    const Code& code = m_machine.code();
    for (std::size_t number = 0; number < code.actors.size(); ++number)
        for (std::int32_t element = 0; element < code.actors[number].count; ++element)
            if (code.actors[number].parameterCount == 0)
                define(state, code.actors[number].first + element);
    for (std::size_t number = 0; number < code.objects.size(); ++number) {
        const ObjectDeclaration& declared = code.objects[number];
        for (std::int32_t element = 0; element < declared.count; ++element) {
            const std::int32_t object = declared.first + element;
            m_sink.builder().defineObject(
                ObjectId{static_cast<std::uint32_t>(EventSink::idOf(object))}, declared.kind,
                code.objectName(static_cast<std::int32_t>(number), element));
            if (hasLevel(declared.kind))
                recordLevel(state, -1, object);
        }
    }
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        if (!m_machine.isStarted(state, actor))
            continue;
        define(state, actor);
        if (isThere(state, actor))
            start(state, actor);
    }
}

void StepRecorder::define(const std::vector<Cell>& state, std::int32_t actor)
{
    const ActorKind kind = m_machine.isStarted(state, actor)
        ? m_machine.identity(state, actor).kind
        : declaredKind(m_machine.code(), actor);
    m_sink.builder().defineActor(ActorId{static_cast<std::uint32_t>(EventSink::idOf(actor))}, kind,
        m_machine.actorName(state, actor));
}

// In the model, each actor is a thread of its own, whose number is that of the actor.
void StepRecorder::start(const std::vector<Cell>& state, std::int32_t actor)
{
    define(state, actor);
    m_sink.add(actor, EventKind::ActorStarted, 0, EventSink::idOf(actor));
    if (m_machine.local(state, actor).phase == Phase::Pending)
        m_sink.add(actor, EventKind::SleepBegan);
}

StepRecorder::Change StepRecorder::changeOf(std::size_t step) const
{
    const std::vector<Cell>& before = m_path.states[step - 1];
    const std::int32_t actor = m_path.schedule.steps[step - 1].actor;
    Change change{before, m_path.states[step], actor, m_path.notes[step - 1]};
    const bool isTimer = m_machine.local(before, actor).phase == Phase::Pending;
    if (!isTimer && !change.notes.isDrain && change.notes.delivered == 0)
        change.instruction = &m_machine.nextInstruction(before, actor);
    return change;
}

void StepRecorder::recordBegin(std::size_t step)
{
    const Change change = changeOf(step);
    if (change.instruction == nullptr)
        return;
    m_sink.setLine(change.actor, change.instruction->line);
    m_sink.add(change.actor, EventKind::StepBegan);
    const Value& length =
        registerValue(m_machine.local(change.before, change.actor).state, change.instruction->a);
    if (change.instruction->operation == Operation::Compute)
        m_sink.add(change.actor, EventKind::ComputeBegan, 0, durationOf(length));
    else if (change.instruction->operation == Operation::Sleep)
        m_sink.add(change.actor, EventKind::SleepBegan, 0, durationOf(length));
}

void StepRecorder::recordWork(std::size_t step)
{
    const Change change = changeOf(step);
    if (change.instruction != nullptr)
        recordOperation(change);
    else if (!change.notes.isDrain && change.notes.delivered == 0)
        m_sink.add(change.actor, EventKind::SleepEnded);
    if (m_machine.layout().hasProcesses())
        recordProcesses(change);
    for (std::int32_t object = 0; object < m_machine.code().objectCount(); ++object)
        recordObject(change, object);
    recordLines(change);
    for (const Cell raised : change.notes.raised)
        m_sink.add(change.actor, EventKind::Raised, 0,
            m_sink.name(errorName(m_machine.values().value(raised))));
    recordSections(change);
}

void StepRecorder::recordOperation(const Change& change)
{
    const std::uint64_t object = EventSink::idOf(m_machine.nextObject(change.before, change.actor));
    const PrimitiveKind kind = object == 0
        ? PrimitiveKind::None
        : m_machine.declarationOf(m_machine.nextObject(change.before, change.actor)).kind;
    switch (change.instruction->operation) {
    case Operation::Compute:
        return m_sink.add(change.actor, EventKind::ComputeEnded);
    case Operation::Sleep:
        return m_sink.add(change.actor, EventKind::SleepEnded);
    case Operation::Progress:
        return m_sink.add(change.actor, EventKind::Progressed);
    case Operation::Notify:
        if (change.notes.raised.empty())
            m_sink.add(change.actor, EventKind::Notified, object,
                countAt(
                    change.before, m_machine.nextObject(change.before, change.actor), Phase::Parked)
                    - countAt(change.after, m_machine.nextObject(change.before, change.actor),
                        Phase::Parked));
        return;
    case Operation::Set:
        return m_sink.add(change.actor, EventKind::WasSet, object);
    case Operation::Clear:
        if (kind == PrimitiveKind::Event)
            m_sink.add(change.actor, EventKind::WasCleared, object);
        return;
    default:
        return;
    }
}

void StepRecorder::recordObject(const Change& change, std::int32_t object)
{
    const PrimitiveKind kind = m_machine.declarationOf(object).kind;
    if (hasOwner(kind))
        recordOwner(change, object);
    if (kind == PrimitiveKind::Barrier)
        recordBarrier(change, object);
    const std::int64_t units = unitsTaken(m_machine, change.before, change.after, object);
    if (units != 0) {
        const bool isSemaphore = kind == PrimitiveKind::Semaphore;
        const std::int64_t amount = units < 0 ? -units : units;
        m_sink.add(change.actor, units > 0 ? EventKind::Has : EventKind::Released,
            EventSink::idOf(object),
            isSemaphore ? static_cast<std::uint64_t>(amount) : std::uint64_t{'r'});
    }
    if (hasLevel(kind) && levelOf(change.before, object) != levelOf(change.after, object))
        recordLevel(change.after, change.actor, object);
}

void StepRecorder::recordOwner(const Change& change, std::int32_t object)
{
    const std::size_t cell = m_machine.objectCell(object);
    const Cell before = change.before[cell];
    const Cell after = change.after[cell];
    if (before == after)
        return;
    const bool isReadWrite = m_machine.declarationOf(object).kind == PrimitiveKind::ReadWriteLock;
    const std::uint64_t mode = isReadWrite ? std::uint64_t{'w'} : 0;
    if (before != 0)
        m_sink.add(static_cast<std::int32_t>(before) - 1, EventKind::Released,
            EventSink::idOf(object), mode);
    if (after != 0)
        m_sink.add(
            static_cast<std::int32_t>(after) - 1, EventKind::Has, EventSink::idOf(object), mode);
}

void StepRecorder::recordBarrier(const Change& change, std::int32_t object)
{
    const std::size_t cell = m_machine.objectCell(object);
    if (change.before[cell] == 0 && change.after[cell] != 0)
        m_sink.add(change.actor, EventKind::BarrierBroken, EventSink::idOf(object));
    const bool isOwn = change.instruction != nullptr
        && change.instruction->operation == Operation::Arrive
        && m_machine.nextObject(change.before, change.actor) == object
        && m_machine.local(change.before, change.actor).phase == Phase::Ready;
    const bool isStillThere = m_machine.local(change.after, change.actor).phase == Phase::Meeting;
    if (isOwn && !isStillThere && change.notes.raised.empty() && !change.notes.timedOut)
        m_sink.add(change.actor, EventKind::BarrierTripped, EventSink::idOf(object));
}

std::size_t StepRecorder::countAt(
    const std::vector<Cell>& state, std::int32_t object, Phase phase) const
{
    std::size_t count = 0;
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        if (!m_machine.isStarted(state, actor) || !m_machine.isGoing(state, actor))
            continue;
        const LocalState& local = m_machine.local(state, actor);
        count += local.phase == phase && m_machine.nextObject(state, actor) == object ? 1U : 0U;
    }
    return count;
}

std::int64_t StepRecorder::levelOf(const std::vector<Cell>& state, std::int32_t object) const
{
    const Cell cell = state[m_machine.objectCell(object)];
    switch (m_machine.declarationOf(object).kind) {
    case PrimitiveKind::Queue:
        return static_cast<std::int64_t>(m_machine.values().value(cell).asList().size());
    case PrimitiveKind::Barrier:
        return static_cast<std::int64_t>(countAt(state, object, Phase::Meeting));
    case PrimitiveKind::Pipe:
        return bytesIn(m_machine, state, m_machine.layout().pipeOf(object));
    default:
        return cell;
    }
}

void StepRecorder::recordLevel(
    const std::vector<Cell>& state, std::int32_t actor, std::int32_t object)
{
    m_sink.add(actor, EventKind::Level, EventSink::idOf(object),
        static_cast<std::uint64_t>(levelOf(state, object)));
}

void StepRecorder::recordLines(const Change& change)
{
    if (change.before[Machine::kHistoryCell] == change.after[Machine::kHistoryCell])
        return;
    const auto isLine = [](const Machine::Event& event) { return event.isLine; };
    const std::vector<Machine::Event> history = m_machine.history(change.after);
    const auto lines =
        static_cast<std::uint64_t>(std::count_if(history.begin(), history.end(), isLine));
    while (m_lines < lines)
        m_sink.add(change.actor, EventKind::Said, ++m_lines);
}

// Sections are invisible: where one was left and entered again within a step, nothing shows.
void StepRecorder::recordSections(const Change& change)
{
    std::vector<std::int32_t>& entered = m_sections[change.actor];
    const std::vector<std::int32_t>& after = m_machine.local(change.after, change.actor).sections;
    const auto name = [this](std::int32_t section) {
        return m_sink.name(m_machine.code().sections[asIndex(section)]);
    };
    for (std::size_t i = entered.size(); i-- > 0;) {
        const std::int32_t section = entered[i];
        if (std::count(entered.begin(), entered.end(), section) <= after[asIndex(section)])
            continue;
        m_sink.add(change.actor, EventKind::SectionLeft, name(section));
        entered.erase(entered.begin() + static_cast<std::ptrdiff_t>(i));
    }
    for (std::size_t section = 0; section < after.size(); ++section) {
        const auto number = static_cast<std::int32_t>(section);
        while (std::count(entered.begin(), entered.end(), number) < after[section]) {
            m_sink.add(change.actor, EventKind::SectionEntered, name(number));
            entered.push_back(number);
        }
    }
}

std::string StepRecorder::errorName(const Value& exception) const
{
    return exception.number() == kAssertionFailure
        ? "assert"
        : m_machine.code().exceptions[asIndex(exception.number())];
}

/// Whether it has lines left, or is a process actor that stays for others; a stand-in comes and goes with
/// its handlers.
bool StepRecorder::isThere(const std::vector<Cell>& state, std::int32_t actor) const
{
    return m_machine.isGoing(state, actor)
        || (m_machine.layout().hasProcesses() && isLingering(m_machine, state, actor)
            && !m_machine.identity(state, actor).isStandIn);
}

void StepRecorder::recordLives(std::size_t step)
{
    const Change change = changeOf(step);
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        if (!m_machine.isStarted(change.after, actor))
            continue;
        const bool isNew = !m_machine.isStarted(change.before, actor);
        if (isNew)
            define(change.after, actor);
        const bool isMade = isNew && !m_machine.identity(change.after, actor).isStandIn;
        if (isMade) {
            m_sink.add(change.actor, EventKind::ActorCreated, EventSink::idOf(actor));
            start(change.after, actor);
        }
        const bool wasThere = isMade || (!isNew && isThere(change.before, actor));
        if (wasThere && !isThere(change.after, actor))
            recordEnd(change, actor);
    }
}

void StepRecorder::recordEnd(const Change& change, std::int32_t actor)
{
    const ActorState& ended = m_machine.local(change.after, actor).state;
    if (isProcess(m_machine, change.after, actor)) {
        const std::int32_t code = processRecord(m_machine, change.after, actor).exitCode;
        if (code < 0)
            return m_sink.add(actor, EventKind::ActorKilled, 0, static_cast<std::uint64_t>(-code));
        m_sink.add(actor, EventKind::ActorExited, 0, static_cast<std::uint64_t>(code));
    }
    if (ended.status == ActorState::Status::Failed)
        m_sink.add(actor, EventKind::ActorFailed, 0, m_sink.name(errorName(ended.outcome)));
    else
        m_sink.add(actor, EventKind::ActorFinished);
}

/// Signals sent, handlers that begin and end, and what went through pipes.
void StepRecorder::recordProcesses(const Change& change)
{
    const std::vector<HeldState>& before = m_machine.local(change.before, change.actor).held;
    const std::vector<HeldState>& after = m_machine.local(change.after, change.actor).held;
    std::vector<std::int32_t>& handled = m_handled[change.actor];
    if (after.size() > before.size() && change.notes.delivered != 0) {
        if (!isThere(change.before, change.actor))
            start(change.after, change.actor);
        handled.push_back(change.notes.delivered);
        m_sink.add(
            change.actor, EventKind::HandlerBegan, 0, static_cast<std::uint64_t>(handled.back()));
    }
    const bool isSend =
        change.instruction != nullptr && change.instruction->operation == Operation::Send;
    if (isSend && change.notes.raised.empty()) {
        const ActorState& sender = m_machine.local(change.before, change.actor).state;
        const std::int64_t to = registerValue(sender, change.instruction->a).number();
        m_sink.add(change.actor, EventKind::SignalSent,
            to < 0 ? 0 : EventSink::idOf(static_cast<std::int32_t>(to)),
            static_cast<std::uint64_t>(registerValue(sender, change.instruction->b).number()));
    }
    if (after.size() < before.size() && !handled.empty()) {
        m_sink.add(
            change.actor, EventKind::HandlerEnded, 0, static_cast<std::uint64_t>(handled.back()));
        handled.pop_back();
    }
    recordPipes(change);
}

void StepRecorder::recordPipes(const Change& change)
{
    if (change.instruction == nullptr)
        return;
    for (std::int32_t pipe = 0; pipe < m_machine.layout().pipeCount(); ++pipe) {
        const std::int64_t before = bytesIn(m_machine, change.before, pipe);
        const std::int64_t after = bytesIn(m_machine, change.after, pipe);
        const std::uint64_t object = EventSink::idOf(m_machine.layout().objectOfPipe(pipe));
        const Operation operation = change.instruction->operation;
        if (after < before && operation == Operation::Read)
            m_sink.add(change.actor, EventKind::BytesRead, object,
                static_cast<std::uint64_t>(before - after));
        else if (after > before)
            m_sink.add(change.actor, EventKind::BytesWritten, object,
                static_cast<std::uint64_t>(after - before));
    }
}

} // namespace heddle

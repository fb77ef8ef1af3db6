// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/wait_recorder.h"

namespace heddle {

namespace {

constexpr Cell kClosedBit = 1; // of a queue's second cell

bool isTaken(PrimitiveKind kind)
{
    return kind == PrimitiveKind::Mutex || kind == PrimitiveKind::RecursiveMutex
        || kind == PrimitiveKind::ReadWriteLock || kind == PrimitiveKind::Semaphore;
}

} // namespace

WaitRecorder::WaitRecorder(Machine& machine, const WalkedPath& path, EventSink& sink)
    : m_machine(machine)
    , m_path(path)
    , m_sink(sink)
{
    for (std::size_t step = 0; step < path.states.size(); ++step)
        m_waits.push_back(waitsIn(step));
}

WaitRecorder::Waits WaitRecorder::waitsIn(std::size_t step)
{
    Waits waits;
    const std::vector<Cell>& state = m_path.states[step];
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        const std::optional<WaitTarget> target = waitTargetOf(m_machine, state, actor);
        if (target && targetOf(*target) != 0)
            waits.emplace(actor, *target);
    }
    return waits;
}

std::uint64_t WaitRecorder::targetOf(const WaitTarget& wait)
{
    if (wait.object >= 0)
        return EventSink::idOf(wait.object);
    if (wait.what == WaitTarget::What::Actors && !wait.actors.empty())
        return EventSink::idOf(wait.actors.front()) | kActorFlag;
    return 0;
}

void WaitRecorder::recordBeginnings(std::size_t step)
{
    for (const auto& [actor, wait] : m_waits[step]) {
        if (step > 0) {
            const auto before = m_waits[step - 1].find(actor);
            if (before != m_waits[step - 1].end() && !isOver(step, actor, before->second))
                continue;
        }
        m_told.erase({actor, targetOf(wait)});
        m_sink.setLine(actor, m_machine.nextInstruction(m_path.states[step], actor).line);
        m_sink.add(actor, EventKind::StepBegan);
        m_sink.add(
            actor, EventKind::Wants, targetOf(wait), static_cast<std::uint64_t>(wait.shownAs));
    }
}

// Who has moved, by itself or in a common step, waits anew, even if for the same thing.
bool WaitRecorder::isOver(std::size_t step, std::int32_t actor, const WaitTarget& wait) const
{
    const auto after = m_waits[step].find(actor);
    const std::size_t cell = m_machine.actorCell(actor);
    const bool hasMoved = m_path.states[step - 1][cell] != m_path.states[step][cell]
        || m_path.schedule.steps[step - 1].actor == actor;
    return hasMoved || after == m_waits[step].end() || targetOf(after->second) != targetOf(wait);
}

void WaitRecorder::recordEnds(std::size_t step)
{
    for (const auto& [actor, wait] : m_waits[step - 1])
        if (isOver(step, actor, wait))
            recordEnd(step, actor, wait);
}

void WaitRecorder::recordEnd(std::size_t step, std::int32_t actor, const WaitTarget& wait)
{
    if (m_path.schedule.steps[step - 1].actor == actor)
        recordOwnEnd(step, wait);
    else
        recordOthersEnd(step, actor, wait);
}

// Only what a time limit, a spurious wake-up or a partner's own step ends.
void WaitRecorder::recordOwnEnd(std::size_t step, const WaitTarget& wait)
{
    const std::int32_t actor = m_path.schedule.steps[step - 1].actor;
    if (m_path.notes[step - 1].timedOut)
        m_sink.add(actor, EventKind::GaveUp, targetOf(wait),
            static_cast<std::uint64_t>(EndOfWait::TimedOut));
    else if (m_path.notes[step - 1].delivered != 0) // a handler runs; the wait goes on behind it
        m_sink.add(actor, EventKind::GaveUp, targetOf(wait),
            static_cast<std::uint64_t>(EndOfWait::NotTried));
    else
        has(actor, targetOf(wait));
}

void WaitRecorder::recordOthersEnd(std::size_t step, std::int32_t actor, const WaitTarget& wait)
{
    const std::uint64_t target = targetOf(wait);
    const auto giveUp = [&](EndOfWait why) {
        m_sink.add(actor, EventKind::GaveUp, target, static_cast<std::uint64_t>(why));
    };
    const std::vector<Cell>& after = m_path.states[step];
    if (after[Machine::kExitCell] != 0)
        return giveUp(EndOfWait::NotTried);
    if (wait.what == WaitTarget::What::Actors)
        return has(actor, target);
    if (wait.object < 0)
        return has(actor, target);
    const std::size_t cell = m_machine.objectCell(wait.object);
    const PrimitiveKind kind = m_machine.declarationOf(wait.object).kind;
    if (isTaken(kind)) {
        // It can be had again; whose it is will be said by who takes it.
        if (isLetGo(step, actor, wait.object))
            handOver(step, actor, wait.object);
        return giveUp(EndOfWait::NotTried);
    }
    handOver(step, actor, wait.object);
    if (kind == PrimitiveKind::Barrier && m_machine.local(after, actor).phase == Phase::Broken)
        return giveUp(EndOfWait::Broken);
    if (kind == PrimitiveKind::Queue && (after[cell + 1] & kClosedBit) != 0)
        return giveUp(EndOfWait::Closed);
    has(actor, target);
}

void WaitRecorder::handOver(std::size_t step, std::int32_t to, std::int32_t object)
{
    m_sink.add(m_path.schedule.steps[step - 1].actor, EventKind::HandedOver,
        EventSink::idOf(object), EventSink::idOf(to));
}

// Of several who could take what has been given back, the one who does is the one it went to.
bool WaitRecorder::isLetGo(std::size_t step, std::int32_t actor, std::int32_t object) const
{
    for (std::size_t later = step; later < m_path.stepCount(); ++later) {
        if (m_path.schedule.steps[later].actor == actor)
            return true;
        const auto wait = m_waits[later + 1].find(actor);
        if (wait != m_waits[later + 1].end() && wait->second.object == object)
            return false;
    }
    return true;
}

void WaitRecorder::has(std::int32_t actor, std::uint64_t target)
{
    m_sink.add(actor, EventKind::Has, target);
    m_told.emplace(actor, target);
}

void WaitRecorder::recordUncontended(std::size_t step)
{
    const std::vector<Cell>& before = m_path.states[step - 1];
    const std::int32_t actor = m_path.schedule.steps[step - 1].actor;
    const LocalState& local = m_machine.local(before, actor);
    const StepNotes& notes = m_path.notes[step - 1];
    const bool isDone = local.phase != Phase::Pending && notes.raised.empty() && !notes.timedOut;
    if (!isDone || notes.isDrain || notes.delivered != 0)
        return;
    const Instruction& instruction = m_machine.nextInstruction(before, actor);
    const std::int32_t object = m_machine.nextObject(before, actor);
    const auto tell = [&](std::uint64_t target) {
        if (m_told.erase({actor, target}) == 0)
            m_sink.add(actor, EventKind::Has, target);
    };
    const bool isStillThere = m_machine.local(m_path.states[step], actor).phase == Phase::Meeting;
    if (instruction.operation == Operation::Wait
        || (instruction.operation == Operation::Arrive && !isStillThere))
        return tell(EventSink::idOf(object));
    if (object >= 0)
        return;
    if (instruction.operation == Operation::JoinAll)
        for (const std::int64_t child : local.children)
            tell(EventSink::idOf(static_cast<std::int32_t>(child)) | kActorFlag);
    if (instruction.operation != Operation::Join)
        return;
    const Value& joined = registerValue(local.state, instruction.a);
    for (const Value& handle : joined.is(ValueKind::List) ? joined.asList() : ListValue{joined})
        tell(EventSink::idOf(static_cast<std::int32_t>(handle.number())) | kActorFlag);
}

} // namespace heddle

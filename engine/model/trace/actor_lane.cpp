// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/actor_lane.h"

#include "engine/base/text.h"

#include <algorithm>

namespace heddle {

namespace {

constexpr std::size_t kSignalsRemembered = 1024;

Slice sliceOf(State state, std::uint16_t line)
{
    Slice slice;
    slice.state = state;
    slice.line = line;
    return slice;
}

bool isWait(State state)
{
    return state >= State::WaitLock && state <= State::WaitSignal;
}

NameId nameOf(std::uint64_t value)
{
    return NameId{static_cast<std::uint32_t>(value)};
}

std::string_view wordOf(EndOfWait reason)
{
    switch (reason) {
    case EndOfWait::TimedOut:
        return "gave up: time was over";
    case EndOfWait::Cancelled:
        return "gave up: cancelled";
    case EndOfWait::Broken:
        return "gave up: it is broken";
    case EndOfWait::Closed:
        return "gave up: it is closed";
    case EndOfWait::Interrupted:
        return "gave up: interrupted";
    case EndOfWait::NotTried:
    case EndOfWait::PutAside:
        break;
    }
    return {};
}

} // namespace

ActorLane::ActorLane(TraceWriter& writer, ActorId actor, LaneId lane)
    : m_writer(writer)
    , m_actor(actor)
    , m_lane(lane)
    , m_activity(writer.addTrack(lane, TrackKind::Activity, 0))
{
}

std::uint16_t ActorLane::lineOf(const TraceEvent& event) const
{
    return event.line != 0 ? event.line : m_stepLine;
}

void ActorLane::take(const TraceEvent& event)
{
    auto time = static_cast<std::int64_t>(
        std::min<std::uint64_t>(event.time, static_cast<std::uint64_t>(TraceWriter::kLatest)));
    if (time < m_last) {
        // What is noticed from outside has a stamp that says nothing about the lane's own clock.
        if (event.kind != EventKind::Deadlocked && !isSeenFromOutside(event.kind))
            m_writer.mark(m_lane, m_last, "time ran backwards");
        time = m_last;
    }
    m_last = time;
    const auto kind = static_cast<unsigned>(event.kind);
    if (kind < 16)
        takeOfActor(event, time);
    else if (kind < 32)
        takeOfWaiting(event, time);
    else if (kind < 64)
        takeOfWork(event, time);
    else
        takeOfMoment(event, time);
}

/// Ends the open slice and begins the next; a piece of work without length is dropped.
void ActorLane::change(std::int64_t time, const Slice& next)
{
    if (m_isOpen && (time > m_open.begin || isWait(m_open.state))) {
        m_open.end = time;
        m_writer.addSlice(m_activity, m_open);
    }
    m_open = next;
    m_open.begin = time;
    m_isOpen = next.state != State::None;
    m_isPublished = false;
}

void ActorLane::takeOfActor(const TraceEvent& event, std::int64_t time)
{
    switch (event.kind) {
    case EventKind::ActorStarted:
        if (hasStarted())
            m_writer.mark(m_lane, time, "started twice");
        m_startedAt = hasStarted() ? m_startedAt : time;
        if (!m_isOpen)
            change(time, sliceOf(State::Running, lineOf(event)));
        break;
    case EventKind::StepBegan:
        m_stepLine = event.line;
        m_writer.addStep(m_lane, time, event.line);
        if (event.value != 0)
            m_writer.addOperation(m_lane,
                {time, static_cast<std::int32_t>(static_cast<std::uint32_t>(event.value) - 1U),
                    static_cast<std::uint32_t>(event.value >> 32U)});
        if (m_isOpen && m_open.line == 0) {
            m_open.line = event.line;
            m_isPublished = false;
        }
        break;
    case EventKind::ActorFinished:
    case EventKind::ActorFailed:
    case EventKind::ActorKilled:
    case EventKind::ActorExited:
        ended(event, time);
        break;
    case EventKind::Reaped:
        reaped(event, time);
        break;
    case EventKind::Orphaned:
        addMoment(Moment::Kind::Orphaned, event, nameOf(event.object), event.value);
        break;
    case EventKind::Stopped:
        addMoment(Moment::Kind::Stopped, event, {}, 0);
        break;
    case EventKind::Continued:
        addMoment(Moment::Kind::Continued, event, {}, 0);
        break;
    case EventKind::SignalGiven:
        addMoment(Moment::Kind::SignalGiven, event, {}, event.value);
        break;
    default:
        break;
    }
}

void ActorLane::ended(const TraceEvent& event, std::int64_t time)
{
    change(time, sliceOf(State::None, 0));
    m_waitsFor = 0;
    m_isComputing = false;
    closeSections(0, time);
    if (hasEnded())
        m_writer.mark(m_lane, time, "ended twice");
    m_endedAt = time;
    if (event.kind == EventKind::ActorFinished)
        addMoment(Moment::Kind::Finished, event, {}, 0);
    else if (event.kind == EventKind::ActorFailed)
        addMoment(Moment::Kind::Failed, event, nameOf(event.value), 0);
    else
        addMoment(
            event.kind == EventKind::ActorKilled ? Moment::Kind::Killed : Moment::Kind::Exited,
            event, {}, event.value);
    if (event.kind == EventKind::ActorKilled)
        rememberSignal(event.value, time);
    // It stays in the system's table until somebody asks how it ended.
    if (event.kind != EventKind::ActorFinished && event.kind != EventKind::ActorFailed
        && m_isProcess)
        change(time, sliceOf(State::Zombie, 0));
}

void ActorLane::reaped(const TraceEvent& event, std::int64_t time)
{
    if (m_isOpen && m_open.state == State::Zombie)
        change(time, sliceOf(State::None, 0));
    addMoment(Moment::Kind::Reaped, event, {}, 0);
}

void ActorLane::rememberSignal(std::uint64_t signal, std::int64_t time)
{
    if (m_takenSignals.size() >= kSignalsRemembered)
        m_takenSignals.erase(
            m_takenSignals.begin(), m_takenSignals.begin() + kSignalsRemembered / 2);
    m_takenSignals.push_back({signal, time});
}

std::optional<std::int64_t> ActorLane::tookSignal(std::uint64_t signal, std::int64_t time) const
{
    const auto found = std::find_if(m_takenSignals.begin(), m_takenSignals.end(),
        [&](const TakenSignal& taken) { return taken.signal == signal && taken.time >= time; });
    if (found == m_takenSignals.end())
        return std::nullopt;
    return found->time;
}

void ActorLane::takeOfWaiting(const TraceEvent& event, std::int64_t time)
{
    if (event.kind == EventKind::Has || event.kind == EventKind::GaveUp) {
        endWait(event, time);
        return;
    }
    if (event.kind != EventKind::Wants)
        return;
    if (m_waitsFor != 0)
        m_writer.mark(m_lane, time, "a wait began inside a wait");
    const bool isActor = (event.object & kActorFlag) != 0;
    auto state = event.value < kStateCount ? static_cast<State>(event.value) : State::None;
    if (!isWait(state))
        state = isActor ? State::WaitActor : State::WaitLock;
    Slice wait = sliceOf(state, lineOf(event));
    wait.argument = static_cast<std::uint32_t>(event.object);
    wait.argumentIsActor = isActor;
    m_waitsFor = event.object;
    change(time, wait);
}

void ActorLane::endWait(const TraceEvent& event, std::int64_t time)
{
    if (event.kind == EventKind::GaveUp
        && event.value <= static_cast<std::uint64_t>(EndOfWait::PutAside)) {
        const std::string_view word = wordOf(static_cast<EndOfWait>(event.value));
        if (!word.empty())
            addMoment(Moment::Kind::Marked, event, m_writer.ownName(word), event.object);
    }
    // Taking something without a wait, also while another wait lasts, changes nothing here.
    if (m_waitsFor == 0 || event.object != m_waitsFor)
        return;
    m_waitsFor = 0;
    change(time, sliceOf(m_isComputing ? State::Computing : State::Running, m_stepLine));
}

void ActorLane::resume(std::int64_t time, State from, bool matches, std::string_view complaint)
{
    if (!matches || (m_isOpen && m_open.state != from && m_waitsFor == 0)) {
        m_writer.mark(m_lane, time, complaint);
        return;
    }
    if (m_waitsFor == 0)
        change(time, sliceOf(State::Running, m_stepLine));
}

void ActorLane::takeOfWork(const TraceEvent& event, std::int64_t time)
{
    switch (event.kind) {
    case EventKind::SectionEntered:
    case EventKind::SliceBegan:
        enter(nameOf(event.object), lineOf(event), time);
        break;
    case EventKind::SectionLeft:
    case EventKind::SliceEnded:
        leave(nameOf(event.object), time);
        break;
    case EventKind::HandlerBegan:
        rememberSignal(event.value, time);
        enter(m_writer.ownName("on " + signalName(static_cast<int>(event.value))), lineOf(event),
            time);
        m_writer.addOperation(
            m_lane, {time, StepOperation::kHandlerBegan, static_cast<std::uint32_t>(event.value)});
        break;
    case EventKind::HandlerEnded:
        m_writer.addOperation(
            m_lane, {time, StepOperation::kHandlerEnded, static_cast<std::uint32_t>(event.value)});
        leave(m_writer.ownName("on " + signalName(static_cast<int>(event.value))), time);
        break;
    case EventKind::ComputeBegan:
        m_isComputing = true;
        if (m_waitsFor == 0)
            change(time, sliceOf(State::Computing, lineOf(event)));
        break;
    case EventKind::ComputeEnded:
        resume(time, State::Computing, m_isComputing, "a computation ended that had not begun");
        m_isComputing = false;
        break;
    case EventKind::SleepBegan:
        if (m_waitsFor == 0)
            change(time, sliceOf(State::WaitTime, lineOf(event)));
        else
            m_writer.mark(m_lane, time, "a sleep began inside a wait");
        break;
    case EventKind::SleepEnded:
        resume(time, State::WaitTime, m_isOpen, "a sleep ended that had not begun");
        break;
    default:
        break;
    }
}

void ActorLane::takeOfMoment(const TraceEvent& event, std::int64_t time)
{
    switch (event.kind) {
    case EventKind::Said:
        addMoment(Moment::Kind::Said, event, {}, event.object);
        break;
    case EventKind::Progressed:
        addMoment(Moment::Kind::Progressed, event, {}, 0);
        break;
    case EventKind::Raised:
        addMoment(Moment::Kind::Raised, event, nameOf(event.value), 0);
        break;
    case EventKind::Marked:
        addMoment(Moment::Kind::Marked, event, nameOf(event.object), event.value);
        break;
    case EventKind::Deadlocked:
        addMoment(Moment::Kind::Deadlocked, event, {}, event.object);
        break;
    case EventKind::SignalSent:
        addMoment(Moment::Kind::SignalSent, event, {}, event.value);
        break;
    case EventKind::BytesRead:
        addMoment(Moment::Kind::BytesRead, event, {}, event.value);
        break;
    case EventKind::BytesWritten:
        addMoment(Moment::Kind::BytesWritten, event, {}, event.value);
        break;
    default:
        m_writer.mark(m_lane, time, "an event of an unknown kind");
        break;
    }
}

void ActorLane::addMoment(
    Moment::Kind kind, const TraceEvent& event, NameId name, std::uint64_t argument)
{
    Moment moment;
    moment.time = m_last; // the event's own time, mended
    moment.kind = kind;
    moment.line = lineOf(event);
    moment.name = name;
    moment.argument = argument;
    m_writer.addMoment(m_lane, moment);
}

void ActorLane::publishOpen()
{
    if (m_isOpen)
        m_writer.setOpen(m_activity, m_open);
    else
        m_writer.clearOpen(m_activity);
    for (std::size_t depth = 0; depth < m_sectionTracks.size(); ++depth) {
        if (depth < m_sections.size())
            m_writer.setOpen(m_sectionTracks[depth], m_sections[depth].slice);
        else
            m_writer.clearOpen(m_sectionTracks[depth]);
    }
    m_isPublished = true;
}

void ActorLane::finish(std::int64_t end)
{
    const std::int64_t time = std::max(end, m_last);
    change(time, sliceOf(State::None, 0));
    closeSections(0, time);
    m_waitsFor = 0;
    publishOpen();
}

} // namespace heddle

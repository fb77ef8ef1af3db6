// SPDX-License-Identifier: Apache-2.0
#include "engine/run/supervision.h"

#include "engine/model/trace/kind_text.h"
#include "engine/processes/descendant_signal.h"
#include "engine/processes/process_group.h"
#include "engine/processes/process_time.h"
#include "engine/record/scheduler_watch.h"
#include "engine/run/source_line.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

namespace heddle {

namespace {

using std::chrono::milliseconds;

constexpr int kPaceMilliseconds = 20;
constexpr auto kLookPace = milliseconds(20);
constexpr auto kBetweenTermAndKill = milliseconds(200);
constexpr auto kGuardiansTime = milliseconds(1200);
constexpr auto kGraceAfterDeadlock = std::chrono::seconds(1);
constexpr std::size_t kReadBytes = std::size_t{256} * 1024;

const char* stateWord(ActorLife life)
{
    switch (life) {
    case ActorLife::Created:
        return "not started";
    case ActorLife::Running:
        return "running";
    case ActorLife::Waiting:
        return "waiting";
    case ActorLife::Ended:
        return "finished";
    }
    return "running";
}

} // namespace

Supervision::Supervision(const SupervisorOptions& options, std::shared_ptr<Session> session,
    std::shared_ptr<const Code> code, Guardian guardian, SupervisionLines lines)
    : m_options(options)
    , m_session(session)
    , m_guardian(std::move(guardian))
    , m_lines(std::move(lines))
    , m_feed(session, m_guardian.programPid())
    , m_watch(session, std::move(code), m_guardian.pid())
    , m_processes(
          std::move(session), m_guardian.pid(), m_guardian.programPid(), [this] { return ring(); })
{
}

Supervision::~Supervision() = default;

SupervisorMessage Supervision::run(TerminationSignals& termination)
{
    deliver(ProcessesMessage{m_guardian.pid(), m_guardian.programPid()});
    m_feed.start();
    m_releasedAt = monotonicNow();
    m_guardian.release();
    while (!m_guardian.isGone()) {
        waitForNews(termination);
        m_guardian.readNews();
        readChannel();
        if (m_lines.window)
            obeyWindow();
        if (termination.received() != 0 || (m_lines.isToStop && m_lines.isToStop()))
            beginEnd(RunRecord::End::Stopped);
        tick();
    }
    // The guardian has ended everything; if it was killed itself, the orphans have come here. After
    // that nobody can write to the channel any more.
    static_cast<void>(endDescendants(Deadline::after(milliseconds(500)), m_lines.spared));
    readRest();
    lookForOrphans();
    for (const pid_t orphan : m_processes.left())
        noteOrphansEnd({orphan, ExitStatus{0, SIGKILL}, {}});
    completeOutcomes();
    m_feed.finish();
    return lastWord();
}

void Supervision::readRest()
{
    for (const Deadline deadline = Deadline::after(std::chrono::seconds(1));
         m_isChannelOpen && !deadline.isOver();) {
        if (m_lines.window)
            m_lines.window->pump();
        readChannel();
    }
}

void Supervision::waitForNews(const TerminationSignals& termination)
{
    const bool isSlowed = m_lines.window && m_lines.window->isFull();
    const int channel = m_isChannelOpen && !isSlowed ? m_lines.channel.get() : -1;
    const int guardian = m_guardian.isGone() ? -1 : m_guardian.fd();
    const int signal = termination.received() == 0 ? termination.fd() : -1;
    const int window = m_lines.window && !m_reason ? m_lines.window->fd() : -1;
    const bool hasRest = m_lines.window && m_lines.window->hasRest();
    std::array<pollfd, 4> descriptors{{{channel, POLLIN, 0}, {guardian, POLLIN, 0},
        {signal, POLLIN, 0}, {window, static_cast<short>(hasRest ? POLLIN | POLLOUT : POLLIN), 0}}};
    static_cast<void>(::poll(descriptors.data(), descriptors.size(), kPaceMilliseconds));
}

void Supervision::readChannel()
{
    // While the window is slow the program waits; what it has left behind is taken in any case.
    if (!m_isChannelOpen || (m_lines.window && m_lines.window->isFull() && !m_guardian.isGone()))
        return;
    std::array<char, std::size_t{64} * 1024> bytes;
    for (std::size_t total = 0; total < kReadBytes;) {
        const ssize_t count =
            ::recv(m_lines.channel.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (count < 0 && (errno == EAGAIN || errno == EINTR))
            break;
        if (count <= 0) {
            m_isChannelOpen = false;
            break;
        }
        m_reader.append(m_pieces.take({bytes.data(), static_cast<std::size_t>(count)}));
        total += static_cast<std::size_t>(count);
    }
    takeMessages();
    if (m_lines.recorder)
        m_lines.recorder->flush();
}

void Supervision::takeMessages()
{
    while (true) {
        Result<std::optional<RunMessage>> message = m_reader.next();
        if (!message) {
            m_problem = "The program process wrote over its line to the supervisor.";
            m_isChannelOpen = false;
            return beginEnd(RunRecord::End::Crashed);
        }
        if (!*message)
            return;
        deliver(std::move(**message));
    }
}

void Supervision::deliver(RunMessage message)
{
    if (const auto* started = std::get_if<StartedMessage>(&message))
        m_started = *started;
    if (const auto* ended = std::get_if<EndedMessage>(&message))
        m_ended = *ended;
    if (const auto* outcome = std::get_if<ActorOutcome>(&message))
        m_haveOutcome.insert(outcome->name);
    if (const auto* departure = std::get_if<DepartureMessage>(&message)) {
        m_hasDeparted = true;
        m_problem = departure->problem;
    }
    if (m_lines.recorder)
        m_lines.recorder->take(std::move(message));
    else
        m_lines.window->send(message);
}

void Supervision::obeyWindow()
{
    m_lines.window->pump();
    if (m_reason)
        return;
    for (const ControlWish& wish : m_lines.window->wishes()) {
        switch (wish.message) {
        case ControlMessage::Stop:
            beginEnd(RunRecord::End::Stopped);
            break;
        case ControlMessage::Pause:
            setPaused(true);
            break;
        case ControlMessage::Resume:
            setPaused(false);
            break;
        case ControlMessage::Signal:
            sendSignal(wish);
            break;
        }
    }
}

// One that is not the program's, or has just ended, gets nothing, and has no lane that says so.
void Supervision::sendSignal(const ControlWish& wish)
{
    const pid_t process = wish.process == 0 ? programPid() : static_cast<pid_t>(wish.process);
    m_processes.noteSignal(process, wish.signal); // before its handler begins
    static_cast<void>(signalDescendant(process, wish.signal, m_guardian.pid()));
}

void Supervision::setPaused(bool isPaused)
{
    if (isPaused == m_pausedSince.has_value())
        return;
    m_guardian.signalProgram(isPaused ? SIGSTOP : SIGCONT);
    if (isPaused) {
        m_pausedSince = monotonicNow();
    } else {
        m_paused += monotonicNow() - *m_pausedSince;
        m_pausedSince.reset();
    }
}

nanoseconds Supervision::runningTime() const
{
    const nanoseconds now = m_pausedSince.value_or(monotonicNow());
    return now - m_releasedAt - m_paused;
}

void Supervision::tick()
{
    const nanoseconds now = monotonicNow();
    // Somebody may have stopped the guardian: what it guards comes here then.
    if (m_reason && !m_guardian.isGone() && now - m_endingSince > kGuardiansTime)
        static_cast<void>(m_guardian.endEverything(Deadline::after(nanoseconds(0))));
    if (m_guardian.programStatus() || m_guardian.isGone())
        return; // the guardian ends what is left of it
    if (m_reason) {
        if (now - m_endingSince > kBetweenTermAndKill) {
            m_guardian.signalProgram(SIGKILL);
            m_guardian.requestEnd();
        }
        return;
    }
    if (m_pausedSince)
        return;
    if (m_options.run.timeLimit && runningTime() >= *m_options.run.timeLimit)
        return beginEnd(RunRecord::End::TimedOut);
    if (now - m_lastLook >= kLookPace) {
        m_lastLook = now;
        lookForOrphans();
        lookForDeadlocks();
    }
    const bool isHopeless = m_watch.isEverybodyStuck();
    if (m_options.endOnDeadlock && m_deadlockSince
        && (isHopeless || now - *m_deadlockSince > kGraceAfterDeadlock))
        beginEnd(RunRecord::End::Deadlocked);
}

void Supervision::lookForDeadlocks()
{
    for (FoundDeadlock& found : m_watch.look()) {
        if (!m_deadlockSince)
            m_deadlockSince = monotonicNow();
        recordDeadlock(found);
        deliver(std::move(found.report));
    }
}

void Supervision::recordDeadlock(const FoundDeadlock& found)
{
    RingWriter* marks = ring();
    if (marks == nullptr)
        return; // the report tells of it all the same
    TraceEvent event;
    event.kind = EventKind::Deadlocked;
    event.object = found.actors.size();
    for (std::size_t index = 0; index < found.actors.size(); ++index) {
        event.lane = found.actors[index].value;
        event.line = recordedLine(found.report.links[index].line);
        static_cast<void>(marks->append(event)); // a full ring counts it
    }
}

RingWriter* Supervision::ring()
{
    if (!m_ring) {
        Result<RingWriter> ring = RingWriter::take(m_session);
        if (!ring)
            return nullptr;
        m_ring.emplace(*std::move(ring));
    }
    return &*m_ring;
}

void Supervision::lookForOrphans()
{
    if (!m_guardian.isGone())
        m_processes.look();
    for (const Guardian::EndedOrphan& orphan : m_guardian.takeEndedOrphans())
        noteOrphansEnd(orphan);
}

void Supervision::noteOrphansEnd(const Guardian::EndedOrphan& orphan)
{
    const std::optional<ActorWait> actor = m_processes.noteEnd(orphan.process, orphan.status);
    if (!actor)
        return;
    const int code = orphan.status.returnCode();
    deliver(finishedProcess(actor->name, actor->kind, code, orphan.processorTime.count()));
    deliver(ExitMessage{actor->name, code});
}

void Supervision::beginEnd(RunRecord::End reason)
{
    if (m_reason || m_guardian.programStatus())
        return;
    const bool isStuck = m_deadlockSince && reason == RunRecord::End::Stopped;
    m_reason = isStuck ? RunRecord::End::Deadlocked : reason;
    m_endingSince = monotonicNow();
    m_lastMoment = m_session->now();
    completeOutcomes();
    m_guardian.signalProgram(SIGTERM);
    if (m_pausedSince)
        m_guardian.signalProgram(SIGCONT); // a stopped process does not see the other one
}

nanoseconds Supervision::processorTimeSoFar(const ActorWait& actor) const
{
    const pid_t process = actor.process != 0 ? static_cast<pid_t>(actor.process) : programPid();
    if (actor.kind == ActorKind::Process || actor.kind == ActorKind::Command)
        return processorTimeOf(process).value_or(nanoseconds(0));
    const auto time = readProcessorTime(process, static_cast<pid_t>(actor.nativeThread));
    return nanoseconds(time ? time->runningNanoseconds : 0);
}

// How those stand who never said so: the program is about to be killed, or has crashed.
void Supervision::completeOutcomes()
{
    for (const ActorWait& actor : readActorWaits(*m_session)) {
        if (m_haveOutcome.count(actor.name) != 0 || actor.life == ActorLife::Ended)
            continue;
        ActorOutcome outcome;
        outcome.name = actor.name;
        outcome.kind = toText(actor.kind);
        outcome.state = stateWord(actor.life);
        outcome.cpuNanoseconds = processorTimeSoFar(actor).count();
        deliver(std::move(outcome));
    }
}

SupervisorMessage Supervision::lastWord() const
{
    SupervisorMessage word;
    const std::optional<ExitStatus> status = m_guardian.programStatus();
    const std::int64_t begin = m_started ? m_started->time : 0;
    const std::int64_t end = m_ended ? m_ended->time
        : m_lastMoment != 0          ? m_lastMoment
                                     : m_session->now();
    word.nanoseconds = end - begin;
    word.exitCode = status ? status->returnCode() : -SIGKILL;
    word.problem = m_problem;
    word.schedulerData = m_feed.sayWhat();
    if (m_hasDeparted) {
        word.end = m_started ? RunRecord::End::Crashed : RunRecord::End::Refused;
    } else if (m_reason) {
        word.end = *m_reason;
    } else if (m_ended) {
        word.end = RunRecord::End::Ended;
    } else if (!status) {
        word.end = RunRecord::End::Crashed;
        word.problem = "The process that guards the program was killed, and the program with it.";
    } else if (status->signal != 0) {
        word.end = RunRecord::End::Crashed;
        word.problem = "The program process was ended by " + status->text() + ".";
    } else {
        word.end = m_started ? RunRecord::End::Crashed : RunRecord::End::Refused;
        word.problem =
            "The program process left with " + status->text() + " before the program was over.";
    }
    return word;
}

} // namespace heddle

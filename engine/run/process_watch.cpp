// SPDX-License-Identifier: Apache-2.0
#include "engine/run/process_watch.h"

#include "engine/processes/process_folder.h"
#include "engine/record/definition_writer.h"
#include "engine/run/recorded_end.h"

#include <algorithm>
#include <string>
#include <utility>

namespace heddle {

namespace {

TraceEvent eventOf(const ActorWait& actor, EventKind kind)
{
    TraceEvent event;
    event.lane = actor.actor.value;
    event.kind = kind;
    return event;
}

} // namespace

ProcessWatch::ProcessWatch(
    std::shared_ptr<Session> session, pid_t guardian, pid_t program, Ring ring)
    : m_session(std::move(session))
    , m_guardian(guardian)
    , m_program(program)
    , m_ring(std::move(ring))
{
}

std::vector<ActorWait> ProcessWatch::processActors() const
{
    std::vector<ActorWait> actors = readActorWaits(*m_session);
    std::erase_if(actors, [this](const ActorWait& actor) {
        const bool isProcess = actor.kind == ActorKind::Process || actor.kind == ActorKind::Command;
        return !isProcess || actor.process == 0 || static_cast<pid_t>(actor.process) == m_program;
    });
    return actors;
}

/// The actor whose lane stands for the program's own process.
bool ProcessWatch::isMainOfProgram(const ActorWait& actor) const
{
    return actor.kind == ActorKind::Thread && static_cast<pid_t>(actor.process) == m_program
        && static_cast<pid_t>(actor.nativeThread) == m_program;
}

std::vector<ActorWait> ProcessWatch::livingProcesses() const
{
    std::vector<ActorWait> actors = readActorWaits(*m_session);
    std::erase_if(actors, [this](const ActorWait& actor) {
        const bool isProcess = actor.kind == ActorKind::Process || actor.kind == ActorKind::Command;
        return actor.life == ActorLife::Ended || actor.process == 0
            || (!isProcess && !isMainOfProgram(actor));
    });
    return actors;
}

void ProcessWatch::look()
{
    for (const ActorWait& actor : livingProcesses()) {
        const ProcessStat stat = readStat("/proc/" + std::to_string(actor.process));
        if (stat.parent == m_guardian && !isMainOfProgram(actor))
            noteOrphan(actor);
        if (stat.state != 0)
            noteStop(actor, stat.state == 'T');
    }
}

void ProcessWatch::noteStop(const ActorWait& actor, bool isStopped)
{
    if (isStopped == (m_stopped.count(actor.actor) != 0))
        return;
    if (isStopped)
        m_stopped.insert(actor.actor);
    else
        m_stopped.erase(actor.actor);
    record(eventOf(actor, isStopped ? EventKind::Stopped : EventKind::Continued));
}

void ProcessWatch::noteSignal(pid_t process, int signal)
{
    for (const ActorWait& actor : livingProcesses()) {
        if (static_cast<pid_t>(actor.process) != process)
            continue;
        TraceEvent event = eventOf(actor, EventKind::SignalGiven);
        event.value = static_cast<std::uint64_t>(signal);
        record(event);
    }
}

void ProcessWatch::noteOrphan(const ActorWait& actor)
{
    if (!m_orphans.insert(actor.actor).second)
        return;
    TraceEvent event = eventOf(actor, EventKind::Orphaned);
    event.object = actor.creator.value;
    event.value = actor.process;
    record(event);
}

void ProcessWatch::record(const TraceEvent& event) const
{
    if (RingWriter* ring = m_ring())
        static_cast<void>(ring->append(event)); // a full ring counts it
}

std::optional<ActorWait> ProcessWatch::noteEnd(pid_t process, ExitStatus status)
{
    const std::vector<ActorWait> actors = processActors();
    const auto found = std::find_if(actors.rbegin(), actors.rend(),
        [&](const ActorWait& actor) { return static_cast<pid_t>(actor.process) == process; });
    if (found == actors.rend())
        return std::nullopt;
    const bool isNew = found->life != ActorLife::Ended;
    if (isNew) {
        noteOrphan(*found);
        const RecordedEnd end = recordedEnd(status);
        TraceEvent event = eventOf(*found, end.kind);
        event.value = end.value;
        record(event);
        writeActorEnd(*m_session, found->actor, status.returnCode());
    }
    record(eventOf(*found, EventKind::Reaped));
    m_reaped.insert(found->actor);
    return isNew ? std::optional(*found) : std::nullopt;
}

std::vector<pid_t> ProcessWatch::left() const
{
    std::vector<pid_t> processes;
    for (const ActorWait& actor : processActors())
        if (m_orphans.count(actor.actor) != 0 && m_reaped.count(actor.actor) == 0)
            processes.push_back(static_cast<pid_t>(actor.process));
    return processes;
}

} // namespace heddle

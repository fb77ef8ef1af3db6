// SPDX-License-Identifier: Apache-2.0
#include "engine/run/deadlock_watch.h"

#include "engine/run/code_needs.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

constexpr std::int64_t kAlarmSlack = 200'000'000; ///< nanoseconds the system may take to send it

} // namespace

DeadlockWatch::DeadlockWatch(
    std::shared_ptr<const Session> session, std::shared_ptr<const Code> code, pid_t guardian)
    : m_session(std::move(session))
    , m_code(std::move(code))
    , m_guardian(guardian)
    , m_hasSignals(sendsOrHandlesSignals(*m_code))
    , m_pipes(m_session, m_code, guardian)
    , m_search(m_code)
{
}

std::vector<FoundDeadlock> DeadlockWatch::look()
{
    m_actors = LiveActors(*m_session, *m_code);
    m_pipes.look(m_actors);
    findStuck();
    m_pipes.rest(m_actors);
    m_pipes.keepConfirmed();
    keepConfirmed();
    findStuck(); // who is not confirmed may still move
    m_isEverybodyStuck = m_actors.isAnybodyStuck()
        && std::all_of(m_actors.all().begin(), m_actors.all().end(),
            [this](const LiveActor& actor) { return actor.isStuck || isIdleDaemon(actor); });
    return m_actors.isAnybodyStuck() ? findNew() : std::vector<FoundDeadlock>();
}

void DeadlockWatch::findStuck()
{
    if (isAlarmToCome())
        for (LiveActor& actor : m_actors.all())
            actor.isStuck = false;
    m_search.narrow(m_actors, m_pipes);
}

bool DeadlockWatch::isAlarmToCome() const
{
    return m_actors.lastAlarm() != 0 && m_session->now() < m_actors.lastAlarm() + kAlarmSlack;
}

// Who was stuck at the last look too and has not moved since stays; everybody else is for later.
void DeadlockWatch::keepConfirmed()
{
    std::map<ActorId, std::uint32_t> stuckNow;
    for (LiveActor& actor : m_actors.all()) {
        if (!actor.isStuck)
            continue;
        stuckNow.emplace(actor.wait.actor, actor.wait.epoch);
        const auto before = m_stuckBefore.find(actor.wait.actor);
        const bool isSame = before != m_stuckBefore.end() && before->second == actor.wait.epoch;
        actor.isStuck = isSame && isAsleep(actor);
    }
    m_stuckBefore = std::move(stuckNow);
}

// The main thread may have no actor, and be on its way to a handler that nobody has seen yet.
bool DeadlockWatch::isAsleep(const LiveActor& actor) const
{
    if (m_guardian == 0 || actor.isCommand())
        return true;
    const pid_t process = actor.process();
    return isThreadAsleep(process, static_cast<pid_t>(actor.wait.nativeThread))
        && (!m_hasSignals || isThreadAsleep(process, process));
}

// Whoever looks at the program may still send it a signal, so it is not stuck; but nobody waits for its end.
bool DeadlockWatch::isIdleDaemon(const LiveActor& actor) const
{
    const bool waitsForSignal = actor.wait.waiting && !actor.wait.hasLimit && actor.wait.object
        && actor.objectDeclaration < 0 && actor.object.kind == PrimitiveKind::Event;
    return actor.isDaemon() && waitsForSignal && !m_search.maySignalReach(actor, m_actors)
        && isAsleep(actor);
}

std::vector<FoundDeadlock> DeadlockWatch::findNew()
{
    std::vector<FoundDeadlock> found;
    const WaitChains chains(m_actors, m_pipes, m_search);
    const std::vector<LiveActor>& actors = m_actors.all();
    for (std::size_t index = 0; index < actors.size(); ++index) {
        if (!actors[index].isStuck || isReported(actors[index]))
            continue;
        const std::vector<std::size_t> cycle = chains.shortestCycleFrom(
            index, [&](std::size_t place) { return isReported(actors[place]); });
        if (!cycle.empty() && doesMatter(cycle))
            found.push_back(reportOf(cycle, true));
    }
    const bool anyReported = std::any_of(actors.begin(), actors.end(),
        [this](const LiveActor& actor) { return m_reported.count(actor.wait.actor) != 0; });
    std::vector<std::size_t> all;
    for (std::size_t index = 0; index < actors.size(); ++index)
        if (actors[index].isStuck)
            all.push_back(index);
    if (m_isEverybodyStuck && !anyReported && doesMatter(all))
        found.push_back(reportOf(all, false));
    return found;
}

bool DeadlockWatch::doesMatter(const std::vector<std::size_t>& members) const
{
    return std::any_of(members.begin(), members.end(),
        [this](std::size_t index) { return !m_actors.all()[index].isDaemon(); });
}

bool DeadlockWatch::isReported(const LiveActor& actor) const
{
    const auto reported = m_reported.find(actor.wait.actor);
    return reported != m_reported.end() && reported->second == actor.wait.epoch;
}

FoundDeadlock DeadlockWatch::reportOf(const std::vector<std::size_t>& members, bool isCycle)
{
    FoundDeadlock found;
    found.report.isCycle = isCycle;
    for (std::size_t position = 0; position < members.size(); ++position) {
        const LiveActor& actor = m_actors.all()[members[position]];
        const LiveActor& next = m_actors.all()[members[(position + 1) % members.size()]];
        found.report.links.push_back(linkOf(actor, isCycle ? &next : nullptr));
        found.report.time = std::max(found.report.time, actor.wait.sinceNanoseconds);
        found.actors.push_back(actor.wait.actor);
        m_reported[actor.wait.actor] = actor.wait.epoch;
    }
    return found;
}

DeadlockReport::Link DeadlockWatch::linkOf(const LiveActor& actor, const LiveActor* next) const
{
    DeadlockReport::Link link;
    link.actor = actor.wait.name;
    link.waitsFor =
        actor.wait.awaited ? readActorName(*m_session, actor.wait.awaited) : actor.object.name;
    link.heldBy = next != nullptr ? next->wait.name : std::string();
    link.line = actor.wait.line;
    const std::optional<PipeWait> pipe = m_pipes.waitOf(actor);
    if (!pipe)
        return link;
    link.waitsFor = pipe->name;
    link.end = pipe->isReading ? DeadlockReport::PipeEnd::Writer : DeadlockReport::PipeEnd::Reader;
    if (next == nullptr)
        link.heldBy = m_pipes.holdersText(*pipe, m_actors);
    return link;
}

} // namespace heddle

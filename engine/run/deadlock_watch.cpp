// SPDX-License-Identifier: Apache-2.0
#include "engine/run/deadlock_watch.h"

#include "engine/run/code_needs.h"

#include <algorithm>
#include <deque>
#include <numeric>
#include <utility>

namespace heddle {

namespace {

constexpr std::int64_t kAlarmSlack = 200'000'000; ///< nanoseconds the system may take to send it

std::string withoutElement(const std::string& name)
{
    return name.substr(0, name.find('['));
}

bool isExclusive(PrimitiveKind kind)
{
    return kind == PrimitiveKind::Mutex || kind == PrimitiveKind::RecursiveMutex;
}

} // namespace

DeadlockWatch::DeadlockWatch(
    std::shared_ptr<const Session> session, std::shared_ptr<const Code> code, pid_t guardian)
    : m_session(std::move(session))
    , m_code(std::move(code))
    , m_guardian(guardian)
    , m_hasSignals(sendsOrHandlesSignals(*m_code))
    , m_reach(m_code)
    , m_signalReach(*m_code)
{
}

std::vector<FoundDeadlock> DeadlockWatch::look()
{
    takeSnapshot();
    takePictures();
    findStuck();
    restFromPictures();
    keepConfirmed();
    findStuck(); // who is not confirmed may still move
    std::vector<FoundDeadlock> found;
    m_isEverybodyStuck = !m_actors.empty()
        && std::all_of(
            m_actors.begin(), m_actors.end(), [](const Actor& actor) { return actor.isStuck; });
    if (std::none_of(
            m_actors.begin(), m_actors.end(), [](const Actor& actor) { return actor.isStuck; }))
        return found;
    for (Actor& actor : m_actors)
        findBlockers(actor);
    addCycles(found);
    const bool anyReported = std::any_of(m_actors.begin(), m_actors.end(),
        [this](const Actor& actor) { return m_reported.count(actor.wait.actor) != 0; });
    std::vector<std::size_t> all(m_actors.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    if (m_isEverybodyStuck && !anyReported && doesMatter(all))
        found.push_back(reportOf(all, false));
    return found;
}

bool DeadlockWatch::doesMatter(const std::vector<std::size_t>& members) const
{
    return std::any_of(members.begin(), members.end(),
        [this](std::size_t index) { return !m_actors[index].isDaemon; });
}

void DeadlockWatch::takeSnapshot()
{
    m_actors.clear();
    m_places.clear();
    m_notStarted.clear();
    m_processNames.clear();
    m_lastAlarm = 0;
    for (ActorWait& wait : readActorWaits(*m_session)) {
        m_lastAlarm = std::max(m_lastAlarm, wait.alarmNanoseconds);
        nameProcess(wait);
        const bool isOnItsWay = wait.life == ActorLife::Created && wait.process != 0;
        if (wait.life == ActorLife::Created && !isOnItsWay)
            m_notStarted.insert(wait.actor);
        if (wait.life != ActorLife::Running && wait.life != ActorLife::Waiting && !isOnItsWay)
            continue; // ended, or declared and never started
        Actor actor;
        actor.wait = std::move(wait);
        describe(actor);
        m_places.emplace(actor.wait.actor, m_actors.size());
        m_actors.push_back(std::move(actor));
    }
}

void DeadlockWatch::describe(Actor& actor)
{
    if (const ActorDeclaration* declaration = actorDeclaration(actor.wait.name)) {
        actor.ownRoutine = declaration->routine;
        actor.isDaemon = declaration->isDaemon;
    }
    const bool isWaiting =
        actor.wait.waiting && !actor.wait.hasLimit && (actor.wait.object || actor.wait.awaited);
    actor.isStuck = isWaiting || actor.isCommand();
    if (isWaiting && actor.wait.object) {
        actor.object = readObject(*m_session, actor.wait.object);
        actor.declaration = objectDeclaration(actor.object);
    }
}

bool DeadlockWatch::isAlarmToCome() const
{
    return m_lastAlarm != 0 && m_session->now() < m_lastAlarm + kAlarmSlack;
}

void DeadlockWatch::findStuck()
{
    if (isAlarmToCome())
        for (Actor& actor : m_actors)
            actor.isStuck = false;
    for (bool isChanged = true; isChanged;) {
        isChanged =
            m_processes.takeOutMoving([this](pid_t process) { return isProcessStuck(process); });
        lookForSenders();
        const WakeMasks outside = reachableOutside();
        for (Actor& actor : m_actors) {
            if (actor.isStuck && canBeEnded(actor, outside)) {
                actor.isStuck = false;
                isChanged = true;
            }
        }
    }
}

WakeMasks DeadlockWatch::reachableOutside()
{
    WakeMasks all(m_code->objects.size(), 0);
    for (const Actor& actor : m_actors) {
        if (actor.isStuck)
            continue;
        const WakeMasks own = reachOf(actor);
        for (std::size_t index = 0; index < all.size(); ++index)
            all[index] |= own[index];
    }
    return all;
}

WakeMasks DeadlockWatch::reachOf(const Actor& actor)
{
    WakeMasks masks = m_reach.from(actor.wait.programCounter, actor.ownRoutine);
    if (actor.wait.programCounter != 0)
        return masks;
    // It may not have come to its first step yet: then it has everything of its own before it.
    const auto routine = static_cast<std::size_t>(actor.ownRoutine);
    const bool hasRoutine = actor.ownRoutine >= 0 && routine < m_code->routines.size();
    const WakeMasks& ahead = actor.wait.kind == ActorKind::Timer ? m_reach.ofTimers()
        : hasRoutine ? m_reach.from(m_code->routines[routine].entry, actor.ownRoutine)
                     : m_reach.from(-1, -1);
    for (std::size_t index = 0; index < masks.size(); ++index)
        masks[index] |= ahead[index];
    return masks;
}

std::optional<ActorId> DeadlockWatch::exclusiveHolder(const Actor& actor) const
{
    if (!actor.wait.object)
        return std::nullopt;
    const bool hasHolder = static_cast<bool>(actor.object.holder);
    if (isExclusive(actor.object.kind)
        || (actor.object.kind == PrimitiveKind::ReadWriteLock && hasHolder))
        return actor.object.holder;
    return std::nullopt;
}

const DeadlockWatch::Actor* DeadlockWatch::live(ActorId id) const
{
    const auto place = m_places.find(id);
    return place == m_places.end() ? nullptr : &m_actors[place->second];
}

bool DeadlockWatch::canBeEnded(const Actor& actor, const WakeMasks& outside) const
{
    if (actor.isCommand())
        return !m_processes.isBlocked(actor.process());
    if (canSignalReach(actor))
        return true;
    if (actor.wait.awaited) {
        if (m_notStarted.count(actor.wait.awaited) != 0) // anybody who goes on may still start it
            return std::any_of(m_actors.begin(), m_actors.end(),
                [](const Actor& other) { return !other.isStuck; });
        const Actor* awaited = live(actor.wait.awaited);
        return awaited == nullptr || !awaited->isStuck; // who has ended will let it go
    }
    if (const std::optional<ActorId> holder = exclusiveHolder(actor)) {
        if (!*holder)
            return true; // free, or changing hands
        const Actor* holding = live(*holder);
        // Who ended while holding it never gives it back.
        return holding != nullptr && !holding->isStuck;
    }
    if (actor.object.kind == PrimitiveKind::Pipe)
        return canPipeWaitBeEnded(actor);
    if (actor.declaration < 0)
        return true; // nothing known of it
    const std::uint16_t needed = m_reach.neededFor(actor.declaration, actor.wait.programCounter);
    return (outside[static_cast<std::size_t>(actor.declaration)] & needed) != 0;
}

// The main thread may have no actor, and be on its way to a handler that nobody has seen yet.
bool DeadlockWatch::mayHandlerBegin(pid_t process) const
{
    return m_hasSignals && !isThreadAsleep(process, process);
}

// Who was stuck at the last look too and has not moved since stays; everybody else is for later.
void DeadlockWatch::keepConfirmed()
{
    const BlockedProcesses::Stamp stamp = m_processes.stamp();
    if (stamp != std::exchange(m_stampBefore, stamp))
        m_processes = {};
    std::map<ActorId, std::uint32_t> stuckNow;
    for (Actor& actor : m_actors) {
        if (!actor.isStuck)
            continue;
        stuckNow.emplace(actor.wait.actor, actor.wait.epoch);
        const auto before = m_stuckBefore.find(actor.wait.actor);
        const bool isSame = before != m_stuckBefore.end() && before->second == actor.wait.epoch;
        const bool isAsleep = m_guardian == 0 || actor.isCommand()
            || (isThreadAsleep(actor.process(), static_cast<pid_t>(actor.wait.nativeThread))
                && !mayHandlerBegin(actor.process()));
        actor.isStuck = isSame && isAsleep;
    }
    m_stuckBefore = std::move(stuckNow);
}

void DeadlockWatch::findBlockers(Actor& actor)
{
    if (!actor.isStuck)
        return;
    if (const std::optional<PipeWait> wait = pipeWaitOf(actor))
        return findPipeBlockers(actor, *wait);
    if (actor.wait.awaited)
        return addBlocker(actor, actor.wait.awaited);
    if (const std::optional<ActorId> holder = exclusiveHolder(actor))
        return addBlocker(actor, *holder);
    const std::uint16_t needed = actor.declaration < 0
        ? std::uint16_t{0}
        : m_reach.neededFor(actor.declaration, actor.wait.programCounter);
    for (const ActorId taker : actor.object.takers) {
        const Actor* taking = live(taker);
        if (taking != nullptr && taking->wait.object != actor.wait.object
            && (reachOf(*taking)[static_cast<std::size_t>(actor.declaration)] & needed) != 0)
            addBlocker(actor, taker);
    }
}

void DeadlockWatch::addBlocker(Actor& actor, ActorId id)
{
    const auto place = m_places.find(id);
    if (place != m_places.end() && m_actors[place->second].isStuck)
        actor.blockers.push_back(place->second);
}

// Breadth first, so that of several chains the shortest is told.
std::vector<std::size_t> DeadlockWatch::shortestCycleFrom(std::size_t start) const
{
    constexpr std::size_t kNobody = static_cast<std::size_t>(-1);
    std::vector<std::size_t> cameFrom(m_actors.size(), kNobody);
    std::deque<std::size_t> open{start};
    while (!open.empty()) {
        const std::size_t current = open.front();
        open.pop_front();
        for (const std::size_t next : m_actors[current].blockers) {
            if (next == start) {
                std::vector<std::size_t> cycle;
                for (std::size_t member = current; member != start; member = cameFrom[member])
                    cycle.push_back(member);
                cycle.push_back(start);
                std::reverse(cycle.begin(), cycle.end());
                return cycle;
            }
            if (cameFrom[next] == kNobody && !isReported(next)) {
                cameFrom[next] = current;
                open.push_back(next);
            }
        }
    }
    return {};
}

bool DeadlockWatch::isReported(std::size_t index) const
{
    const auto reported = m_reported.find(m_actors[index].wait.actor);
    return reported != m_reported.end() && reported->second == m_actors[index].wait.epoch;
}

void DeadlockWatch::addCycles(std::vector<FoundDeadlock>& found)
{
    for (std::size_t index = 0; index < m_actors.size(); ++index) {
        if (!m_actors[index].isStuck || isReported(index))
            continue;
        const std::vector<std::size_t> cycle = shortestCycleFrom(index);
        if (!cycle.empty() && doesMatter(cycle))
            found.push_back(reportOf(cycle, true));
    }
}

FoundDeadlock DeadlockWatch::reportOf(const std::vector<std::size_t>& members, bool isCycle)
{
    FoundDeadlock found;
    found.report.isCycle = isCycle;
    for (std::size_t position = 0; position < members.size(); ++position) {
        const Actor& actor = m_actors[members[position]];
        const Actor& next = m_actors[members[(position + 1) % members.size()]];
        found.report.links.push_back(linkOf(actor, isCycle ? &next : nullptr));
        found.report.time = std::max(found.report.time, actor.wait.sinceNanoseconds);
        found.actors.push_back(actor.wait.actor);
        m_reported[actor.wait.actor] = actor.wait.epoch;
    }
    return found;
}

DeadlockReport::Link DeadlockWatch::linkOf(const Actor& actor, const Actor* next) const
{
    DeadlockReport::Link link;
    link.actor = actor.wait.name;
    link.waitsFor =
        actor.wait.awaited ? readActorName(*m_session, actor.wait.awaited) : actor.object.name;
    link.heldBy = next != nullptr ? next->wait.name : std::string();
    link.line = actor.wait.line;
    const std::optional<PipeWait> pipe = pipeWaitOf(actor);
    if (!pipe)
        return link;
    link.waitsFor = pipe->name;
    link.end = pipe->isReading ? DeadlockReport::PipeEnd::Writer : DeadlockReport::PipeEnd::Reader;
    if (next == nullptr)
        link.heldBy = holdersText(*pipe);
    return link;
}

std::int32_t DeadlockWatch::objectDeclaration(const ObjectState& object)
{
    const std::string name = withoutElement(object.name);
    for (std::size_t index = 0; index < m_code->objects.size(); ++index) {
        if (m_code->objects[index].kind == object.kind && m_code->objects[index].name == name)
            return static_cast<std::int32_t>(index);
    }
    return -1;
}

// A spawned instance beyond the first is called "worker-2"; one with a name of its own is unknown.
const ActorDeclaration* DeadlockWatch::actorDeclaration(const std::string& name) const
{
    std::string declared = withoutElement(name);
    for (int attempt = 0; attempt < 2; ++attempt) {
        for (const ActorDeclaration& actor : m_code->actors) {
            if (actor.name == declared)
                return &actor;
        }
        declared = declared.substr(0, declared.rfind('-'));
    }
    return nullptr;
}

} // namespace heddle

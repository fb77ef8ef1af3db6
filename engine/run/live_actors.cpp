// SPDX-License-Identifier: Apache-2.0
#include "engine/run/live_actors.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

std::string withoutElement(const std::string& name)
{
    return name.substr(0, name.find('['));
}

std::int32_t declarationOf(const ObjectState& object, const Code& code)
{
    const std::string name = withoutElement(object.name);
    for (std::size_t index = 0; index < code.objects.size(); ++index) {
        if (code.objects[index].kind == object.kind && code.objects[index].name == name)
            return static_cast<std::int32_t>(index);
    }
    return -1;
}

// A spawned instance beyond the first is called "worker-2"; one with a name of its own is unknown.
const ActorDeclaration* declarationOf(const std::string& actorName, const Code& code)
{
    std::string declared = withoutElement(actorName);
    for (int attempt = 0; attempt < 2; ++attempt) {
        for (const ActorDeclaration& actor : code.actors) {
            if (actor.name == declared)
                return &actor;
        }
        declared = declared.substr(0, declared.rfind('-'));
    }
    return nullptr;
}

} // namespace

std::optional<ActorId> LiveActor::exclusiveHolder() const
{
    if (!wait.object)
        return std::nullopt;
    const bool isMutex =
        object.kind == PrimitiveKind::Mutex || object.kind == PrimitiveKind::RecursiveMutex;
    const bool isBeingWritten =
        object.kind == PrimitiveKind::ReadWriteLock && static_cast<bool>(object.holder);
    return isMutex || isBeingWritten ? std::optional(object.holder) : std::nullopt;
}

LiveActors::LiveActors(const Session& session, const Code& code)
{
    for (ActorWait& wait : readActorWaits(session)) {
        m_lastAlarm = std::max(m_lastAlarm, wait.alarmNanoseconds);
        nameProcess(wait, code);
        const bool isOnItsWay = wait.life == ActorLife::Created && wait.process != 0;
        if (wait.life == ActorLife::Created && !isOnItsWay)
            m_notStarted.insert(wait.actor);
        if (wait.life == ActorLife::Running || wait.life == ActorLife::Waiting || isOnItsWay)
            add(std::move(wait), session, code);
    }
}

void LiveActors::add(ActorWait wait, const Session& session, const Code& code)
{
    LiveActor actor;
    actor.wait = std::move(wait);
    actor.declaration = declarationOf(actor.wait.name, code);
    const bool isWaiting =
        actor.wait.waiting && !actor.wait.hasLimit && (actor.wait.object || actor.wait.awaited);
    actor.isStuck = isWaiting || actor.isCommand();
    if (isWaiting && actor.wait.object) {
        actor.object = readObject(session, actor.wait.object);
        actor.objectDeclaration = declarationOf(actor.object, code);
    }
    m_places.emplace(actor.wait.actor, m_actors.size());
    m_actors.push_back(std::move(actor));
}

void LiveActors::nameProcess(const ActorWait& wait, const Code& code)
{
    const auto process = static_cast<pid_t>(wait.process);
    const bool isItself = wait.kind == ActorKind::Process || wait.kind == ActorKind::Command;
    if (isItself && process != 0)
        m_processNames[process] = wait.name;
    else if (process != 0)
        m_processNames.emplace(process, code.main() != nullptr ? "main" : "the program");
}

std::optional<std::size_t> LiveActors::placeOf(ActorId id) const
{
    const auto place = m_places.find(id);
    return place == m_places.end() ? std::nullopt : std::optional(place->second);
}

const LiveActor* LiveActors::find(ActorId id) const
{
    const std::optional<std::size_t> place = placeOf(id);
    return place ? &m_actors[*place] : nullptr;
}

bool LiveActors::isAnybodyStuck() const
{
    return std::any_of(
        m_actors.begin(), m_actors.end(), [](const LiveActor& actor) { return actor.isStuck; });
}

bool LiveActors::isAnybodyMoving() const
{
    return std::any_of(
        m_actors.begin(), m_actors.end(), [](const LiveActor& actor) { return !actor.isStuck; });
}

} // namespace heddle

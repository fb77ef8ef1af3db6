// SPDX-License-Identifier: Apache-2.0
#include "engine/run/actor_table.h"

#include "engine/base/futex.h"
#include "engine/record/recorder.h"

#include <climits>
#include <utility>

#include <unistd.h>

namespace heddle {

bool ActorRecord::hasEnded() const
{
    return phase.load() >= static_cast<std::uint32_t>(Phase::Finished);
}

bool ActorRecord::isAlive() const
{
    return phase.load() == static_cast<std::uint32_t>(Phase::Started);
}

bool ActorRecord::decide(Fate decided)
{
    auto pending = static_cast<std::uint32_t>(Fate::Pending);
    if (!fate.compare_exchange_strong(pending, static_cast<std::uint32_t>(decided)))
        return false;
    futexWake(fate, INT_MAX);
    return true;
}

void ActorRecord::moveTo(Phase next)
{
    phase.store(static_cast<std::uint32_t>(next));
    futexWake(phase, INT_MAX, FutexScope::SharedMemory);
}

ActorTable::ActorTable(const Code& code, SharedArena& arena)
    : m_code(code)
    , m_arena(arena)
    , m_next(arena.make<std::atomic<std::int64_t>>(code.declaredInstanceCount()))
{
    const InternalLock lock(m_mutex);
    for (std::size_t declaration = 0; declaration < code.actors.size(); ++declaration) {
        const ActorDeclaration& actor = code.actors[declaration];
        if (actor.parameterCount > 0)
            continue;
        for (std::int32_t element = 0; element < actor.count; ++element) {
            ActorRecord* record = &m_arena.make<ActorRecord>();
            record->handle = actor.first + element;
            record->name = code.instanceName(static_cast<std::int32_t>(declaration), element);
            record->isMain = actor.isMain;
            record->isDaemon = actor.isDaemon;
            record->kind = actor.kind;
            record->id = defineActor(actor.kind, record->name);
            m_uses[record->name] = 1;
            m_records.emplace(record->handle, record);
        }
    }
}

ActorRecord* ActorTable::takeDeclared(std::int32_t declaration, std::int32_t element)
{
    const InternalLock lock(m_mutex);
    const std::int64_t handle =
        m_code.actors[static_cast<std::size_t>(declaration)].first + element;
    const auto found = m_records.find(handle);
    if (found == m_records.end() || found->second->isTaken.exchange(true))
        return nullptr;
    return found->second;
}

ActorRecord& ActorTable::add(ActorKind kind, const std::string& name, bool isDaemon)
{
    const InternalLock lock(m_mutex);
    const int use = ++m_uses[name];
    return addLocked(kind, use == 1 ? name : name + "-" + std::to_string(use), isDaemon);
}

ActorRecord& ActorTable::addNamed(ActorKind kind, const std::string& name, bool isDaemon)
{
    const InternalLock lock(m_mutex);
    return addLocked(kind, name, isDaemon);
}

ActorRecord& ActorTable::addLocked(ActorKind kind, std::string name, bool isDaemon)
{
    ActorRecord* record = &m_arena.make<ActorRecord>();
    const ProcessLock::Holding numbering(m_numbering);
    record->handle = m_next.fetch_add(1);
    record->name = std::move(name);
    record->kind = kind;
    record->isDaemon = isDaemon;
    record->id = defineActor(kind, record->name);
    m_records.emplace(record->handle, record);
    return *record;
}

ActorRecord* ActorTable::find(std::int64_t handle) const
{
    const InternalLock lock(m_mutex);
    const auto found = m_records.find(handle);
    return found == m_records.end() ? nullptr : found->second;
}

std::int64_t ActorTable::handleOf(ActorId id) const
{
    const InternalLock lock(m_mutex);
    for (const auto& [handle, record] : m_records)
        if (id && record->id == id)
            return handle;
    return -1;
}

pid_t ActorTable::forkProcess()
{
    const InternalLock lock(m_mutex);
    return ::fork();
}

std::vector<std::int64_t> ActorTable::liveThreads() const
{
    return live(ActorKind::Thread);
}

std::vector<std::int64_t> ActorTable::liveProcesses() const
{
    return live(ActorKind::Process);
}

std::vector<std::int64_t> ActorTable::live(ActorKind kind) const
{
    const InternalLock lock(m_mutex);
    std::vector<std::int64_t> live;
    for (const auto& [handle, record] : m_records)
        if (record->kind == kind && record->isAlive())
            live.push_back(handle);
    return live;
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/run/actor_table.h"

#include "engine/base/futex.h"
#include "engine/record/recorder.h"

#include <algorithm>
#include <climits>
#include <optional>

namespace heddle {

namespace {

constexpr std::size_t kMostStarted = std::size_t{1} << 20U; // beside those that are declared

} // namespace

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

void ActorRecord::tellOwnEnd(const std::function<void()>& recordIt)
{
    isTelling.store(1);
    moveTo(Phase::Finished);
    recordIt();
    isTelling.store(0);
    futexWake(isTelling, INT_MAX, FutexScope::SharedMemory);
}

std::size_t ActorTable::setupBytes(const Code& code)
{
    const auto declared = static_cast<std::size_t>(code.declaredInstanceCount());
    const std::size_t things = 3 * declared + code.routines.size() + code.commands.size() + 1;
    return things * SharedArena::kLargestThing + (declared + kMostStarted) * sizeof(void*);
}

ActorTable::ActorTable(const Code& code, SharedArena& arena)
    : m_code(code)
    , m_arena(arena)
    , m_records(arena.pointers<ActorRecord>(
          static_cast<std::size_t>(code.declaredInstanceCount()) + kMostStarted))
    , m_next(arena.make<std::atomic<std::int64_t>>(code.declaredInstanceCount()))
{
    HEDDLE_ASSERT(
        !m_records.empty() && m_next != nullptr, "the arena has room for what is declared");
    for (std::size_t declaration = 0; declaration < code.actors.size(); ++declaration)
        for (std::int32_t element = 0; element < code.actors[declaration].count; ++element)
            addDeclared(static_cast<std::int32_t>(declaration), element);
    for (const Routine& routine : code.routines)
        countUsesOf(routine.name);
    for (const CommandDeclaration& command : code.commands)
        countUsesOf(command.name);
}

void ActorTable::addDeclared(std::int32_t declaration, std::int32_t element)
{
    const ActorDeclaration& actor = m_code.actors[static_cast<std::size_t>(declaration)];
    const std::string name = m_code.instanceName(declaration, element);
    countUsesOf(name);
    if (actor.parameterCount > 0)
        return;
    ActorRecord* record =
        makeRecord(actor.kind, name, actor.isDaemon ? Lifetime::IsDaemon : Lifetime::KeepsProgram);
    HEDDLE_ASSERT(record != nullptr, "the arena has room for what is declared");
    record->handle = actor.first + element;
    record->isMain = actor.isMain;
    m_uses[name]->store(1);
    m_records[static_cast<std::size_t>(record->handle)] = record;
}

void ActorTable::countUsesOf(const std::string& name)
{
    std::atomic<int>*& uses = m_uses[name];
    if (uses == nullptr)
        uses = m_arena.make<std::atomic<int>>(0);
}

ActorRecord* ActorTable::takeDeclared(std::int32_t declaration, std::int32_t element)
{
    ActorRecord* record =
        find(m_code.actors[static_cast<std::size_t>(declaration)].first + element);
    const bool isThis = record != nullptr
        && m_code.actors[static_cast<std::size_t>(declaration)].parameterCount == 0;
    return isThis && !record->isTaken.exchange(true) ? record : nullptr;
}

ActorRecord* ActorTable::add(ActorKind kind, const std::string& name, Lifetime lifetime)
{
    const auto uses = m_uses.find(name);
    HEDDLE_ASSERT(uses != m_uses.end(), "the code gives the names of what is started");
    const int use = uses->second->fetch_add(1) + 1;
    return addNamed(kind, use == 1 ? name : name + "-" + std::to_string(use), lifetime);
}

ActorRecord* ActorTable::addNamed(ActorKind kind, std::string_view name, Lifetime lifetime)
{
    const ProcessLock::Holding numbering(m_numbering);
    ActorRecord* record = makeRecord(kind, name, lifetime);
    return record != nullptr && publish(*record) ? record : nullptr;
}

ActorRecord* ActorTable::makeStandIn()
{
    const ProcessLock::Holding numbering(m_numbering);
    ActorRecord* record = makeRecord(ActorKind::Process, kProgramName, Lifetime::IsDaemon);
    if (record != nullptr)
        record->handle = kProgramHandle;
    return record;
}

ActorRecord* ActorTable::makeRecord(ActorKind kind, std::string_view name, Lifetime lifetime)
{
    const std::optional<std::string_view> kept = m_arena.text(name);
    ActorRecord* record = kept ? m_arena.make<ActorRecord>() : nullptr;
    if (record == nullptr)
        return nullptr;
    record->name = *kept;
    record->kind = kind;
    record->isDaemon = lifetime == Lifetime::IsDaemon;
    record->id = defineActor(kind, record->name);
    return record;
}

bool ActorTable::publish(ActorRecord& record)
{
    record.handle = m_next->fetch_add(1);
    const auto place = static_cast<std::size_t>(record.handle);
    if (place >= m_records.size())
        return false;
    std::atomic_ref(m_records[place]).store(&record, std::memory_order_release);
    return true;
}

std::int64_t ActorTable::end() const
{
    return std::min(m_next->load(), static_cast<std::int64_t>(m_records.size()));
}

ActorRecord* ActorTable::find(std::int64_t handle) const
{
    if (handle < 0 || handle >= end())
        return nullptr;
    return std::atomic_ref(m_records[static_cast<std::size_t>(handle)])
        .load(std::memory_order_acquire);
}

std::int64_t ActorTable::handleOf(ActorId id) const
{
    for (std::int64_t handle = 0; id && handle < end(); ++handle) {
        const ActorRecord* record = find(handle);
        if (record != nullptr && record->id == id)
            return handle;
    }
    return -1;
}

void ActorTable::endThreadsOf(pid_t process)
{
    for (std::int64_t handle = 0; handle < end(); ++handle) {
        ActorRecord* record = find(handle);
        const bool isOfIt = record != nullptr && record->process.load() == process
            && (record->kind == ActorKind::Thread || record->kind == ActorKind::Timer);
        if (isOfIt && record->isAlive())
            record->moveTo(ActorRecord::Phase::Finished);
    }
}

void ActorTable::waitForTellers(Deadline deadline) const
{
    for (std::int64_t handle = 0; handle < end(); ++handle) {
        const ActorRecord* record = find(handle);
        while (record != nullptr && record->isTelling.load() != 0 && !deadline.isOver())
            static_cast<void>(futexWait(record->isTelling, 1, deadline, FutexScope::SharedMemory));
    }
}

std::vector<std::int64_t> ActorTable::liveThreads() const
{
    return live(ActorKind::Thread);
}

std::vector<std::int64_t> ActorTable::liveProcesses() const
{
    return live(ActorKind::Process);
}

std::vector<std::int64_t> ActorTable::liveCommands() const
{
    return live(ActorKind::Command);
}

std::vector<std::int64_t> ActorTable::live(ActorKind kind) const
{
    std::vector<std::int64_t> live;
    for (std::int64_t handle = 0; handle < end(); ++handle) {
        const ActorRecord* record = find(handle);
        if (record != nullptr && record->kind == kind && record->isAlive())
            live.push_back(handle);
    }
    return live;
}

} // namespace heddle

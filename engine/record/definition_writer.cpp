// SPDX-License-Identifier: Apache-2.0
#include "engine/record/definition_writer.h"

#include "engine/record/watched_slots.h"

#include <atomic>
#include <cstring>

namespace heddle {

namespace {

// Claims the next number of a table, or 0 if it is full.
std::uint32_t claim(
    SessionLayout& layout, std::atomic<std::uint32_t>& count, std::uint32_t capacity)
{
    std::uint32_t number = count.load(std::memory_order_relaxed);
    while (number < capacity) {
        if (count.compare_exchange_weak(number, number + 1, std::memory_order_acq_rel))
            return number + 1;
    }
    layout.refusedDefinitions.fetch_add(1, std::memory_order_relaxed);
    return 0;
}

} // namespace

NameId writeName(const Session& session, std::string_view text)
{
    SessionLayout& layout = session.layout();
    const auto length = static_cast<std::uint32_t>(text.size());
    const std::uint32_t offset = layout.nameBytesUsed.load(std::memory_order_relaxed);
    if (offset + std::uint64_t{length} > session.geometry().namesBytes) {
        layout.refusedDefinitions.fetch_add(1, std::memory_order_relaxed);
        return {};
    }
    const std::uint32_t number = claim(layout, layout.nameCount, session.geometry().names);
    if (number == 0)
        return {};
    layout.nameBytesUsed.store(offset + length, std::memory_order_relaxed);
    std::memcpy(session.nameTexts() + offset, text.data(), length);
    NameEntry& entry = session.nameEntry(number - 1);
    entry.offset = offset;
    entry.lengthAndOne.store(length + 1, std::memory_order_release);
    return NameId{number};
}

ActorId writeActor(const Session& session, ActorKind kind, NameId name)
{
    SessionLayout& layout = session.layout();
    const ActorId id{claim(layout, layout.actorCount, session.geometry().actors)};
    ActorSlot* slot = session.actor(id);
    if (slot == nullptr)
        return {};
    slot->name = name.value;
    slot->kind = static_cast<std::uint32_t>(kind);
    slot->life.store(static_cast<std::uint32_t>(ActorLife::Created), std::memory_order_relaxed);
    slot->published.store(1, std::memory_order_release);
    return id;
}

ObjectId writeObject(const Session& session, PrimitiveKind kind, NameId name)
{
    SessionLayout& layout = session.layout();
    const ObjectId id{claim(layout, layout.objectCount, session.geometry().objects)};
    ObjectSlot* slot = session.object(id);
    if (slot == nullptr)
        return {};
    slot->name = name.value;
    slot->kind = static_cast<std::uint32_t>(kind);
    slot->published.store(1, std::memory_order_release);
    return id;
}

void writeActorEnd(const Session& session, ActorId actor, int exitCode) noexcept
{
    ActorSlot* slot = session.actor(actor);
    if (slot == nullptr)
        return;
    slot->exitCode.store(exitCode, std::memory_order_release);
    const std::uint32_t epoch = slot->epoch.load(std::memory_order_relaxed);
    writeLife(*slot, epoch | 1U, {ActorLife::Ended, 0, false, session.now()});
}

} // namespace heddle

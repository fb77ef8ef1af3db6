// SPDX-License-Identifier: Apache-2.0
#include "engine/record/session_view.h"

#include <algorithm>

namespace heddle {

namespace {

// A writer is inside for nanoseconds; one killed inside stays for ever.
constexpr int kReadAttempts = 1000;

// What the actor's own thread writes, as it was while the epoch stood still.
bool readOnce(const ActorSlot& slot, ActorWait& wait)
{
    const std::uint32_t epoch = slot.epoch.load(std::memory_order_acquire);
    if (epoch % 2 != 0)
        return false;
    const std::uint64_t waitsFor = slot.waitsFor.load(std::memory_order_acquire);
    const bool isActor = (waitsFor & kActorFlag) != 0;
    wait.epoch = epoch;
    wait.life = static_cast<ActorLife>(slot.life.load(std::memory_order_acquire));
    wait.hasLimit = slot.hasLimit.load(std::memory_order_acquire) != 0;
    wait.object = isActor ? ObjectId{} : ObjectId{static_cast<std::uint32_t>(waitsFor)};
    wait.awaited = isActor ? ActorId{static_cast<std::uint32_t>(waitsFor)} : ActorId{};
    wait.sinceNanoseconds = slot.since.load(std::memory_order_acquire);
    wait.line = slot.line.load(std::memory_order_acquire);
    wait.programCounter = slot.programCounter.load(std::memory_order_acquire);
    const bool granted = slot.grantedEpoch.load(std::memory_order_acquire) == epoch && epoch != 0;
    wait.waiting = wait.life == ActorLife::Waiting && !granted;
    return slot.epoch.load(std::memory_order_acquire) == epoch;
}

ActorWait readActor(const Session& session, ActorId id, const ActorSlot& slot)
{
    ActorWait wait;
    wait.actor = id;
    wait.name = readName(session, NameId{slot.name});
    wait.kind = static_cast<ActorKind>(slot.kind);
    wait.nativeThread = slot.nativeThread.load(std::memory_order_relaxed);
    wait.process = slot.process.load(std::memory_order_relaxed);
    wait.creator = ActorId{slot.creator.load(std::memory_order_relaxed)};
    wait.alarmNanoseconds = slot.alarmAt.load(std::memory_order_acquire);
    for (int attempt = 0; attempt < kReadAttempts; ++attempt) {
        if (readOnce(slot, wait))
            return wait;
    }
    wait.life = ActorLife::Running; // in the middle of a change: it moves
    wait.waiting = false;
    return wait;
}

} // namespace

std::vector<ActorWait> readActorWaits(const Session& session)
{
    std::vector<ActorWait> all;
    const std::uint32_t count = actorCount(session);
    all.reserve(count);
    for (std::uint32_t number = 1; number <= count; ++number) {
        const ActorSlot* slot = session.actor(ActorId{number});
        if (slot->published.load(std::memory_order_acquire) != 0)
            all.push_back(readActor(session, ActorId{number}, *slot));
    }
    return all;
}

std::optional<int> readProcessEnd(const Session& session, ActorId id)
{
    const ActorSlot* slot = session.actor(id);
    if (slot == nullptr
        || slot->life.load(std::memory_order_acquire)
            != static_cast<std::uint32_t>(ActorLife::Ended))
        return std::nullopt;
    return slot->exitCode.load(std::memory_order_acquire);
}

ObjectState readObject(const Session& session, ObjectId id)
{
    ObjectState state;
    state.object = id;
    const ObjectSlot* slot = session.object(id);
    if (slot == nullptr || slot->published.load(std::memory_order_acquire) == 0)
        return state;
    state.name = readName(session, NameId{slot->name});
    state.kind = slot->kind < static_cast<std::uint32_t>(kPrimitiveKindCount)
        ? static_cast<PrimitiveKind>(slot->kind)
        : PrimitiveKind::None;
    state.holder = ActorId{slot->holder.load(std::memory_order_acquire)};
    state.level = slot->level.load(std::memory_order_acquire);
    state.inode = slot->inode.load(std::memory_order_acquire);
    for (const std::atomic<std::uint32_t>& taker : slot->takers) {
        if (const ActorId actor{taker.load(std::memory_order_acquire)})
            state.takers.push_back(actor);
    }
    return state;
}

std::string readName(const Session& session, NameId id)
{
    const SessionGeometry& geometry = session.geometry();
    if (!id || id.value > geometry.names)
        return {};
    const NameEntry& entry = session.nameEntry(id.value - 1);
    const std::uint32_t published = entry.lengthAndOne.load(std::memory_order_acquire);
    const std::uint64_t offset = entry.offset;
    if (published == 0 || offset >= geometry.namesBytes)
        return {};
    const std::uint64_t length =
        std::min<std::uint64_t>(published - 1, geometry.namesBytes - offset);
    return std::string(session.nameTexts() + offset, length);
}

std::string readActorName(const Session& session, ActorId id)
{
    const ActorSlot* slot = session.actor(id);
    if (slot == nullptr || slot->published.load(std::memory_order_acquire) == 0)
        return {};
    return readName(session, NameId{slot->name});
}

std::uint32_t actorCount(const Session& session)
{
    return std::min(
        session.layout().actorCount.load(std::memory_order_acquire), session.geometry().actors);
}

std::uint32_t objectCount(const Session& session)
{
    return std::min(
        session.layout().objectCount.load(std::memory_order_acquire), session.geometry().objects);
}

} // namespace heddle

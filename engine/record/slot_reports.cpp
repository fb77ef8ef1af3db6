// SPDX-License-Identifier: Apache-2.0
#include "engine/record/active_session.h"
#include "engine/record/recorder.h"
#include "engine/record/watched_slots.h"

// What is told of actors and objects beside the events: it goes into their slots at once, for the
// deadlock watch.

namespace heddle {

void expectActor(ActorId actor) noexcept
{
    if (!isRecording())
        return;
    if (ActorSlot* slot = activeSession().actor(actor); slot != nullptr)
        slot->life.store(static_cast<std::uint32_t>(ActorLife::Running), std::memory_order_release);
}

void reportWaitOver(ActorId of) noexcept
{
    ActorSlot* slot = isRecording() ? activeSession().actor(of) : nullptr;
    if (slot != nullptr)
        markGranted(*slot);
}

void reportProcess(ActorId of, std::int64_t process) noexcept
{
    ActorSlot* slot = isRecording() ? activeSession().actor(of) : nullptr;
    if (slot == nullptr)
        return;
    slot->creator.store(currentActor().value, std::memory_order_relaxed);
    slot->process.store(static_cast<std::uint32_t>(process), std::memory_order_relaxed);
}

void reportPipe(ObjectId object, std::uint64_t inode) noexcept
{
    ObjectSlot* slot = isRecording() ? activeSession().object(object) : nullptr;
    if (slot != nullptr)
        slot->inode.store(inode, std::memory_order_release);
}

void reportHolder(ObjectId object, ActorId holder) noexcept
{
    if (!isRecording() || !object)
        return;
    ObjectSlot* slot = activeSession().object(object);
    if (slot != nullptr)
        slot->holder.store(holder.value, std::memory_order_release);
}

} // namespace heddle

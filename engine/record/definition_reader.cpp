// SPDX-License-Identifier: Apache-2.0
#include "engine/record/definition_reader.h"

#include "engine/record/session_view.h"

#include <algorithm>

namespace heddle {

namespace {

constexpr auto kLastActorKind = static_cast<std::uint32_t>(ActorKind::Command);

} // namespace

DefinitionReader::DefinitionReader(const Session& session)
    : m_session(session)
{
}

// `define(number)` is false for an entry that has been claimed and not published.
template <typename Define>
void DefinitionReader::advance(Progress& progress, std::uint32_t count, const Define& define)
{
    std::erase_if(progress.unpublished, define);
    while (progress.seen < count) {
        ++progress.seen;
        if (!define(progress.seen))
            progress.unpublished.push_back(progress.seen);
    }
}

void DefinitionReader::readInto(TraceBuilder& builder)
{
    const SessionGeometry& geometry = m_session.geometry();
    const std::uint32_t names =
        std::min(m_session.layout().nameCount.load(std::memory_order_acquire), geometry.names);
    advance(m_names, names, [&](std::uint32_t number) {
        if (m_session.nameEntry(number - 1).lengthAndOne.load(std::memory_order_acquire) == 0)
            return false;
        builder.defineName(NameId{number}, readName(m_session, NameId{number}));
        return true;
    });
    advance(m_actors, actorCount(m_session), [&](std::uint32_t number) {
        const ActorId id{number};
        const ActorSlot& slot = *m_session.actor(id);
        if (slot.published.load(std::memory_order_acquire) == 0)
            return false;
        const ActorKind kind =
            slot.kind <= kLastActorKind ? static_cast<ActorKind>(slot.kind) : ActorKind::Foreign;
        builder.defineActor(id, kind, readActorName(m_session, id));
        return true;
    });
    advance(m_objects, objectCount(m_session), [&](std::uint32_t number) {
        const ObjectState object = readObject(m_session, ObjectId{number});
        if (m_session.object(object.object)->published.load(std::memory_order_acquire) == 0)
            return false;
        builder.defineObject(object.object, object.kind, object.name);
        return true;
    });
}

} // namespace heddle

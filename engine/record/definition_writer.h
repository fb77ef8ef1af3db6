// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/strong_id.h"
#include "engine/model/kinds.h"
#include "engine/record/session.h"

#include <cstdint>
#include <string_view>

namespace heddle {

/// Adds an entry to a session's tables and publishes it; 0 if the table is full, which is counted.
///
/// Threads: any thread, of any process that has the session; writeName() one at a time, as the
///          texts lie one after the other.
[[nodiscard]] NameId writeName(const Session& session, std::string_view text);
[[nodiscard]] ActorId writeActor(const Session& session, ActorKind kind, NameId name);
[[nodiscard]] ObjectId writeObject(const Session& session, PrimitiveKind kind, NameId name);

/// Says that an actor has ended whose own thread cannot say it any more; of a process also how: its exit
/// code, or -n if signal n has ended it.
void writeActorEnd(const Session& session, ActorId actor, int exitCode = 0) noexcept;

} // namespace heddle

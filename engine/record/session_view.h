// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/strong_id.h"
#include "engine/model/kinds.h"
#include "engine/record/session.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace heddle {

/// An actor of a session at one moment, as far as others may need to know whether it can go on.
struct ActorWait
{
    ActorId actor;
    std::string name;
    ActorKind kind = ActorKind::Thread;
    ActorLife life = ActorLife::Created;

    /// It waits and nobody has ended that wait yet. An actor that has been woken and has not got a
    /// processor since is not waiting any more, however long that takes.
    bool waiting = false;
    ObjectId object; ///< waited for, if it is an object
    ActorId awaited; ///< waited for, if it is an actor (join)
    bool hasLimit = false; ///< the wait ends by itself
    std::uint32_t epoch = 0; ///< the same as before: it has done nothing since

    std::uint32_t line = 0;
    std::int32_t programCounter = 0;
    std::int64_t sinceNanoseconds = 0; ///< when the wait began, since the start of the session
    std::uint32_t nativeThread = 0;
    std::uint32_t process = 0; ///< that the thread belongs to; of a command: its own. 0: unknown
    ActorId creator; ///< of a process or command: who made it, or 0
    std::int64_t alarmNanoseconds = 0; ///< when the last alarm that it has set comes; 0: none
};

struct ObjectState
{
    ObjectId object;
    std::string name;
    PrimitiveKind kind = PrimitiveKind::None;
    ActorId holder; ///< who alone holds it, or 0
    std::vector<ActorId> takers; ///< who holds units of it, or reads; perhaps not all
    std::int64_t level = 0;
    std::uint64_t inode = 0; ///< of a pipe, in the system; 0: unknown
};

/// All actors defined so far, each as it was at one moment (different ones for different actors:
/// who needs to be sure looks twice and compares the epochs).
///
/// Threads: any thread, of any process that has the session.
[[nodiscard]] std::vector<ActorWait> readActorWaits(const Session& session);

/// The exit code that was written with the end of a process (-n: ended by signal n); nothing while it lives.
///
/// Threads: any thread, of any process that has the session.
[[nodiscard]] std::optional<int> readProcessEnd(const Session& session, ActorId id);

/// An object as it is now; with kind None if there is none.
[[nodiscard]] ObjectState readObject(const Session& session, ObjectId id);

/// The texts of ids; empty if not defined. They are cut to what the session holds, whatever it says.
[[nodiscard]] std::string readName(const Session& session, NameId id);
[[nodiscard]] std::string readActorName(const Session& session, ActorId id);

/// How many actors and objects have been defined: their ids are 1 … count.
[[nodiscard]] std::uint32_t actorCount(const Session& session);
[[nodiscard]] std::uint32_t objectCount(const Session& session);

} // namespace heddle

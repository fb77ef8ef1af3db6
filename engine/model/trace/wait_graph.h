// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace.h"

#include <string>
#include <vector>

namespace heddle {

/// What an actor is doing at a moment, with what it waits for.
struct ActorMoment
{
    ActorId actor;
    std::string name;
    State state = State::None;
    State schedulerState = State::None; ///< the kernel's view, None where unknown
    std::int64_t since = 0;
    std::uint16_t line = 0;
    ObjectId waitsFor; ///< 0: none
    ActorId waitsForActor; ///< a join
    std::vector<ActorId> heldBy; ///< who holds what it waits for
    std::vector<ObjectId> holds;
};

/// Who holds an object at a moment, and who queues for it, the longest waiting first.
struct ObjectMoment
{
    ObjectId object;
    std::string name;
    PrimitiveKind kind = PrimitiveKind::None;
    std::vector<ActorId> holders;
    std::vector<ActorId> queue;
    bool hasLevel = false;
    std::int64_t level = 0; ///< units, length, count
};

/// A closed chain of waits: each waits for the object held by (or the end of) the next one.
struct WaitCycle
{
    struct Link
    {
        ActorId actor;
        ObjectId waitsFor; ///< 0 for a join
        ActorId heldBy;
        std::uint16_t line = 0;
    };
    std::vector<Link> links;
    std::int64_t since = 0; ///< when its last wait began
};

/// The wait-for graph at a moment, and its cycles.
struct WaitGraph
{
    std::int64_t time = 0;
    std::vector<ActorMoment> actors;
    std::vector<ObjectMoment> objects;
    std::vector<WaitCycle> cycles;
};

/// What everybody did, held and waited for at `time`. Binary searches only.
///
/// Threads: any thread.
[[nodiscard]] WaitGraph waitGraphAt(const Trace& trace, std::int64_t time);

} // namespace heddle

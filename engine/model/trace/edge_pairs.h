// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace_event.h"
#include "engine/model/trace/trace_writer.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace heddle {

class ActorLane;

/// Finds the other end of each creation, hand-over and join, and makes an edge of the two.
///
/// The two ends come from different actors, so each waits here until its partner is known.
///
/// Threads: one thread at a time.
class EdgePairs
{
public:
    using FindActor = std::function<const ActorLane*(ActorId)>;

    EdgePairs(TraceWriter& writer, FindActor findActor);

    void created(LaneId by, ActorId actor, std::int64_t time);
    void handedOver(LaneId by, ActorId to, ObjectId object, std::int64_t time);
    void joined(LaneId by, ActorId actor, std::int64_t time);
    void signalled(LaneId by, ActorId to, std::uint64_t signal, std::int64_t time);

    /// Makes edges of the pairs that are complete; `until` is the moment up to which all is known.
    void flush(std::int64_t until);

private:
    struct Half
    {
        Edge::Kind kind = Edge::Kind::Created;
        LaneId lane;
        ActorId other;
        ObjectId object;
        std::int64_t time = 0;
        std::uint64_t signal = 0;
    };
    enum class Outcome
    {
        Made,
        Waits,
        Dropped, ///< there is none, and that is in order
        Hopeless
    };

    [[nodiscard]] Outcome complete(const Half& half);
    [[nodiscard]] Outcome completeSignal(const Half& half, const ActorLane& target);
    [[nodiscard]] Outcome completeHandOver(const Half& half, const ActorLane& target);
    void make(const Half& half, LaneId other, std::int64_t time);

    TraceWriter& m_writer;
    FindActor m_findActor;
    std::vector<Half> m_halves;
};

} // namespace heddle

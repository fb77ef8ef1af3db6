// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace_event.h"
#include "engine/model/trace/trace_writer.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace heddle {

/// Turns what actors report about one object into Holder tracks, a Level track and moments.
///
/// Reports of different actors arrive ring by ring, so they wait here until everything up to a
/// moment is known, and are then taken in order of time.
///
/// Threads: one thread at a time.
class ObjectLane
{
public:
    ObjectLane(TraceWriter& writer, LaneId lane);

    void setKind(PrimitiveKind kind) { m_kind = kind; }
    [[nodiscard]] LaneId lane() const { return m_lane; }

    /// Keeps the event until flush(); returns whether it is the first that waits.
    bool keep(const TraceEvent& event);

    /// The name to show for an actor.
    using NameOfActor = std::function<NameId(ActorId)>;

    /// Takes in everything up to `until`. Returns whether something is left.
    bool flush(std::int64_t until, const NameOfActor& nameOfActor);

    /// Closes what is open.
    void finish(std::int64_t end);

private:
    struct Hold
    {
        ActorId actor;
        Slice slice;
        std::size_t track = 0; ///< index of m_holderTracks
        std::uint64_t units = 1;
        bool isShared = false;
    };

    void take(const TraceEvent& event, const NameOfActor& nameOfActor);
    void has(const TraceEvent& event, const NameOfActor& nameOfActor);
    void released(const TraceEvent& event);
    [[nodiscard]] bool isLock() const;
    void begin(const TraceEvent& event, NameId name, bool isShared);
    void end(std::size_t hold, std::int64_t time);
    void cutForeignHolds(ActorId by, bool onlyExclusive, std::int64_t time);
    [[nodiscard]] std::size_t holdOf(ActorId actor) const;
    [[nodiscard]] std::size_t freeTrack();
    void publishOpen();
    void addMoment(Moment::Kind kind, const TraceEvent& event, NameId name);

    TraceWriter& m_writer;
    LaneId m_lane;
    PrimitiveKind m_kind = PrimitiveKind::None;
    std::vector<TraceEvent> m_kept;
    std::int64_t m_last = 0;

    std::vector<TrackId> m_holderTracks;
    TrackId m_level;
    std::vector<Hold> m_holds; ///< the oldest first
    std::vector<ActorId> m_cut; ///< whose holds ended before they said so
};

} // namespace heddle

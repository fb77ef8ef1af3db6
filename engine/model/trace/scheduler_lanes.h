// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/trace_event.h"
#include "engine/model/trace/trace_writer.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <unordered_map>
#include <vector>

namespace heddle {

/// Turns the kernel's switches into a Scheduler track of each actor and a lane of each processor.
///
/// Switches of threads that nobody has named yet are kept, up to a bound, until an actor starts on
/// the thread. A thread id may be given again: the actor that ran at the time is meant.
///
/// Threads: one thread at a time.
class SchedulerLanes
{
public:
    /// What it asks of the actor lanes.
    struct Actors
    {
        std::function<LaneId(ActorId)> laneOf;
        std::function<NameId(ActorId)> nameOf;
    };

    SchedulerLanes(TraceWriter& writer, Actors actors);

    void started(ActorId actor, std::uint64_t threadId, std::int64_t time);
    void ended(ActorId actor, std::int64_t time);

    /// Keeps a switch until flush().
    void keep(const TraceEvent& event);

    /// Takes in everything up to `until`, in order of time.
    void flush(std::int64_t until);

    /// Closes what is open.
    void finish(std::int64_t end);

private:
    static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

    struct Strip
    {
        LaneId lane;
        TrackId track;
        bool isOpen = false;
        bool isPublished = true;
        Slice open;
    };

    /// An actor that runs on a thread, from its start to its end.
    struct Owner
    {
        ActorId actor;
        NameId name;
        std::int64_t from = 0;
        std::int64_t until = kNever;
        Strip strip;
    };

    [[nodiscard]] Owner* ownerAt(std::uint64_t threadId, std::int64_t time);
    void take(const TraceEvent& event);
    void takeUnknown(const TraceEvent& event);
    void takeForActor(const TraceEvent& event, Owner& owner);
    void takeForProcessor(const TraceEvent& event, const Owner& owner);
    void closeIfGone(Owner& owner, std::int64_t until);
    [[nodiscard]] Strip* processor(std::uint64_t number);
    void change(Strip& strip, std::int64_t time, const Slice& next);
    void publish(Strip& strip);

    TraceWriter& m_writer;
    Actors m_actors;
    std::vector<TraceEvent> m_kept;
    std::unordered_map<std::uint64_t, std::vector<Owner>> m_owners; ///< by thread id
    std::unordered_map<ActorId, std::uint64_t> m_threadOf;
    std::unordered_map<std::uint64_t, std::vector<TraceEvent>> m_unknown; ///< by thread id
    std::size_t m_unknownCount = 0;
    std::vector<std::uint64_t> m_newlyKnown;
    std::unordered_map<std::uint64_t, Strip> m_processors;
    LaneId m_anyLane; ///< where lost records are marked
};

} // namespace heddle

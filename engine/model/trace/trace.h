// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/strong_id.h"
#include "engine/model/kinds.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace heddle {

class Track;

/// Rows of the timeline belong to groups, in this order from the top.
enum class LaneGroup : std::uint8_t
{
    Actors,
    Objects,
    Processors,
    Counters
};

enum class TrackKind : std::uint8_t
{
    Activity, ///< what the program did: running, computing, waiting for whom
    Section, ///< named regions, one track for each nesting depth
    Scheduler, ///< what the kernel did: running, runnable, blocked
    Holder, ///< who holds an object
    Processor, ///< which actor ran on a processor
    Level, ///< a number over time: units, length, counter (no slices, only samples)
};

/// A stretch of time on a track; those of one track never overlap and come in order.
struct Slice
{
    std::int64_t begin = 0; ///< nanoseconds since the start of the trace
    std::int64_t end = 0;
    State state = State::None;
    std::uint16_t line = 0; ///< of the source, 0 unknown
    NameId name; ///< shown in the box; 0: the state's own word
    /// ObjectId (waiting for it), ActorId (held by it, runs on processor) or 0.
    std::uint32_t argument = 0;
    bool argumentIsActor = false;
};

/// Something that happened at a moment, in a lane.
struct Moment
{
    enum class Kind : std::uint8_t
    {
        Said,
        Progressed,
        Raised,
        Notified,
        WasSet,
        WasCleared,
        Marked,
        Deadlocked,
        Finished,
        Failed,
        Killed,
        Exited,
        Reaped,
        Orphaned,
        SignalSent,
        BytesRead,
        BytesWritten,
        Stopped,
        Continued,
        SignalGiven ///< by whoever watches the run
    };
    std::int64_t time = 0;
    Kind kind = Kind::Marked;
    std::uint16_t line = 0;
    NameId name; ///< raised, failed: the exception; marked: the mark; orphaned: who had made it
    /// said: number of the output line; notified: waiters let go; killed, signal sent or given: signal;
    /// exited: code; bytes read, written: how many; orphaned: the process
    std::uint64_t argument = 0;
};

/// One event caused another one: release → wake, spawn → first step, finish → join.
struct Edge
{
    enum class Kind : std::uint8_t
    {
        Created,
        HandedOver,
        Joined,
        Signalled
    };
    std::int64_t fromTime = 0;
    std::int64_t toTime = 0;
    LaneId from;
    LaneId to;
    Kind kind = Kind::HandedOver;
};

/// A sample of a Level track: from `time` on the level is `value`.
struct Sample
{
    std::int64_t time = 0;
    std::int64_t value = 0;
};

/// A step and the instruction of the program's code that it carried out; or where a handler of a
/// signal began and ended, between them or within one.
struct StepOperation
{
    static constexpr std::int32_t kHandlerBegan = -1; ///< in the place of an instruction
    static constexpr std::int32_t kHandlerEnded = -2;
    std::int64_t time = 0;
    std::int32_t instruction = 0;
    std::uint32_t operands = 0; ///< operandDigest of engine/model/program; of a handler: the signal
};

/// A row of the timeline: an actor, an object, a processor or a counter.
struct Lane
{
    LaneId id;
    LaneGroup group = LaneGroup::Actors;
    std::string name;
    ActorId actor; ///< of the Actors group
    ActorKind actorKind = ActorKind::Thread;
    ObjectId object; ///< of the Objects group
    PrimitiveKind objectKind = PrimitiveKind::None;
    std::uint32_t number = 0; ///< processor number, or native thread id of an actor
    std::vector<TrackId> tracks;
};

/// What the recorder says of itself.
struct RecorderFigures
{
    std::uint64_t events = 0;
    std::uint64_t lost = 0; ///< dropped at full rings, or by threads that found no ring
    double nanosecondsPerEvent = 0; ///< measured at the start of the recording on this machine
    double shareOfRun = 0; ///< events × cost ÷ summed running time of all lanes
    std::string schedulerData; ///< "kernel", or "none: <reason>"
};

/// Everything known of a run: lanes with their tracks, moments and edges, and the names they use.
///
/// It grows at its end while it is recorded, by one TraceBuilder. What a reader has seen never
/// changes; what it asks for later may be more.
///
/// Units:   nanoseconds since the start of the trace.
/// Threads: all questions any thread, without a lock that the writer could hold for long.
class Trace
{
public:
    Trace();
    ~Trace();
    Trace(const Trace&) = delete;
    Trace& operator=(const Trace&) = delete;

    /// The moment up to which everything has been taken in.
    [[nodiscard]] std::int64_t end() const;
    [[nodiscard]] bool isLive() const; ///< still recorded
    [[nodiscard]] std::uint64_t eventCount() const; ///< slices, moments, samples and edges

    /// Raised with each new lane or track, so that a view knows when to lay out again.
    [[nodiscard]] std::uint64_t layoutGeneration() const;

    /// In the order to be shown. A snapshot: cheap, but not for each frame (see layoutGeneration).
    [[nodiscard]] std::vector<Lane> lanes() const;
    [[nodiscard]] std::optional<Lane> lane(LaneId id) const;
    [[nodiscard]] LaneId laneOfActor(ActorId actor) const;
    [[nodiscard]] LaneId laneOfObject(ObjectId object) const;

    /// The track, or null. The pointer lives as long as the trace.
    [[nodiscard]] const Track* track(TrackId id) const;

    [[nodiscard]] std::string name(NameId id) const;
    [[nodiscard]] std::string actorName(ActorId id) const;
    [[nodiscard]] std::string objectName(ObjectId id) const;

    /// Moments of a lane in [from, to], oldest first, at most `limit`.
    [[nodiscard]] std::vector<Moment> moments(
        LaneId lane, std::int64_t from, std::int64_t to, std::size_t limit) const;

    /// How many moments a lane has in [from, to].
    [[nodiscard]] std::size_t momentCount(LaneId lane, std::int64_t from, std::int64_t to) const;

    /// All moments of a lane, in order; `moment(lane, i)` for i below the count.
    [[nodiscard]] std::size_t momentCount(LaneId lane) const;
    [[nodiscard]] Moment moment(LaneId lane, std::size_t index) const;

    /// Edges that begin or end in [from, to], at most `limit`.
    [[nodiscard]] std::vector<Edge> edges(
        std::int64_t from, std::int64_t to, std::size_t limit) const;

    /// All edges, in the order in which they became known; `edge(i)` for i below the count.
    [[nodiscard]] std::size_t edgeCount() const;
    [[nodiscard]] Edge edge(std::size_t index) const;

    /// Where the lane's steps went to another source line (a step on the same line adds nothing);
    /// `value` is the line.
    [[nodiscard]] std::size_t stepCount(LaneId lane) const;
    [[nodiscard]] Sample step(LaneId lane, std::size_t index) const;

    /// The source line of the last step that began in the lane at `time` or before, 0 if none.
    [[nodiscard]] std::uint16_t stepLineAt(LaneId lane, std::int64_t time) const;

    /// The lane's steps with their instructions, where these were recorded, and its handlers; at most the first
    /// kMostOperations. They do not travel with files.
    static constexpr std::size_t kMostOperations = 200'000;
    [[nodiscard]] std::size_t operationCount(LaneId lane) const;
    [[nodiscard]] StepOperation operation(LaneId lane, std::size_t index) const;

    [[nodiscard]] RecorderFigures recorder() const;

    /// Free words about the trace that travel with the file: "program" (its name), "verdict", kTextProperty, …
    [[nodiscard]] std::string property(const std::string& key) const;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> properties() const;

    /// How long a step lasts in the trace of a schedule, which has no other time; 0 for a run.
    [[nodiscard]] std::int64_t stepNanoseconds() const;
    static constexpr const char* kStepProperty = "nanoseconds of a step";

    /// The text of the program that was recorded; empty where the trace was made by something else.
    static constexpr const char* kTextProperty = "text of the program";

private:
    friend class TraceWriter;
    struct Store;
    std::unique_ptr<Store> m_store;
};

} // namespace heddle

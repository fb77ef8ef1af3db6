// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/strong_id.h"
#include "engine/model/kinds.h"

#include <cstdint>
#include <type_traits>

namespace heddle {

/// What a recorded event says. `lane` of the event is the actor it happened in; `object` and
/// `value` mean what stands behind each kind. The numbers travel in recordings: add at the end of a family.
enum class EventKind : std::uint16_t
{
    None = 0,
    // Actors. `object`: the ActorId it is about (0: the lane's own).
    ActorCreated = 1, ///< object: the new actor; lane: its creator. An edge to its ActorStarted.
    ActorStarted = 2, ///< value: native thread id; of a command its process
    /// line: of the source; value: 0, or packOperation(). A step ends where the next begins.
    StepBegan = 3,
    ActorFinished = 4,
    ActorFailed = 5, ///< value: NameId of the error
    ActorKilled = 6, ///< value: signal number
    ActorExited = 7, ///< a process has ended by itself. value: exit code
    Reaped = 8, ///< in the lane of a process that has ended: somebody has taken its exit code
    /// In the lane of a process: the process that made it has ended before it. object: the actor that
    /// made it (0: unknown); value: its own number in the system.
    Orphaned = 9,
    Stopped = 10, ///< in the lane of a process: a signal has stopped it
    Continued = 11, ///< likewise: it goes on
    SignalGiven = 12, ///< likewise: whoever watches the run has sent it a signal. value: signal
    // Waiting. `object`: the ObjectId; or, for joins, the ActorId with kActorFlag set. line: of the source.
    Wants = 16, ///< value: a State (WaitLock, …), how the wait is shown
    Has = 17, ///< the wait is over, and for locks: it is the holder now. value: units or mode ('r'
    ///< read, else exclusive)
    GaveUp = 18, ///< value: an EndOfWait
    Released = 19, ///< it is not a holder any more. value: units
    HandedOver = 20, ///< value: ActorId whose wait this ends: an edge
    // Objects. `object`: the ObjectId.
    Level = 32, ///< value: units of a semaphore, length of a queue, count of a latch, parties
    ///< waiting at a barrier
    Notified = 33, ///< value: how many waiters were let go (0: the notify is lost)
    WasSet = 34,
    WasCleared = 35,
    BarrierTripped = 36,
    BarrierBroken = 37,
    // Regions and work of the lane.
    SectionEntered = 48, ///< object: NameId
    SectionLeft = 49, ///< object: NameId
    ComputeBegan = 50, ///< value: nanoseconds asked for
    ComputeEnded = 51,
    SleepBegan = 52, ///< value: nanoseconds asked for
    SleepEnded = 53,
    SliceBegan = 54, ///< object: NameId: any named stretch of a program linked with the engine
    SliceEnded = 55,
    HandlerBegan = 56, ///< value: signal. The handler runs in this lane until HandlerEnded
    HandlerEnded = 57, ///< value: signal
    // Moments.
    Said = 64, ///< object: number of the output line, from 1
    Progressed = 65,
    Raised = 66, ///< value: NameId of the exception
    Marked = 67, ///< object: NameId
    Deadlocked = 68, ///< object: how many of the cycle's actors; one event per actor of the cycle,
    ///< in its lane
    SignalSent = 69, ///< object: ActorId of the receiver, 0 unknown; value: signal. An edge to its
    ///< HandlerBegan or ActorKilled
    BytesRead = 70, ///< object: the pipe's ObjectId, 0 for a stream of a command; value: bytes
    BytesWritten = 71, ///< as BytesRead
    // The kernel's word. `lane` is 0 and `object` the native thread id; `time` is nanoseconds already.
    SwitchedIn = 80, ///< value: processor
    SwitchedOut = 81, ///< value: processor; line: 1 if preempted (still runnable)
    SwitchesLost = 82, ///< value: how many records the kernel dropped
    // Numbers. `object`: NameId of the counter.
    Counter = 96, ///< value: as a signed number
};

/// What is noticed of a process from outside while its own recording goes on.
[[nodiscard]] constexpr bool isSeenFromOutside(EventKind kind)
{
    return kind >= EventKind::Orphaned && kind <= EventKind::SignalGiven;
}

/// Why a wait ended without what it wanted.
enum class EndOfWait : std::uint8_t
{
    TimedOut,
    Cancelled,
    Broken,
    Closed,
    NotTried,
    Interrupted, ///< a handler of a signal has said to give up
    PutAside ///< a handler of a signal runs meanwhile; then the wait begins again, or is Interrupted
};

/// Set in `object` of a waiting event when an actor is waited for.
inline constexpr std::uint64_t kActorFlag = 1ULL << 32;

/// Which instruction of the program's code a step carries out, and a number for its operands.
[[nodiscard]] constexpr std::uint64_t packOperation(
    std::int32_t instruction, std::uint32_t operands)
{
    return (std::uint64_t{operands} << 32U) | (static_cast<std::uint32_t>(instruction) + 1U);
}

/// One record of a ring: 32 bytes, written by one thread, fixed in every recording.
struct TraceEvent
{
    /// Ticks of the recording clock; after the collector nanoseconds since its start.
    std::uint64_t time = 0;
    std::uint32_t lane = 0; ///< ActorId
    EventKind kind = EventKind::None;
    std::uint16_t line = 0; ///< source line or detail
    std::uint64_t object = 0;
    std::uint64_t value = 0;
};
static_assert(sizeof(TraceEvent) == 32 && std::is_trivially_copyable_v<TraceEvent>);

} // namespace heddle

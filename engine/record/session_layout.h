// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/strong_id.h"
#include "engine/model/kinds.h"
#include "engine/model/trace/trace_event.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

// The shared memory of a session, byte by byte. Every number has a fixed width; every part begins
// on a page. Whoever attaches computes the places from the counts (SessionGeometry) and keeps them
// in memory of its own, so that a program that writes over the header cannot lead its watcher astray.
//
//   what                     bytes each   holds
//   SessionLayout            3 × 128      magic, version, counts, clock, then counters (a block each group)
//   rings ×                  3 × 128      RingControl: owner block · writer block · reader block
//   rings × records ×        32           TraceEvent: the records of ring 0, of ring 1, …
//   names ×                  8            NameEntry: where each text lies; NameId 1 is entry 0
//   texts                    namesBytes   the texts, one after the other, without ends
//   actors ×                 128          ActorSlot; ActorId 1 is slot 0
//   objects ×                64           ObjectSlot; ObjectId 1 is slot 0
//
// The tables only grow: an entry is claimed by raising the count, filled, then published by its own
// word (release). An entry that was claimed and never published belongs to a process that died.
//
// A ring passes through these states (RingControl::state, beside a generation that counts its uses):
//
//              writer takes it (compare and exchange)
//     Free ─────────────────────────────────────────► Taken ──┐ writer: head
//      ▲                                                │     │ reader: tail
//      │ reader has drained it                          │ ◄───┘
//      │                              writer's last act ▼
//      └───────────────────────────────────────────── Ending
//
// A writer that is killed leaves its ring Taken; what it published is drained all the same.

namespace heddle {

inline constexpr std::array<char, 8> kSessionMagic{'H', 'E', 'D', 'D', 'L', 'E', 'R', 'S'};
inline constexpr std::uint32_t kSessionVersion = 1;
inline constexpr std::size_t kBlockBytes = 128; ///< two cache lines: processors fetch them in pairs

/// What the times of records count.
enum class ClockSource : std::uint32_t
{
    MonotonicNanoseconds = 1,
    ProcessorTicks = 2
};

enum class RingState : std::uint32_t
{
    Free = 0,
    Taken = 1,
    Ending = 2
};
inline constexpr std::uint32_t kRingStateMask = 3;
inline constexpr std::uint32_t kRingGeneration = 4; ///< one use more, in the same word as the state

struct RingControl
{
    // Who writes.
    alignas(kBlockBytes) std::atomic<std::uint32_t> state{
        0}; ///< RingState, and the generation above it
    std::atomic<std::uint32_t> process{0};
    std::atomic<std::uint32_t> thread{0}; ///< native id
    // The writer's. Positions count records since ever; the place is the position modulo the size.
    alignas(kBlockBytes) std::atomic<std::uint64_t> head{0}; ///< first position not yet published
    std::atomic<std::uint64_t> lost{0}; ///< events that found it full
    // The reader's.
    alignas(kBlockBytes) std::atomic<std::uint64_t> tail{0}; ///< first position not yet read
};
static_assert(sizeof(RingControl) == 3 * kBlockBytes);

struct NameEntry
{
    std::uint32_t offset = 0;
    std::atomic<std::uint32_t> lengthAndOne{0}; ///< 0: not published
};
static_assert(sizeof(NameEntry) == 8);

enum class ActorLife : std::uint32_t
{
    Created = 1,
    Running = 2,
    Waiting = 3,
    Ended = 4
};

/// An actor, and what it waits for just now. From `epoch` on the fields have one writer, the
/// actor's own thread, and are read under the epoch: odd while they change, and never again the same.
struct alignas(kBlockBytes) ActorSlot
{
    std::atomic<std::uint32_t> published{0}; ///< 1: name and kind are there
    std::uint32_t name = 0; ///< NameId
    std::uint32_t kind = 0; ///< ActorKind
    std::atomic<std::uint32_t> nativeThread{0};
    std::atomic<std::uint32_t> grantedEpoch{
        0}; ///< the wait of this epoch has been ended by another actor
    std::atomic<std::uint32_t> epoch{0};
    std::atomic<std::uint32_t> life{0}; ///< ActorLife
    std::atomic<std::uint32_t> hasLimit{0}; ///< 1: the wait ends by itself
    std::atomic<std::uint64_t> waitsFor{0}; ///< an ObjectId, or an ActorId with kActorFlag
    std::atomic<std::int64_t> since{0}; ///< nanoseconds since the start of the session
    std::atomic<std::uint32_t> line{0};
    std::atomic<std::int32_t> programCounter{0};
    std::atomic<std::uint32_t> process{0}; ///< that the thread belongs to; of a command: its own
    std::atomic<std::uint32_t> creator{
        0}; ///< of a process or command: the ActorId that made it, or 0
    std::atomic<std::int64_t> alarmAt{0}; ///< nanoseconds: the last alarm it has set; 0: none
    std::atomic<std::int32_t> exitCode{0}; ///< of a process whose end the supervisor has written
};
static_assert(sizeof(ActorSlot) == kBlockBytes);

/// How many actors that share an object (units of a semaphore, readers) are remembered.
inline constexpr std::size_t kTakersPerObject = 8;

struct alignas(64) ObjectSlot
{
    std::atomic<std::uint32_t> published{0};
    std::uint32_t name = 0;
    std::uint32_t kind = 0; ///< PrimitiveKind
    std::atomic<std::uint32_t> holder{0}; ///< ActorId of the only holder, or 0
    std::atomic<std::int64_t> level{0};
    std::array<std::atomic<std::uint32_t>, kTakersPerObject>
        takers{}; ///< ActorIds that hold units, or read; 0: free
    std::atomic<std::uint64_t> inode{0}; ///< of a pipe: its number in the system; 0: unknown
};
static_assert(sizeof(ObjectSlot) == 64);

/// The first bytes of a session.
struct SessionLayout
{
    std::array<char, 8> magic{};
    std::uint32_t version = 0;
    std::uint32_t headerBytes = 0;
    std::uint32_t rings = 0;
    std::uint32_t recordsPerRing = 0;
    std::uint32_t names = 0;
    std::uint32_t actors = 0;
    std::uint32_t objects = 0;
    std::uint32_t clock = 0; ///< ClockSource
    std::uint64_t namesBytes = 0;
    std::int64_t startNanoseconds = 0; ///< of CLOCK_MONOTONIC
    std::uint64_t startTicks = 0; ///< of the clock, at the same moment

    alignas(kBlockBytes) std::atomic<std::uint32_t> nameCount{0};
    std::atomic<std::uint32_t> nameBytesUsed{0};
    std::atomic<std::uint32_t> actorCount{0};
    std::atomic<std::uint32_t> objectCount{0};
    std::atomic<std::uint32_t> ringsUsed{0}; ///< no ring from this number on was ever taken

    alignas(kBlockBytes) std::atomic<std::uint64_t> lostWithoutRing{0};
    std::atomic<std::uint64_t> refusedDefinitions{0}; ///< a table was full
    std::atomic<std::uint64_t> picosecondsPerEvent{0}; ///< the recorder's own cost, measured
};
static_assert(sizeof(SessionLayout) == 3 * kBlockBytes);
static_assert(std::atomic<std::uint64_t>::is_always_lock_free
    && std::atomic<std::uint32_t>::is_always_lock_free);

/// Where the parts lie, in bytes from the start.
struct SessionGeometry
{
    std::uint32_t rings = 0;
    std::uint32_t recordsPerRing = 0;
    std::uint32_t names = 0;
    std::uint32_t actors = 0;
    std::uint32_t objects = 0;
    std::uint64_t namesBytes = 0;
    std::uint64_t controls = 0;
    std::uint64_t records = 0;
    std::uint64_t nameEntries = 0;
    std::uint64_t nameTexts = 0;
    std::uint64_t actorSlots = 0;
    std::uint64_t objectSlots = 0;
    std::uint64_t totalBytes = 0;
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/model/trace/trace_event.h"
#include "engine/record/session.h"

#include <atomic>
#include <memory>
#include <string_view>

namespace heddle {

/// Whether this process records: the one question that costs anything while it does not.
inline constinit std::atomic<bool> recordingSwitch{false};

/// Makes this process record into the session, from all its threads, until the process ends.
///
/// Without it every function below does next to nothing (≤ 1.2 ns), ids are 0.
/// The recorder measures its own cost here and writes it into the session.
///
/// Threads: once, before other threads record.
///
/// Errors:  AlreadyStarted if it records already.
[[nodiscard]] Result<void> startRecording(std::shared_ptr<Session> session);
[[nodiscard]] inline bool isRecording() noexcept
{
    return recordingSwitch.load(std::memory_order_relaxed);
}

/// Ends it, for tests and programs that record a part of their life: no thread may be bound or
/// record at this moment, and ids of the session lose their meaning.
void stopRecording();

/// The session that is recorded into, or null.
[[nodiscard]] std::shared_ptr<Session> recordingSession();

/// The clock of the session: nanoseconds since its start; 0 when nothing is recorded.
[[nodiscard]] std::int64_t recordingNow() noexcept;

/// Ids for names, actors and objects; 0 when nothing is recorded or the table is full (counted).
/// The same name has one id.
///
/// Threads: any thread; not inside a signal handler.
[[nodiscard]] NameId defineName(std::string_view text);
[[nodiscard]] ActorId defineActor(ActorKind kind, std::string_view name);
[[nodiscard]] ObjectId defineObject(PrimitiveKind kind, std::string_view name);

/// From here on the calling thread records as `actor`: takes a ring, records ActorStarted. When no
/// ring is free its events are counted as lost. A thread that is bound already is unbound first.
void bindThread(ActorId actor);

/// While it lives, the calling thread, which is no actor, records what is set up before anybody acts:
/// the first levels of semaphores, queues and barriers. Without it such events count as lost.
///
/// Threads: the thread that made it.
class SetupRecording
{
public:
    SetupRecording();
    ~SetupRecording();
    SetupRecording(const SetupRecording&) = delete;
    SetupRecording& operator=(const SetupRecording&) = delete;

private:
    bool m_hasRing = false;
};

/// The actor is about to run in a process that is being made: from here on it counts as one that runs,
/// so that nobody takes those who wait for it as stuck.
///
/// Threads: any thread, before the actor's.
void expectActor(ActorId actor) noexcept;

/// Records how the actor ended and gives the ring back. `kind`: ActorFinished, ActorFailed.
void unbindThread(EventKind kind = EventKind::ActorFinished, NameId error = {});

/// The actor the calling thread records as, or 0.
[[nodiscard]] ActorId currentActor() noexcept;

/// What record() does once it is known that something is recorded.
void recordBound(
    EventKind kind, std::uint64_t object, std::uint64_t value, std::uint16_t line) noexcept;

/// Appends one event to the calling thread's ring; never blocks, allocates or locks.
///
/// When the ring is full, or the thread is bound to no actor, the event is dropped and counted.
///
/// Threads: any thread, and inside a signal handler, also one that interrupts record() itself.
inline void record(EventKind kind, std::uint64_t object = 0, std::uint64_t value = 0,
    std::uint16_t line = 0) noexcept
{
    if (isRecording())
        recordBound(kind, object, value, line);
}

/// An actor of another process has ended, and cannot tell it itself. `value` as of the kind.
///
/// Threads: a thread with a ring; of others the event counts as lost.
void endActor(ActorId actor, EventKind kind, std::uint64_t value) noexcept;

/// Gives the calling thread's ring back and says nothing of its actor: somebody else tells its end.
void leaveLane() noexcept;

/// As record(), in the lane of another actor, which cannot record any more.
///
/// Threads: a bound thread; of others the event counts as lost.
void recordOf(
    ActorId actor, EventKind kind, std::uint64_t object = 0, std::uint64_t value = 0) noexcept;

/// The source line that waiting events of this thread carry from now on, and the program counter
/// that the deadlock watch reads.
void setPosition(std::uint16_t line, std::int32_t programCounter) noexcept;

/// What the primitives report. Each records an event and keeps the actor's current wait (and the
/// object's holder) in the session memory, where the deadlock watch reads them. Object 0 is one
/// that is not recorded: nothing happens.
///
/// A wait is a pair: reportWants, then reportHas or reportGaveUp. An uncontended acquisition is a
/// single reportHas. `deadline` tells the watch whether the wait ends by itself.
///
/// Threads: the thread that waits or acts.
void reportWants(ObjectId object, State shownAs, Deadline deadline) noexcept;
void reportWantsActor(ActorId actor, Deadline deadline) noexcept;
void reportHas(ObjectId object, std::uint64_t unitsOrMode = 0) noexcept;
void reportHasActor(ActorId actor) noexcept;
void reportGaveUp(ObjectId object, EndOfWait reason) noexcept;
void reportGaveUpActor(ActorId actor, EndOfWait reason) noexcept;
void reportReleased(ObjectId object, std::uint64_t units = 0) noexcept;
void reportLevel(ObjectId object, std::int64_t level) noexcept;

/// Says that the caller ends the wait of `to`: an edge, and for the watch `to` is not waiting any
/// more. Called before `to` is let go, while its wait cannot end in another way.
void reportHandedOver(ObjectId object, ActorId to) noexcept;

/// The same without an event: it has been recorded before, or is the caller's own end.
void reportWaitOver(ActorId of) noexcept;

/// The wait was ended by another actor and yet what was wanted is gone: it goes on.
void reportStillWants() noexcept;

/// While it lives, the calling thread is seen to run, not to wait, in the trace and by the watch: for
/// a handler that runs within a wait, and may wait for something else. Then the wait begins again.
///
/// Threads: the thread that made it.
class WaitPutAside
{
public:
    WaitPutAside() noexcept;
    ~WaitPutAside();
    WaitPutAside(const WaitPutAside&) = delete;
    WaitPutAside& operator=(const WaitPutAside&) = delete;

private:
    std::uint64_t m_target = 0; ///< 0: it did not wait
    State m_shownAs = State::None;
    bool m_hasLimit = false;
};

/// The process that the calling thread's actor has made for a command or a process actor. Said before
/// that actor's lane is bound to a thread.
void reportProcess(ActorId of, std::int64_t process) noexcept;

/// For the watch: a pipe's number in the system (`st_ino`).
void reportPipe(ObjectId object, std::uint64_t inode) noexcept;

/// For the watch: a SIGALRM will come to the calling thread's process after the delay. Said again when
/// it has been set, so that what the watch knows is never too early.
void reportAlarm(nanoseconds delay) noexcept;

/// Exclusive holders for the watch: set by mutexes and the like just after taking, 0 just before giving.
void reportHolder(ObjectId object, ActorId holder) noexcept;

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/record/recorder.h"

#include "engine/record/active_session.h"
#include "engine/record/definition_writer.h"
#include "engine/record/event_ring.h"
#include "engine/record/recorded_names.h"
#include "engine/record/recording_cost.h"
#include "engine/record/watched_slots.h"

#include <mutex>

#include <pthread.h>
#include <unistd.h>

namespace heddle {

namespace {

// What all threads share. Set once before the switch is turned on; the pointers are plain for
// record(), which may run in a signal handler.
struct Recording
{
    std::shared_ptr<Session> session;
    RecordedNames names;
};

// Never destroyed: threads may record while the process ends.
Recording& recording()
{
    static auto* const one = new Recording;
    return *one;
}

constinit SessionLayout* sharedLayout = nullptr;
constinit ClockSource sharedClock = ClockSource::MonotonicNanoseconds;

// A thread's own part; constant-initialised and in the static TLS block, so that a signal handler
// may touch it at any moment.
struct ThreadRecord
{
    RingCursor cursor;
    ActorSlot* slot = nullptr;
    std::uint32_t actor = 0;
    std::uint16_t line = 0;
    State waitsAs = State::None; ///< how its wait is shown
};
__attribute__((tls_model("initial-exec"))) constinit thread_local ThreadRecord threadRecord;

// Changes what the deadlock watch sees of the calling thread's actor.
void setWait(ActorLife life, std::uint64_t waitsFor, bool hasLimit) noexcept
{
    ActorSlot* slot = threadRecord.slot;
    if (slot == nullptr)
        return;
    const std::uint32_t epoch = slot->epoch.load(std::memory_order_relaxed);
    writeLife(*slot, epoch + 1, {life, waitsFor, hasLimit, recordingNow()});
}

void recordHere(EventKind kind, std::uint64_t object, std::uint64_t value) noexcept
{
    recordBound(kind, object, value, threadRecord.line);
}

// What waiting events carry as their object; 0 stays 0.
std::uint64_t flagged(ActorId actor)
{
    return actor ? actor.value | kActorFlag : 0;
}

void beginWait(std::uint64_t target, State shownAs, Deadline deadline) noexcept
{
    if (!isRecording() || target == 0)
        return;
    recordHere(EventKind::Wants, target, static_cast<std::uint64_t>(shownAs));
    threadRecord.waitsAs = shownAs;
    setWait(ActorLife::Waiting, target, !deadline.isNever());
}

void endWait(EventKind kind, std::uint64_t target, std::uint64_t value) noexcept
{
    if (!isRecording() || target == 0)
        return;
    const ActorSlot* slot = threadRecord.slot;
    const auto waiting = static_cast<std::uint32_t>(ActorLife::Waiting);
    if (slot != nullptr && slot->life.load(std::memory_order_relaxed) == waiting)
        setWait(ActorLife::Running, 0, false);
    recordHere(kind, target, value);
}

void exchangeTaker(ObjectId object, std::uint32_t from, std::uint32_t to) noexcept
{
    ObjectSlot* slot = activeSession().object(object);
    if (slot != nullptr)
        exchangeTaker(*slot, from, to);
}

void holdNames()
{
    recording().names.hold();
}

void letNamesGo()
{
    recording().names.letGo();
}

// A forked child has a copy of its parent's cursor; the ring has one writer, and that is the parent.
void forgetRingInChild()
{
    letNamesGo();
    threadRecord.cursor.records = nullptr;
    threadRecord.cursor.control = nullptr;
    threadRecord.slot = nullptr;
    threadRecord.actor = 0;
}

} // namespace

Result<void> startRecording(std::shared_ptr<Session> session)
{
    if (isRecording())
        return Error{
            ErrorKind::AlreadyStarted, 0, "start recording", "this process records already"};
    static std::once_flag atForkSet;
    std::call_once(atForkSet, [] { ::pthread_atfork(holdNames, letNamesGo, forgetRingInChild); });
    Recording& all = recording();
    all.names.clear();
    sharedLayout = &session->layout();
    sharedClock = session->clock();
    const double cost = measureRecordingCost(sharedClock);
    sharedLayout->picosecondsPerEvent.store(
        static_cast<std::uint64_t>(cost * 1000), std::memory_order_relaxed);
    all.session = std::move(session);
    recordingSwitch.store(true, std::memory_order_release);
    return {};
}

void stopRecording()
{
    recordingSwitch.store(false, std::memory_order_release);
    sharedLayout = nullptr;
    recording().session.reset();
}

Session& activeSession() noexcept
{
    return *recording().session;
}

std::shared_ptr<Session> recordingSession()
{
    return recording().session;
}

std::int64_t recordingNow() noexcept
{
    return isRecording() ? monotonicNow().count() - sharedLayout->startNanoseconds : 0;
}

NameId defineName(std::string_view text)
{
    if (!isRecording())
        return {};
    return recording().names.idOf(*recording().session, text);
}

ActorId defineActor(ActorKind kind, std::string_view name)
{
    if (!isRecording())
        return {};
    return writeActor(*recording().session, kind, defineName(name));
}

ObjectId defineObject(PrimitiveKind kind, std::string_view name)
{
    if (!isRecording())
        return {};
    return writeObject(*recording().session, kind, defineName(name));
}

SetupRecording::SetupRecording()
{
    if (isRecording() && threadRecord.cursor.records == nullptr)
        m_hasRing = takeRing(*recording().session, threadRecord.cursor);
}

SetupRecording::~SetupRecording()
{
    if (m_hasRing)
        giveRingBack(threadRecord.cursor);
}

void bindThread(ActorId actor)
{
    if (!isRecording() || !actor)
        return;
    if (threadRecord.actor != 0)
        unbindThread();
    const Session& session = *recording().session;
    threadRecord.line = 0;
    threadRecord.slot = session.actor(actor);
    threadRecord.actor = actor.value;
    static_cast<void>(
        takeRing(session, threadRecord.cursor)); // without one its events count as lost
    const auto native = static_cast<std::uint32_t>(::gettid());
    std::uint32_t shown = native;
    if (ActorSlot* slot = threadRecord.slot) {
        slot->nativeThread.store(native, std::memory_order_relaxed);
        // The lane of a command is that of its process, not of the thread that watches it.
        if (static_cast<ActorKind>(slot->kind) == ActorKind::Command)
            shown = slot->process.load(std::memory_order_relaxed);
        else
            slot->process.store(static_cast<std::uint32_t>(::getpid()), std::memory_order_relaxed);
    }
    setWait(ActorLife::Running, 0, false);
    recordBound(EventKind::ActorStarted, 0, shown, 0);
}

void unbindThread(EventKind kind, NameId error)
{
    if (!isRecording() || threadRecord.actor == 0)
        return;
    recordHere(kind, 0, error.value);
    giveRingBack(threadRecord.cursor);
    setWait(ActorLife::Ended, 0, false);
    threadRecord.slot = nullptr;
    threadRecord.actor = 0;
}

ActorId currentActor() noexcept
{
    return ActorId{threadRecord.actor};
}

void recordBound(
    EventKind kind, std::uint64_t object, std::uint64_t value, std::uint16_t line) noexcept
{
    ThreadRecord& mine = threadRecord;
    if (mine.cursor.records == nullptr) [[unlikely]] {
        sharedLayout->lostWithoutRing.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    appendStamped(mine.cursor, sharedClock, TraceEvent{0, mine.actor, kind, line, object, value});
}

void endActor(ActorId actor, EventKind kind, std::uint64_t value) noexcept
{
    if (!isRecording())
        return;
    recordOf(actor, kind, 0, value);
    writeActorEnd(*recording().session, actor);
}

void leaveLane() noexcept
{
    if (!isRecording() || threadRecord.actor == 0)
        return;
    giveRingBack(threadRecord.cursor);
    threadRecord.slot = nullptr;
    threadRecord.actor = 0;
}

void recordOf(ActorId actor, EventKind kind, std::uint64_t object, std::uint64_t value) noexcept
{
    if (!isRecording())
        return;
    ThreadRecord& mine = threadRecord;
    if (mine.cursor.records == nullptr) {
        sharedLayout->lostWithoutRing.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    appendStamped(
        mine.cursor, sharedClock, TraceEvent{0, actor.value, kind, mine.line, object, value});
}

void setPosition(std::uint16_t line, std::int32_t programCounter) noexcept
{
    ThreadRecord& mine = threadRecord;
    mine.line = line;
    if (mine.slot == nullptr)
        return;
    mine.slot->line.store(line, std::memory_order_relaxed);
    mine.slot->programCounter.store(programCounter, std::memory_order_relaxed);
}

void reportWants(ObjectId object, State shownAs, Deadline deadline) noexcept
{
    beginWait(object.value, shownAs, deadline);
}

void reportWantsActor(ActorId actor, Deadline deadline) noexcept
{
    beginWait(flagged(actor), State::WaitActor, deadline);
}

void reportHas(ObjectId object, std::uint64_t unitsOrMode) noexcept
{
    endWait(EventKind::Has, object.value, unitsOrMode);
    if (isRecording() && object && threadRecord.actor != 0)
        exchangeTaker(object, 0, threadRecord.actor);
}

void reportHasActor(ActorId actor) noexcept
{
    endWait(EventKind::Has, flagged(actor), 0);
}

void reportGaveUp(ObjectId object, EndOfWait reason) noexcept
{
    endWait(EventKind::GaveUp, object.value, static_cast<std::uint64_t>(reason));
}

void reportGaveUpActor(ActorId actor, EndOfWait reason) noexcept
{
    endWait(EventKind::GaveUp, flagged(actor), static_cast<std::uint64_t>(reason));
}

void reportReleased(ObjectId object, std::uint64_t units) noexcept
{
    if (!isRecording() || !object)
        return;
    recordHere(EventKind::Released, object.value, units);
    if (threadRecord.actor != 0)
        exchangeTaker(object, threadRecord.actor, 0);
}

void reportHandedOver(ObjectId object, ActorId to) noexcept
{
    if (!isRecording() || !object || !to)
        return;
    recordHere(EventKind::HandedOver, object.value, to.value);
    reportWaitOver(to);
}

void reportStillWants() noexcept
{
    const ActorSlot* slot = threadRecord.slot;
    if (!isRecording() || slot == nullptr)
        return;
    setWait(ActorLife::Waiting, slot->waitsFor.load(std::memory_order_relaxed),
        slot->hasLimit.load(std::memory_order_relaxed) != 0);
}

WaitPutAside::WaitPutAside() noexcept
{
    const ActorSlot* slot = threadRecord.slot;
    const auto waiting = static_cast<std::uint32_t>(ActorLife::Waiting);
    if (!isRecording() || slot == nullptr || slot->life.load(std::memory_order_relaxed) != waiting)
        return;
    m_shownAs = threadRecord.waitsAs;
    m_hasLimit = slot->hasLimit.load(std::memory_order_relaxed) != 0;
    m_target = slot->waitsFor.load(std::memory_order_relaxed);
    endWait(EventKind::GaveUp, m_target, static_cast<std::uint64_t>(EndOfWait::PutAside));
}

WaitPutAside::~WaitPutAside()
{
    if (m_target == 0 || !isRecording())
        return;
    const Deadline deadline = m_hasLimit ? Deadline::at(nanoseconds(0)) : Deadline::never();
    beginWait(m_target, m_shownAs, deadline);
}

void reportLevel(ObjectId object, std::int64_t level) noexcept
{
    if (!isRecording() || !object)
        return;
    ObjectSlot* slot = activeSession().object(object);
    if (slot != nullptr)
        slot->level.store(level, std::memory_order_relaxed);
    recordHere(EventKind::Level, object.value, static_cast<std::uint64_t>(level));
}

void reportAlarm(nanoseconds delay) noexcept
{
    if (isRecording() && threadRecord.slot != nullptr)
        threadRecord.slot->alarmAt.store(recordingNow() + delay.count(), std::memory_order_release);
}

} // namespace heddle

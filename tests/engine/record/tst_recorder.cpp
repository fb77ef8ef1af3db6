// SPDX-License-Identifier: GPL-3.0-only
#include "engine/record/collector.h"
#include "engine/record/event_ring.h"
#include "engine/record/recorder.h"
#include "engine/record/session_view.h"
#include "tests/support/recording.h"

#include <QtTest>

#include <latch>
#include <thread>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

namespace {

ActorWait waitOf(const Session& session, ActorId actor)
{
    for (const ActorWait& wait : readActorWaits(session)) {
        if (wait.actor == actor)
            return wait;
    }
    return {};
}

} // namespace

class TestRecorder : public QObject
{
    Q_OBJECT
private slots:
    void withoutASessionNothingHappens()
    {
        QVERIFY(!isRecording());
        QVERIFY(!defineName("x"));
        const ActorId actor = defineActor(ActorKind::Thread, "x");
        QVERIFY(!actor);
        bindThread(actor);
        QVERIFY(!currentActor());
        record(EventKind::Progressed);
        reportHas(ObjectId{1});
        QCOMPARE(recordingNow(), 0);
    }
    void aProcessRecordsIntoOneSession()
    {
        const Recording recording;
        QVERIFY(recording.started);
        const Result<void> again = startRecording(recording.session);
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::AlreadyStarted);
        QVERIFY(recording.session->layout().picosecondsPerEvent.load() > 0);
    }
    void aNameIsWrittenOnce()
    {
        const Recording recording;
        const NameId first = defineName("fork 1");
        QVERIFY(first == defineName("fork 1"));
        QVERIFY(first != defineName("fork 2"));
        QCOMPARE(readName(*recording.session, first), std::string("fork 1"));
        QCOMPARE(recording.session->layout().nameCount.load(), 2U);
    }
    void aFullTableIsCounted()
    {
        SessionOptions options;
        options.actors = 2;
        const Recording recording(options);
        QVERIFY(defineActor(ActorKind::Thread, "a"));
        QVERIFY(defineActor(ActorKind::Thread, "b"));
        QVERIFY(!defineActor(ActorKind::Thread, "c"));
        QCOMPARE(recording.session->layout().refusedDefinitions.load(), 1U);
    }
    void eventsWithoutAnActorOrARingAreCountedAsLost()
    {
        SessionOptions options;
        options.rings = 1;
        const Recording recording(options);
        record(EventKind::Progressed);
        bindThread(defineActor(ActorKind::Thread, "first"));
        std::jthread([&] {
            bindThread(defineActor(ActorKind::Thread, "second")); // ActorStarted is lost
            record(EventKind::Progressed);
            unbindThread(); // and its end
        }).join();
        QCOMPARE(recording.session->layout().lostWithoutRing.load(), 4U);
    }
    void whatIsSetUpBeforeAnybodyActsIsNotLost()
    {
        const Recording recording;
        const ObjectId room = defineObject(PrimitiveKind::Semaphore, "room");
        {
            const SetupRecording setup;
            reportLevel(room, 3);
        }
        QCOMPARE(recording.session->layout().lostWithoutRing.load(), 0U);
        QCOMPARE(recording.session->ring(0).head.load(), 1U);
        QCOMPARE(recording.session->records(0)[0].value, 3U);
        record(EventKind::Progressed);
        QCOMPARE(recording.session->layout().lostWithoutRing.load(), 1U);
    }
    void aWaitIsSeenWithItsPlaceUntilItEnds()
    {
        const Recording recording;
        const ActorId actor = defineActor(ActorKind::Thread, "philosopher 1");
        const ObjectId fork = defineObject(PrimitiveKind::Mutex, "fork[1]");
        QCOMPARE(waitOf(*recording.session, actor).life, ActorLife::Created);
        bindThread(actor);
        const ActorWait before = waitOf(*recording.session, actor);
        setPosition(12, 34);
        reportWants(fork, State::WaitLock, Deadline::never());
        const ActorWait during = waitOf(*recording.session, actor);
        reportHas(fork);
        reportHolder(fork, actor);
        const ActorWait after = waitOf(*recording.session, actor);

        QCOMPARE(before.name, std::string("philosopher 1"));
        QCOMPARE(before.life, ActorLife::Running);
        QVERIFY(during.waiting && !during.hasLimit);
        QVERIFY(during.object == fork && !during.awaited);
        QCOMPARE(during.line, 12U);
        QCOMPARE(during.programCounter, 34);
        QVERIFY(during.epoch != before.epoch && after.epoch != during.epoch);
        QVERIFY(!after.waiting);
        QVERIFY(readObject(*recording.session, fork).holder == actor);
        QCOMPARE(readObject(*recording.session, fork).name, std::string("fork[1]"));
    }
    void aJoinWaitsForAnActorAndALimitIsSeen()
    {
        const Recording recording;
        const ActorId me = defineActor(ActorKind::Thread, "main");
        const ActorId other = defineActor(ActorKind::Thread, "other");
        bindThread(me);
        reportWantsActor(other, Deadline::after(1h));
        const ActorWait wait = waitOf(*recording.session, me);
        QVERIFY(wait.waiting && wait.hasLimit);
        QVERIFY(wait.awaited == other && !wait.object);
        reportGaveUpActor(other, EndOfWait::TimedOut);
        QVERIFY(!waitOf(*recording.session, me).waiting);
    }
    void whoeverIsHandedWhatHeWantsIsNotWaitingAnyMore()
    {
        const Recording recording;
        const ActorId waiter = defineActor(ActorKind::Thread, "waiter");
        const ActorId giver = defineActor(ActorKind::Thread, "giver");
        const ObjectId lock = defineObject(PrimitiveKind::Mutex, "lock");
        std::latch waits(1);
        std::latch asked(1);
        std::jthread thread([&] {
            bindThread(waiter);
            reportWants(lock, State::WaitLock, Deadline::never());
            waits.count_down();
            asked.wait();
            reportStillWants();
            waits.wait();
            unbindThread();
        });
        waits.wait();
        bindThread(giver);
        QVERIFY(waitOf(*recording.session, waiter).waiting);
        reportHandedOver(lock, waiter);
        const ActorWait given = waitOf(*recording.session, waiter);
        QVERIFY(!given.waiting);
        QCOMPARE(given.life, ActorLife::Waiting);
        asked.count_down();
        thread.join();
        QCOMPARE(waitOf(*recording.session, waiter).life, ActorLife::Ended);
    }
    void aWaitThatWasHandedOverInVainIsANewWait()
    {
        const Recording recording;
        const ActorId me = defineActor(ActorKind::Thread, "me");
        const ObjectId lock = defineObject(PrimitiveKind::Mutex, "lock");
        bindThread(me);
        reportWants(lock, State::WaitLock, Deadline::never());
        reportHandedOver(lock, me);
        QVERIFY(!waitOf(*recording.session, me).waiting);
        reportStillWants();
        QVERIFY(waitOf(*recording.session, me).waiting);
        QVERIFY(waitOf(*recording.session, me).object == lock);
        reportGaveUp(lock, EndOfWait::Cancelled);
    }
    void aWaitPutAsideForAHandlerIsSeenAgainAfterIt()
    {
        const Recording recording;
        const ActorId actor = defineActor(ActorKind::Thread, "main");
        const ObjectId outer = defineObject(PrimitiveKind::Mutex, "outer");
        const ObjectId inner = defineObject(PrimitiveKind::Mutex, "inner");
        bindThread(actor);
        reportWants(outer, State::WaitLock, Deadline::never());
        {
            const WaitPutAside aside;
            QVERIFY(!waitOf(*recording.session, actor).waiting);
            reportWants(inner, State::WaitLock, Deadline::after(1s));
            QCOMPARE(waitOf(*recording.session, actor).object, inner);
            reportHas(inner);
        }
        const ActorWait wait = waitOf(*recording.session, actor);
        QVERIFY(wait.waiting);
        QVERIFY(!wait.hasLimit);
        QCOMPARE(wait.object, outer);
        reportHas(outer);
        {
            const WaitPutAside nothingToPutAside;
        }
        QVERIFY(!waitOf(*recording.session, actor).waiting);
    }
    void aWriterThatDiedInTheMiddleOfAChangeCountsAsMoving()
    {
        const Recording recording;
        const ActorId actor = defineActor(ActorKind::Thread, "x");
        recording.session->actor(actor)->life = static_cast<std::uint32_t>(ActorLife::Waiting);
        recording.session->actor(actor)->epoch = 7;
        QVERIFY(!waitOf(*recording.session, actor).waiting);
    }
};

QTEST_APPLESS_MAIN(TestRecorder)
#include "tst_recorder.moc"

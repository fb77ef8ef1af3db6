// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/track.h"
#include "engine/record/collector.h"
#include "engine/record/event_ring.h"
#include "engine/record/recorder.h"
#include "engine/record/session_view.h"
#include "tests/support/recording.h"

#include <QProcess>
#include <QtTest>

#include <random>
#include <thread>

#include <unistd.h>

using namespace heddle;
using namespace heddle::tests;

namespace {

LaneId laneNamed(const Trace& trace, const std::string& name)
{
    for (const Lane& lane : trace.lanes()) {
        if (lane.name == name)
            return lane.id;
    }
    return {};
}

std::size_t momentsOf(const Trace& trace, const std::string& lane)
{
    return trace.momentCount(laneNamed(trace, lane), 0, trace.end());
}

} // namespace

class TestCollector : public QObject
{
    Q_OBJECT
private slots:
    void eventsOfManyThreadsArriveInTheirLanes()
    {
        constexpr int kThreads = 4;
        constexpr int kEvents = 30'000;
        const Recording recording;
        Collector collector(recording.session);
        {
            std::vector<std::jthread> threads;
            for (int number = 0; number < kThreads; ++number) {
                threads.emplace_back([number] {
                    bindThread(defineActor(ActorKind::Thread, "thread " + std::to_string(number)));
                    for (int count = 0; count < kEvents; ++count)
                        record(EventKind::Progressed, 0, 0, 3);
                    unbindThread();
                });
            }
            for (int drains = 0; drains < 50; ++drains)
                collector.drain();
        }
        collector.finish();
        const auto trace = collector.trace();
        QCOMPARE(trace->recorder().lost, 0U);
        QCOMPARE(trace->recorder().events, std::uint64_t{kThreads * (kEvents + 2)});
        QVERIFY(trace->recorder().nanosecondsPerEvent > 0);
        QVERIFY(!trace->isLive());
        for (int number = 0; number < kThreads; ++number)
            QCOMPARE(
                momentsOf(*trace, "thread " + std::to_string(number)), std::size_t{kEvents + 1});
    }
    void ringsOfEndedThreadsServeManyMore()
    {
        SessionOptions options;
        options.rings = 2;
        options.recordsPerRing = 64;
        const Recording recording(options);
        Collector collector(recording.session);
        for (int number = 0; number < 100; ++number) {
            std::jthread([number] {
                bindThread(defineActor(ActorKind::Thread, std::to_string(number)));
                record(EventKind::Progressed);
                unbindThread();
            }).join();
            collector.drain();
        }
        collector.finish();
        QCOMPARE(collector.trace()->recorder().lost, 0U);
        QCOMPARE(collector.trace()->recorder().events, 300U);
        QCOMPARE(collector.trace()->lanes().size(), std::size_t{100});
        QVERIFY(recording.session->layout().ringsUsed.load() <= 2);
    }
    void timesAreThoseOfTheSessionsClock_data()
    {
        QTest::addColumn<bool>("ticks");
        QTest::newRow("processor") << true;
        QTest::newRow("kernel") << false;
    }
    void timesAreThoseOfTheSessionsClock()
    {
        QFETCH(bool, ticks);
        constexpr std::int64_t kTolerance =
            100'000; // ns: two clocks, one calibrated for a millisecond
        SessionOptions options;
        options.clock = ticks ? RecordingClock::Best : RecordingClock::Monotonic;
        const Recording recording(options);
        Collector collector(recording.session);
        bindThread(defineActor(ActorKind::Thread, "me"));
        const std::int64_t before = recordingNow();
        record(EventKind::Progressed);
        const std::int64_t after = recordingNow();
        unbindThread();
        collector.finish();
        const auto trace = collector.trace();
        const auto moments = trace->moments(laneNamed(*trace, "me"), 0, trace->end(), 9);
        QVERIFY(!moments.empty());
        QVERIFY(moments.front().time >= before - kTolerance);
        QVERIFY(moments.front().time <= after + kTolerance);
    }
    void aFullRingIsUrgentAndItsLossesAreInTheTrace()
    {
        SessionOptions options;
        options.recordsPerRing = 64;
        const Recording recording(options);
        Collector collector(recording.session);
        bindThread(defineActor(ActorKind::Thread, "me"));
        QVERIFY(!collector.isUrgent());
        for (int count = 0; count < 99; ++count)
            record(EventKind::Progressed);
        QVERIFY(collector.isUrgent());
        QCOMPARE(collector.drain(), std::size_t{64});
        QVERIFY(!collector.isUrgent());
        unbindThread();
        collector.finish();
        QCOMPARE(collector.trace()->recorder().lost, 36U);
        QCOMPARE(momentsOf(*collector.trace(), "me"), std::size_t{64}); // 63, and the end
    }
    void theKernelsTimesAreTakenAsTheyAre()
    {
        const Recording recording;
        Collector collector(recording.session);
        bindThread(defineActor(ActorKind::Thread, "me"));
        Result<RingWriter> kernel = RingWriter::take(recording.session);
        QVERIFY(kernel);
        const auto native = static_cast<std::uint64_t>(::gettid());
        const auto now = static_cast<std::uint64_t>(recordingNow());
        QVERIFY(kernel->appendAsIs({now + 1000, 0, EventKind::SwitchedIn, 0, native, 0}));
        QVERIFY(kernel->appendAsIs({now + 5000, 0, EventKind::SwitchedOut, 0, native, 0}));
        unbindThread();
        collector.finish();
        const auto trace = collector.trace();
        const auto lane = trace->lane(laneNamed(*trace, "me"));
        QVERIFY(lane.has_value());
        std::int64_t ran = 0;
        for (const TrackId id : lane->tracks) {
            if (trace->track(id)->kind() == TrackKind::Scheduler)
                ran = trace->track(id)->sums(
                    0, trace->end())[static_cast<std::size_t>(State::Running)];
        }
        QVERIFY(ran >= 4000);
    }
    void whatAKilledProcessWroteIsRead()
    {
        Result<Session> made = Session::create();
        const auto session = std::make_shared<Session>(std::move(*made));
        const OwnedFd inherited(::dup(session->fd())); // without close-on-exec
        QProcess child;
        child.start(RECORDING_CHILD, {QString::number(inherited.get()), QStringLiteral("1000")});
        QVERIFY(child.waitForReadyRead(8000));
        QCOMPARE(child.readAllStandardOutput(), QByteArray("ready\n"));
        Collector collector(session);
        collector.drain();
        const std::vector<ActorWait> waits = readActorWaits(*session);
        child.kill();
        QVERIFY(child.waitForFinished(8000));
        collector.finish();

        QCOMPARE(waits.size(), std::size_t{1});
        QVERIFY(waits.front().waiting);
        QCOMPARE(waits.front().name, std::string("victim"));
        QCOMPARE(readObject(*session, waits.front().object).name, std::string("lock"));
        QCOMPARE(momentsOf(*collector.trace(), "victim"), std::size_t{1000});
        QCOMPARE(collector.trace()->recorder().lost, 0U);
    }
    void aSessionFullOfGarbageIsReadToItsEnd()
    {
        SessionOptions options;
        options.rings = 4;
        options.recordsPerRing = 256;
        options.actors = 16;
        options.objects = 16;
        options.namesBytes = 4096;
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            Result<Session> made = Session::create(options);
            const auto session = std::make_shared<Session>(std::move(*made));
            Collector collector(session);
            std::mt19937_64 numbers(seed);
            auto* words = reinterpret_cast<std::uint64_t*>(&session->layout());
            const std::size_t header = offsetof(SessionLayout, nameCount) / sizeof(std::uint64_t);
            const std::size_t count = session->geometry().totalBytes / sizeof(std::uint64_t);
            for (std::size_t place = header; place < count; ++place)
                words[place] = numbers() >> (numbers() % 64);
            collector.drain();
            collector.finish();
            QVERIFY(!collector.trace()->isLive());
        }
    }
};

QTEST_GUILESS_MAIN(TestCollector)
#include "tst_collector.moc"

// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/statistics.h"
#include "tests/engine/trace/event_script.h"

#include <QTest>

using namespace heddle;

class TestStatistics : public QObject
{
    Q_OBJECT

private slots:
    void waitsAreSummedByObjectLargestFirst()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        const ObjectId left = script.object(PrimitiveKind::Mutex, "left");
        const ObjectId right = script.object(PrimitiveKind::Semaphore, "right");
        script.at(0).add(main, EventKind::ActorStarted);
        for (std::uint64_t i = 0; i < 100; ++i) {
            script.at(1000 * i).wants(main, left).at(1000 * i + i + 1).has(main, left);
            script.at(1000 * i + 500).released(main, left);
            script.wants(main, right)
                .at(1000 * i + 700)
                .has(main, right, 1)
                .released(main, right, 1);
        }
        script.at(100'000).add(main, EventKind::ActorFinished);
        const auto trace = script.finish();

        const TraceStatistics result = statistics(*trace, 0, 100'000);

        QCOMPARE(result.lanes.size(), std::size_t(3));
        const LaneStatistics& lane = result.lanes[0];
        QCOMPARE(lane.kind, std::string("thread"));
        QCOMPARE(lane.waits.size(), std::size_t(2));
        QCOMPARE(lane.waits[0].object, std::string("right"));
        QCOMPARE(lane.waits[0].totalNanoseconds, std::int64_t(20'000));
        QCOMPARE(lane.waits[1].count, std::uint64_t(100));
        QCOMPARE(lane.waits[1].totalNanoseconds, std::int64_t(5050));
        QCOMPARE(lane.waits[1].p50Nanoseconds, std::int64_t(50));
        QCOMPARE(lane.waits[1].p99Nanoseconds, std::int64_t(99));
        QCOMPARE(lane.waits[1].longestNanoseconds, std::int64_t(100));
        QCOMPARE(lane.blockedNanoseconds, std::int64_t(25'050));
        QCOMPARE(lane.runningNanoseconds, std::int64_t(74'950));
        QCOMPARE(result.lanes[1].kind, std::string("mutex"));
        QCOMPARE(result.lanes[1].waits[0].count, std::uint64_t(100));
        QCOMPARE(result.lanes[1].runningNanoseconds, std::int64_t(100 * 500 - 5050));
    }

    void onlyTheSelectionCounts()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        const ObjectId lock = script.object(PrimitiveKind::Mutex, "lock");
        script.at(0)
            .add(main, EventKind::ActorStarted)
            .at(100)
            .wants(main, lock)
            .at(200)
            .has(main, lock);
        script.builder.setEnd(1000);

        const TraceStatistics result = statistics(*script.builder.trace(), 150, 400);

        QCOMPARE(result.lanes[0].waits[0].totalNanoseconds, std::int64_t(50));
        QCOMPARE(result.lanes[0].runningNanoseconds, std::int64_t(200));
        QVERIFY(statistics(*script.builder.trace(), 300, 400).lanes[0].waits.empty());
    }

    void theKernelsWordIsPreferred()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        script.at(0).add(main, EventKind::ActorStarted, 0, 42);
        TraceEvent event{0, 0, EventKind::SwitchedIn, 0, 42, 0};
        script.builder.append({&event, 1});
        event = {300, 0, EventKind::SwitchedOut, 1, 42, 0};
        script.builder.append({&event, 1});
        event = {400, 0, EventKind::SwitchedIn, 0, 42, 0};
        script.builder.append({&event, 1});
        event = {500, 0, EventKind::SwitchedOut, 0, 42, 0};
        script.builder.append({&event, 1});
        script.builder.setEnd(1000);

        const LaneStatistics lane = statistics(*script.builder.trace(), 0, 1000).lanes[0];

        QCOMPARE(lane.runningNanoseconds, std::int64_t(400));
        QCOMPARE(lane.runnableNanoseconds, std::int64_t(100));
        QCOMPARE(lane.blockedNanoseconds, std::int64_t(500));
    }

    void manyWaitsHavePercentilesToo()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        const ObjectId lock = script.object(PrimitiveKind::Mutex, "lock");
        for (std::uint64_t i = 0; i < 20'000; ++i)
            script.at(100'000 * i).wants(main, lock).at(100'000 * i + i + 1).has(main, lock);
        const auto trace = script.finish();

        const WaitStatistics wait = statistics(*trace, 0, trace->end()).lanes[0].waits[0];

        QCOMPARE(wait.count, std::uint64_t(20'000));
        QVERIFY(std::llabs(wait.p50Nanoseconds - 10'000) < 700);
        QVERIFY(std::llabs(wait.p99Nanoseconds - 19'800) < 1400);
        QCOMPARE(wait.longestNanoseconds, std::int64_t(20'000));
    }

    void aStoppedCountGivesNothing()
    {
        const auto trace = randomTrace(1);
        std::stop_source source;
        source.request_stop();

        QVERIFY(statistics(*trace, 0, trace->end(), source.get_token()).lanes.empty());
    }
};

QTEST_APPLESS_MAIN(TestStatistics)
#include "tst_statistics.moc"

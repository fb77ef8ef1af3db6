// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/trace_builder.h"
#include "engine/model/trace/wait_graph.h"
#include "tests/engine/trace/event_script.h"
#include "tests/engine/trace/lane_text.h"

#include <QTest>

using namespace heddle;

class TestTraceBuilder : public QObject
{
    Q_OBJECT

private slots:
    void anActorRunsComputesWaitsAndSleeps()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        const ObjectId lock = script.object(PrimitiveKind::Mutex, "lock");
        script.at(10).add(main, EventKind::ActorStarted).at(20).add(main, EventKind::ComputeBegan);
        script.at(30).add(main, EventKind::ComputeEnded).at(35).wants(main, lock);
        script.at(50).has(main, lock).at(60).add(main, EventKind::SleepBegan);
        script.at(80).add(main, EventKind::SleepEnded).released(main, lock);
        script.at(90)
            .wants(main, lock, State::WaitQueue)
            .at(95)
            .add(main, EventKind::GaveUp, lock.value, 0);
        script.at(100).add(main, EventKind::ActorFinished);

        const auto trace = script.finish();

        QCOMPARE(slicesOf(*trace, trace->laneOfActor(main), TrackKind::Activity),
            QString("10..20 Running | 20..30 Computing | 30..35 Running | 35..50 WaitLock#1 | "
                    "50..60 Running | "
                    "60..80 WaitTime | 80..90 Running | 90..95 WaitQueue#1 | 95..100 Running"));
        QCOMPARE(slicesOf(*trace, trace->laneOfObject(lock), TrackKind::Holder),
            QString("50..80 main@1"));
        QCOMPARE(marksOf(*trace, trace->laneOfActor(main)), QString("gave up: time was over"));
        QCOMPARE(trace->end(), std::int64_t(100));
        QVERIFY(!trace->isLive());
    }

    void sectionsNestOnTracksOfTheirOwn()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        script.builder.defineName({1}, "outer");
        script.builder.defineName({2}, "inner");
        script.at(10)
            .add(main, EventKind::SectionEntered, 1)
            .at(20)
            .add(main, EventKind::SectionEntered, 2);
        script.at(30)
            .add(main, EventKind::SectionLeft, 2)
            .at(40)
            .add(main, EventKind::SliceBegan, 2);
        script.at(50)
            .add(main, EventKind::SliceEnded, 2)
            .at(60)
            .add(main, EventKind::SectionLeft, 1);

        const auto trace = script.finish();

        QCOMPARE(slicesOf(*trace, trace->laneOfActor(main), TrackKind::Section),
            QString("10..60 outer | 20..30 inner | 40..50 inner"));
    }

    void ringsMayArriveOneAfterTheOther()
    {
        EventScript script;
        const ActorId first = script.actor("first");
        const ActorId second = script.actor("second");
        const ObjectId lock = script.object(PrimitiveKind::Mutex, "lock");
        // All of the second one's events arrive before those of the first.
        script.at(15).wants(second, lock).at(31).has(second, lock).at(40).released(second, lock);
        script.at(45).add(second, EventKind::Level, lock.value, 7);
        script.at(10)
            .has(first, lock)
            .at(30)
            .add(first, EventKind::HandedOver, lock.value, second.value);
        script.at(30).released(first, lock).at(44).add(first, EventKind::Level, lock.value, 6);

        const auto trace = script.finish();

        const LaneId lane = trace->laneOfObject(lock);
        QCOMPARE(
            slicesOf(*trace, lane, TrackKind::Holder), QString("10..30 first@1 | 31..40 second@2"));
        QCOMPARE(marksOf(*trace, lane), QString());
        const Edge edge = trace->edge(0);
        QCOMPARE(edge.fromTime, std::int64_t(30));
        QCOMPARE(edge.toTime, std::int64_t(31));
        QCOMPARE(edge.from, trace->laneOfActor(first));
        QCOMPARE(edge.to, trace->laneOfActor(second));
        const std::vector<TrackId> tracks = trace->lane(lane)->tracks;
        for (const TrackId id : tracks) {
            if (trace->track(id)->kind() == TrackKind::Level)
                QCOMPARE(trace->track(id)->levelAt(44), std::int64_t(6));
        }
    }

    void stampsThatCrossALittleAreBelieved()
    {
        EventScript script;
        const ActorId first = script.actor("first");
        const ActorId second = script.actor("second");
        const ObjectId lock = script.object(PrimitiveKind::Mutex, "lock");
        script.at(10).has(first, lock).at(32).released(first, lock);
        script.at(30).has(second, lock).at(40).released(second, lock);

        const auto trace = script.finish();

        const LaneId lane = trace->laneOfObject(lock);
        QCOMPARE(
            slicesOf(*trace, lane, TrackKind::Holder), QString("10..30 first@1 | 30..40 second@2"));
        QCOMPARE(marksOf(*trace, lane), QString());
    }

    void readersHoldTogetherOnSeveralTracks()
    {
        EventScript script;
        const ActorId first = script.actor("first");
        const ActorId second = script.actor("second");
        const ObjectId lock = script.object(PrimitiveKind::ReadWriteLock, "book");
        script.at(10)
            .has(first, lock, 'r')
            .at(20)
            .has(second, lock, 'r')
            .at(30)
            .released(first, lock);
        script.at(40)
            .released(second, lock)
            .at(50)
            .has(first, lock, 'w')
            .at(60)
            .released(first, lock);

        const auto trace = script.finish();

        const LaneId lane = trace->laneOfObject(lock);
        QCOMPARE(trace->lane(lane)->tracks.size(), std::size_t(2));
        QCOMPARE(slicesOf(*trace, lane, TrackKind::Holder),
            QString("10..30 first@1 | 50..60 first@1 | 20..40 second@2"));
    }

    void unitsOfASemaphoreMayBeGivenBackByOthers()
    {
        EventScript script;
        const ActorId taker = script.actor("taker");
        const ActorId giver = script.actor("giver");
        const ObjectId units = script.object(PrimitiveKind::Semaphore, "units");
        script.at(5)
            .released(giver, units, 1)
            .at(10)
            .has(taker, units, 1)
            .at(20)
            .has(taker, units, 1);
        script.at(30).released(giver, units, 1).at(40).released(giver, units, 1);

        const auto trace = script.finish();

        const LaneId lane = trace->laneOfObject(units);
        QCOMPARE(slicesOf(*trace, lane, TrackKind::Holder), QString("10..40 taker@1"));
        QCOMPARE(marksOf(*trace, lane), QString());
    }

    void creationAndJoinAreEdges()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        const ActorId child = script.actor("child");
        script.at(1)
            .add(main, EventKind::ActorStarted)
            .at(10)
            .add(main, EventKind::ActorCreated, child.value);
        script.at(12).wantsActor(main, child);
        script.at(50).add(main, EventKind::Has, child.value | kActorFlag);
        script.at(20)
            .add(child, EventKind::ActorStarted)
            .at(40)
            .add(child, EventKind::ActorFinished);

        const auto trace = script.finish();

        QCOMPARE(trace->edgeCount(), std::size_t(2));
        QCOMPARE(slicesOf(*trace, trace->laneOfActor(main), TrackKind::Activity),
            QString("1..12 Running | 12..50 WaitActor@2"));
        const auto edges = trace->edges(0, 100, 10);
        QCOMPARE(edges[0].kind, Edge::Kind::Created);
        QCOMPARE(edges[0].toTime, std::int64_t(20));
        QCOMPARE(edges[1].kind, Edge::Kind::Joined);
        QCOMPARE(edges[1].fromTime, std::int64_t(40));
        QCOMPARE(edges[1].toTime, std::int64_t(50));
        QCOMPARE(trace->edges(45, 46, 10).size(), std::size_t(0));
        QCOMPARE(trace->edges(0, 100, 1).size(), std::size_t(1));
    }

    void lanesComeInTheOrderInWhichTheyAreShown()
    {
        TraceBuilder builder;
        builder.defineName({9}, "in flight");
        builder.defineObject({1}, PrimitiveKind::Queue, "jobs");
        builder.defineActor({1}, ActorKind::Thread, "worker");
        builder.defineActor({2}, ActorKind::Thread, "main");
        builder.defineActor({2}, ActorKind::Thread, "renamed");
        TraceEvent event{10, 0, EventKind::Counter, 0, 9, 5};
        builder.append({&event, 1});
        builder.finish();

        QStringList names;
        for (const Lane& lane : builder.trace()->lanes())
            names += QString::fromStdString(lane.name);

        QCOMPARE(names.join(' '), QString("main worker jobs in flight"));
    }

    void momentsKnowTheirPlace()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        const ObjectId flag = script.object(PrimitiveKind::Event, "flag");
        script.builder.defineName({3}, "oops");
        script.line(7)
            .at(10)
            .add(main, EventKind::Said, 1)
            .at(20)
            .add(main, EventKind::Raised, 0, 3);
        script.at(25)
            .add(main, EventKind::WasSet, flag.value)
            .at(26)
            .add(main, EventKind::Notified, flag.value, 2);
        script.at(30)
            .add(main, EventKind::Deadlocked, 5)
            .at(40)
            .add(main, EventKind::ActorFailed, 0, 3);

        const auto trace = script.finish();

        const auto moments = trace->moments(trace->laneOfActor(main), 10, 40, 100);
        QCOMPARE(moments.size(), std::size_t(4));
        QCOMPARE(moments[0].kind, Moment::Kind::Said);
        QCOMPARE(moments[0].line, std::uint16_t(7));
        QCOMPARE(trace->name(moments[1].name), std::string("oops"));
        QCOMPARE(moments[2].kind, Moment::Kind::Deadlocked);
        QCOMPARE(moments[2].argument, std::uint64_t(5));
        QCOMPARE(moments[3].kind, Moment::Kind::Failed);
        QCOMPARE(trace->moment(trace->laneOfObject(flag), 1).argument, std::uint64_t(2));
        QCOMPARE(trace->momentCount(trace->laneOfActor(main), 15, 35), std::size_t(2));
    }

    void theLineAtAMomentIsKnown()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        const ObjectId lock = script.object(PrimitiveKind::Mutex, "lock");
        script.at(10).add(main, EventKind::ActorStarted).line(3).add(main, EventKind::StepBegan);
        script.at(20).line(4).add(main, EventKind::StepBegan).at(30).line(5).wants(main, lock);

        script.builder.setEnd(100);
        const auto trace = script.builder.trace();

        const auto lineAt = [&](std::int64_t time) {
            return waitGraphAt(*trace, time).actors.front().line;
        };
        QCOMPARE(lineAt(15), std::uint16_t(3));
        QCOMPARE(lineAt(25), std::uint16_t(4));
        QCOMPARE(lineAt(90), std::uint16_t(5));
    }

    void momentsAreCountedUpToTheLastPossibleTime()
    {
        TraceBuilder builder;
        const LaneId lane = builder.addLane({});
        builder.addMoment(lane, {5, Moment::Kind::Marked, 0, {}, 0});
        builder.addMoment(lane, {9, Moment::Kind::Marked, 0, {}, 0});

        QCOMPARE(builder.trace()->momentCount(lane, 6, INT64_MAX), std::size_t{1});
        QCOMPARE(builder.trace()->momentCount(lane, 0, 5), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TestTraceBuilder)
#include "tst_trace_builder.moc"

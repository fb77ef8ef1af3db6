// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/perfetto_fields.h"
#include "engine/model/trace/trace_builder.h"
#include "engine/model/trace/track.h"
#include "engine/model/trace/wait_graph.h"
#include "tests/engine/trace/event_script.h"
#include "tests/engine/trace/trace_text.h"

#include <QTest>

#include <random>

using namespace heddle;

namespace {

/// The slices of a lane's tracks of one kind: "10..20 Running(3) | …", track by track.
QString slicesOf(const Trace& trace, LaneId id, TrackKind kind)
{
    static const char* const kWords[] = {"None", "Running", "Computing", "Runnable", "Blocked",
        "WaitLock", "WaitCondition", "WaitQueue", "WaitInput", "WaitTime", "WaitActor",
        "WaitSignal", "Error", "Held", "Section", "Zombie"};
    QStringList text;
    const std::vector<TrackId> tracks = trace.lane(id)->tracks; // not of a temporary
    for (const TrackId track : tracks) {
        if (trace.track(track)->kind() != kind)
            continue;
        for (std::size_t i = 0; i < trace.track(track)->sliceCount(); ++i) {
            const Slice slice = trace.track(track)->slice(i);
            QString word = kWords[static_cast<int>(slice.state)];
            if (slice.name)
                word = QString::fromStdString(trace.name(slice.name));
            if (slice.argument != 0)
                word += QString("%1%2").arg(slice.argumentIsActor ? '@' : '#').arg(slice.argument);
            text += QString("%1..%2 %3").arg(slice.begin).arg(slice.end).arg(word);
        }
    }
    return text.join(" | ");
}

QString marksOf(const Trace& trace, LaneId lane)
{
    QStringList text;
    for (const Moment& moment : trace.moments(lane, 0, trace.end(), 1000)) {
        if (moment.kind == Moment::Kind::Marked)
            text += QString::fromStdString(trace.name(moment.name));
    }
    return text.join(" | ");
}

} // namespace

class TestTraceBuilder : public QObject
{
    Q_OBJECT

private slots:
    void aProcessIsAZombieFromItsEndUntilItIsReaped()
    {
        EventScript script;
        const ActorId child = script.actor("child", ActorKind::Command);
        script.at(10).add(child, EventKind::ActorStarted, 0, 4711);
        script.at(30).add(child, EventKind::ActorExited, 0, 3).at(50).add(child, EventKind::Reaped);

        const auto trace = script.finish();

        const LaneId lane = trace->laneOfActor(child);
        QCOMPARE(
            slicesOf(*trace, lane, TrackKind::Activity), QString("10..30 Running | 30..50 Zombie"));
        const auto moments = trace->moments(lane, 0, 100, 10);
        QCOMPARE(moments.size(), std::size_t(2));
        QCOMPARE(moments[0].kind, Moment::Kind::Exited);
        QCOMPARE(moments[0].argument, std::uint64_t(3));
        QCOMPARE(moments[1].kind, Moment::Kind::Reaped);
    }

    void theEndOfAProcessWaitsForWhatItRecordedItself()
    {
        EventScript script;
        const ActorId child = script.actor("child", ActorKind::Process);
        // Another thread saw the end; its ring was read first.
        script.at(30).add(child, EventKind::ActorExited).at(40).add(child, EventKind::Reaped);
        script.at(10).add(child, EventKind::ActorStarted, 0, 4711);
        script.at(20).add(child, EventKind::Said, 1);

        const auto trace = script.finish();

        const LaneId lane = trace->laneOfActor(child);
        QCOMPARE(
            slicesOf(*trace, lane, TrackKind::Activity), QString("10..30 Running | 30..40 Zombie"));
        QCOMPARE(marksOf(*trace, lane), QString());
    }

    void aSignalLeadsToItsHandlerWhichIsShownAsARegion()
    {
        EventScript script;
        const ActorId sender = script.actor("sender");
        const ActorId receiver = script.actor("receiver");
        script.at(10).add(sender, EventKind::ActorStarted).add(receiver, EventKind::ActorStarted);
        script.at(20).add(sender, EventKind::SignalSent, receiver.value, 10);
        script.at(22).add(sender, EventKind::SignalSent, receiver.value, 12); // ignored over there
        script.at(25).add(receiver, EventKind::HandlerBegan, 0, 10);
        script.at(40).add(receiver, EventKind::HandlerEnded, 0, 10);
        script.at(50).add(receiver, EventKind::ActorFinished);
        script.at(60).add(sender, EventKind::ActorFinished);

        const auto trace = script.finish();

        const LaneId lane = trace->laneOfActor(receiver);
        QCOMPARE(slicesOf(*trace, lane, TrackKind::Section), QString("25..40 on SIGUSR1"));
        QCOMPARE(trace->edgeCount(), std::size_t(1));
        QCOMPARE(trace->edge(0).kind, Edge::Kind::Signalled);
        QCOMPARE(trace->edge(0).fromTime, std::int64_t(20));
        QCOMPARE(trace->edge(0).toTime, std::int64_t(25));
        QCOMPARE(marksOf(*trace, lane), QString());
    }

    void aSignalLeadsToTheDeathItCauses()
    {
        EventScript script;
        const ActorId sender = script.actor("sender");
        const ActorId victim = script.actor("victim", ActorKind::Process);
        script.at(10).add(sender, EventKind::ActorStarted).add(victim, EventKind::ActorStarted);
        script.at(20).add(sender, EventKind::SignalSent, victim.value, 9);
        script.at(30).add(victim, EventKind::ActorKilled, 0, 9);

        const auto trace = script.finish();

        QCOMPARE(trace->edgeCount(), std::size_t(1));
        QCOMPARE(trace->edge(0).toTime, std::int64_t(30));
        QCOMPARE(slicesOf(*trace, trace->laneOfActor(victim), TrackKind::Activity),
            QString("10..30 Running"));
    }

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

    void theKernelsWordFindsItsActors()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        TraceEvent event;
        const auto add = [&](std::uint64_t time, EventKind kind, std::uint64_t thread,
                             std::uint64_t processor, std::uint16_t preempted) {
            event = {time, 0, kind, preempted, thread, processor};
            script.builder.append({&event, 1});
        };
        add(5, EventKind::SwitchedIn, 77, 1, 0); // before anybody knows the thread
        script.builder.setEnd(8);
        script.at(10).add(main, EventKind::ActorStarted, 0, 77);
        add(30, EventKind::SwitchedIn, 77, 0, 0);
        add(20, EventKind::SwitchedOut, 77, 1, 1);
        add(40, EventKind::SwitchedOut, 77, 0, 0);
        add(60, EventKind::SwitchedIn, 77, 0, 0);
        add(45, EventKind::SwitchedIn, 99, 0, 0); // a thread that is nobody's
        script.at(70).add(main, EventKind::ActorFinished);
        add(75, EventKind::SwitchedOut, 77, 0, 0);

        const auto trace = script.finish();

        QCOMPARE(slicesOf(*trace, trace->laneOfActor(main), TrackKind::Scheduler),
            QString("5..20 Running | 20..30 Runnable | 30..40 Running | 40..60 Blocked | 60..75 "
                    "Running"));
        QCOMPARE(trace->lane(trace->laneOfActor(main))->number, std::uint32_t(77));
        const auto lanes = trace->lanes();
        QCOMPARE(QString::fromStdString(lanes[1].name), QString("CPU 0"));
        QCOMPARE(slicesOf(*trace, lanes[1].id, TrackKind::Processor),
            QString("30..40 main@1 | 60..75 main@1"));
    }

    void aBlockedProcessThatHasEndedIsGoneAlsoWhileTheRunGoesOn()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        const ActorId child = script.actor("child", ActorKind::Process);
        const auto add = [&](std::uint64_t time, EventKind kind) {
            const TraceEvent event = {time, 0, kind, 0, 7, 0};
            script.builder.append({&event, 1});
        };
        script.at(10).add(child, EventKind::ActorStarted, 0, 7);
        add(10, EventKind::SwitchedIn);
        add(20, EventKind::SwitchedOut); // its end was noticed only after it had left
        script.at(30).add(child, EventKind::ActorExited, 0, 3);
        script.at(40).add(main, EventKind::ActorStarted, 0, 6);

        script.builder.setEnd(50); // still recorded

        const auto trace = script.builder.trace();
        QCOMPARE(slicesOf(*trace, trace->laneOfActor(child), TrackKind::Scheduler),
            QString("10..20 Running | 20..30 Blocked"));
    }

    void aThreadIdMayBeGivenAgain()
    {
        EventScript script;
        const ActorId first = script.actor("first");
        const ActorId second = script.actor("second");
        TraceEvent event;
        script.at(10)
            .add(first, EventKind::ActorStarted, 0, 5)
            .at(20)
            .add(first, EventKind::ActorFinished);
        script.at(50)
            .add(second, EventKind::ActorStarted, 0, 5)
            .at(60)
            .add(second, EventKind::ActorFinished);
        for (const auto& [time, kind] :
            {std::pair{9, EventKind::SwitchedIn}, {20, EventKind::SwitchedOut},
                {49, EventKind::SwitchedIn}, {60, EventKind::SwitchedOut}}) {
            event = {static_cast<std::uint64_t>(time), 0, kind, 0, 5, 0};
            script.builder.append({&event, 1});
        }

        const auto trace = script.finish();

        QCOMPARE(slicesOf(*trace, trace->laneOfActor(first), TrackKind::Scheduler),
            QString("9..20 Running"));
        QCOMPARE(slicesOf(*trace, trace->laneOfActor(second), TrackKind::Scheduler),
            QString("49..60 Running"));
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

        QCOMPARE(lineAt(*trace, main, 15), std::uint16_t(3));
        QCOMPARE(lineAt(*trace, main, 25), std::uint16_t(4));
        QCOMPARE(lineAt(*trace, main, 90), std::uint16_t(5));
        QCOMPARE(lineAt(*trace, {9}, 90), std::uint16_t(0));
    }

    void whatIsSeenOfAProcessFromOutsideMayComeLate()
    {
        EventScript script;
        const ActorId child = script.actor("child", ActorKind::Process);
        script.at(10).add(child, EventKind::ActorStarted, 0, 7);
        script.at(60).add(child, EventKind::Said, 1);
        script.at(30).add(child, EventKind::Stopped);
        script.at(40).add(child, EventKind::Continued);
        script.at(50).add(child, EventKind::SignalGiven, 0, 10);

        const auto trace = script.finish();

        QStringList kinds;
        for (const Moment& moment : trace->moments(trace->laneOfActor(child), 0, 100, 10))
            kinds += QString::fromLatin1(perfetto::wordOf(moment.kind));
        QCOMPARE(kinds.join(", "), QString("said, stopped, continued, signal given"));
    }

    void impossibleEventsAreMarked_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("mark");
        const auto row = [](const char* name, EventKind kind, const char* mark) {
            QTest::newRow(name) << static_cast<int>(kind) << QString(mark);
        };
        row("compute", EventKind::ComputeEnded, "a computation ended that had not begun");
        row("sleep", EventKind::SleepEnded, "a sleep ended that had not begun");
        row("section", EventKind::SectionLeft, "a section was left that had not been entered");
        row("unknown", static_cast<EventKind>(999), "an event of an unknown kind");
        row("start", EventKind::ActorStarted, "started twice");
    }
    void impossibleEventsAreMarked()
    {
        QFETCH(int, kind);
        QFETCH(QString, mark);
        EventScript script;
        const ActorId main = script.actor("main");
        script.at(10)
            .add(main, EventKind::ActorStarted)
            .at(20)
            .add(main, static_cast<EventKind>(kind));

        const auto trace = script.finish();

        QCOMPARE(marksOf(*trace, trace->laneOfActor(main)), mark);
    }

    void timeThatRunsBackwardsIsHeldAndMarked()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        script.at(100).add(main, EventKind::ActorStarted).at(50).add(main, EventKind::ComputeBegan);
        script.at(150).add(main, EventKind::ComputeEnded);

        const auto trace = script.finish();

        QCOMPARE(slicesOf(*trace, trace->laneOfActor(main), TrackKind::Activity),
            QString("100..150 Computing"));
        QCOMPARE(marksOf(*trace, trace->laneOfActor(main)), QString("time ran backwards"));
    }

    void anyEventsAtAllMakeATrace_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 20; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void anyEventsAtAllMakeATrace()
    {
        QFETCH(unsigned, seed);
        std::mt19937_64 random(seed);
        TraceBuilder builder;
        for (std::uint32_t i = 1; i < 6; ++i) {
            builder.defineActor({i}, static_cast<ActorKind>(random() % 5), "actor");
            builder.defineObject(
                {i}, static_cast<PrimitiveKind>(random() % kPrimitiveKindCount), "object");
        }
        const bool isWild = seed % 4 == 0;
        for (int piece = 0; piece < 60; ++piece) {
            std::vector<TraceEvent> events(100);
            for (TraceEvent& event : events) {
                event.time =
                    isWild ? random() : random() % 1000 + static_cast<std::uint64_t>(piece) * 100;
                event.lane = static_cast<std::uint32_t>(
                    isWild && random() % 9 == 0 ? random() : random() % 7);
                event.kind = static_cast<EventKind>(random() % 100);
                event.line = static_cast<std::uint16_t>(random() % 3);
                event.object = isWild && random() % 9 == 0
                    ? random()
                    : random() % 7 + (random() % 5 == 0 ? kActorFlag : 0);
                event.value = isWild && random() % 9 == 0 ? random() : random() % 9;
            }
            builder.append(events);
            if (random() % 3 == 0)
                builder.setEnd(static_cast<std::int64_t>(random() % 8000));
        }

        builder.finish();

        const auto trace = builder.trace();
        QVERIFY(trace->eventCount() > 1000);
        for (const Lane& lane : trace->lanes()) {
            for (const TrackId id : lane.tracks) {
                const Track* track = trace->track(id);
                std::int64_t last = 0;
                for (std::size_t i = 0; i < track->sliceCount(); ++i) {
                    const Slice slice = track->slice(i);
                    QVERIFY(slice.begin >= last && slice.end >= slice.begin
                        && slice.end <= trace->end());
                    last = slice.end;
                }
                QVERIFY(!track->openSlice());
            }
        }
        const WaitGraph graph = waitGraphAt(*trace, trace->end() / 2);
        QVERIFY(graph.actors.size() >= 5);
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

// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/perfetto_fields.h"
#include "tests/engine/trace/event_script.h"
#include "tests/engine/trace/lane_text.h"

#include <QTest>

using namespace heddle;

class TestTraceOfProcesses : public QObject
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
};

QTEST_APPLESS_MAIN(TestTraceOfProcesses)
#include "tst_trace_of_processes.moc"

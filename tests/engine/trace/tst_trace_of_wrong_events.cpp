// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/track.h"
#include "engine/model/trace/wait_graph.h"
#include "tests/engine/trace/event_script.h"
#include "tests/engine/trace/lane_text.h"

#include <QTest>

#include <random>

using namespace heddle;

class TestTraceOfWrongEvents : public QObject
{
    Q_OBJECT

private slots:
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
};

QTEST_APPLESS_MAIN(TestTraceOfWrongEvents)
#include "tst_trace_of_wrong_events.moc"

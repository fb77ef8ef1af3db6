// SPDX-License-Identifier: GPL-3.0-only
#include "engine/model/trace/wait_graph.h"
#include "tests/engine/trace/event_script.h"

#include <QTest>

#include <algorithm>

using namespace heddle;

namespace {

/// "a waits lock (b), b waits end of c (c)": each cycle beginning with its first actor by name.
QString cyclesOf(const Trace& trace, std::int64_t time)
{
    QStringList cycles;
    for (WaitCycle cycle : waitGraphAt(trace, time).cycles) {
        const auto first = std::min_element(cycle.links.begin(), cycle.links.end(),
            [](const WaitCycle::Link& left, const WaitCycle::Link& right) {
                return left.actor < right.actor;
            });
        std::rotate(cycle.links.begin(), first, cycle.links.end());
        QStringList links;
        for (const WaitCycle::Link& link : cycle.links)
            links += QString("%1 waits %2 (%3)")
                         .arg(QString::fromStdString(trace.actorName(link.actor)),
                             link.waitsFor ? QString::fromStdString(trace.objectName(link.waitsFor))
                                           : "join",
                             QString::fromStdString(trace.actorName(link.heldBy)));
        cycles += links.join(", ") + QString(" since %1").arg(cycle.since);
    }
    cycles.sort();
    return cycles.join("; ");
}

} // namespace

class TestWaitGraph : public QObject
{
    Q_OBJECT

private slots:
    void philosophersThatWaitForEachOtherAreOneCycle()
    {
        EventScript script;
        std::vector<ActorId> actors;
        std::vector<ObjectId> forks;
        for (int i = 0; i < 5; ++i) {
            actors.push_back(script.actor("p" + std::to_string(i)));
            forks.push_back(script.object(PrimitiveKind::Mutex, "fork" + std::to_string(i)));
        }
        for (std::size_t i = 0; i < 5; ++i) {
            script.at(10 + i)
                .line(1)
                .add(actors[i], EventKind::ActorStarted)
                .has(actors[i], forks[i]);
            script.at(20 + i).line(9).wants(actors[i], forks[(i + 1) % 5]);
        }
        script.builder.setEnd(100);

        const auto trace = script.builder.trace();

        QCOMPARE(cyclesOf(*trace, 23), QString());
        QCOMPARE(cyclesOf(*trace, 50),
            QString("p0 waits fork1 (p1), p1 waits fork2 (p2), p2 waits fork3 (p3), p3 waits fork4 "
                    "(p4), "
                    "p4 waits fork0 (p0) since 24"));
        QCOMPARE(waitGraphAt(*trace, 50).cycles[0].links[0].line, std::uint16_t(9));
    }

    void whoHoldsAndWhoQueuesIsKnownAtEachMoment()
    {
        EventScript script;
        const ActorId a = script.actor("a");
        const ActorId b = script.actor("b");
        const ActorId c = script.actor("c");
        const ObjectId lock = script.object(PrimitiveKind::Mutex, "lock");
        script.at(1).add(a, EventKind::ActorStarted).at(10).has(a, lock).at(30).released(a, lock);
        script.at(20).wants(b, lock).at(31).has(b, lock).at(40).released(b, lock);
        script.at(15).wants(c, lock).at(41).has(c, lock);
        script.builder.setEnd(100);

        const WaitGraph graph = waitGraphAt(*script.builder.trace(), 25);

        QCOMPARE(graph.objects[0].holders, (std::vector<ActorId>{a}));
        QCOMPARE(graph.objects[0].queue, (std::vector<ActorId>{c, b}));
        QCOMPARE(graph.actors[0].holds, (std::vector<ObjectId>{lock}));
        QCOMPARE(graph.actors[0].state, State::Running);
        QCOMPARE(graph.actors[1].state, State::WaitLock);
        QCOMPARE(graph.actors[1].since, std::int64_t(20));
        QCOMPARE(graph.actors[1].heldBy, (std::vector<ActorId>{a}));
        QVERIFY(graph.cycles.empty());
        const WaitGraph later = waitGraphAt(*script.builder.trace(), 35);
        QCOMPARE(later.objects[0].holders, (std::vector<ActorId>{b}));
        QCOMPARE(later.objects[0].queue, (std::vector<ActorId>{c}));
    }

    void twoCyclesAtOnceAreBothNamed()
    {
        EventScript script;
        std::vector<ActorId> actors;
        std::vector<ObjectId> locks;
        for (int i = 0; i < 5; ++i) {
            actors.push_back(script.actor(std::string(1, static_cast<char>('a' + i))));
            locks.push_back(script.object(PrimitiveKind::Mutex, "l" + std::to_string(i)));
            script.at(1).has(actors.back(), locks.back());
        }
        script.at(10).wants(actors[0], locks[1]).wants(actors[1], locks[0]);
        script.at(20).wants(actors[2], locks[3]).wants(actors[3], locks[2]);
        script.at(30).wants(actors[4], locks[0]); // waits for a cycle, but is not in one
        script.builder.setEnd(100);

        QCOMPARE(cyclesOf(*script.builder.trace(), 50),
            QString("a waits l1 (b), b waits l0 (a) since 10; c waits l3 (d), d waits l2 (c) since "
                    "20"));
    }

    void waitingForWhatOneHoldsIsACycleOfOne()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        const ObjectId lock = script.object(PrimitiveKind::Mutex, "lock");
        script.at(1).has(main, lock).at(10).wants(main, lock);
        script.builder.setEnd(100);

        QCOMPARE(cyclesOf(*script.builder.trace(), 50), QString("main waits lock (main) since 10"));
    }

    void aCycleGoesThroughASemaphoreAndAJoin()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        const ActorId child = script.actor("child");
        const ObjectId units = script.object(PrimitiveKind::Semaphore, "units");
        script.at(1).add(main, EventKind::ActorStarted).has(main, units, 1);
        script.at(2)
            .add(child, EventKind::ActorStarted)
            .at(10)
            .wants(child, units)
            .at(20)
            .wantsActor(main, child);
        script.builder.setEnd(100);

        QCOMPARE(cyclesOf(*script.builder.trace(), 50),
            QString("main waits join (child), child waits units (main) since 20"));
    }

    void oneHolderThatGetsOnIsEnoughForASemaphoreButNotForALock_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("cycles");
        QTest::newRow("semaphore") << static_cast<int>(PrimitiveKind::Semaphore) << QString();
        QTest::newRow("readers") << static_cast<int>(PrimitiveKind::ReadWriteLock)
                                 << QString("a waits shared (b), b waits own (a) since 10");
    }
    void oneHolderThatGetsOnIsEnoughForASemaphoreButNotForALock()
    {
        QFETCH(int, kind);
        QFETCH(QString, cycles);
        EventScript script;
        const ActorId a = script.actor("a");
        const ActorId b = script.actor("b");
        const ActorId free = script.actor("free");
        const ObjectId shared = script.object(static_cast<PrimitiveKind>(kind), "shared");
        const ObjectId own = script.object(PrimitiveKind::Mutex, "own");
        script.at(1)
            .has(b, shared, 'r')
            .at(2)
            .add(free, EventKind::ActorStarted)
            .has(free, shared, 'r');
        script.at(3).has(a, own).at(10).wants(a, shared).wants(b, own);
        script.builder.setEnd(100);

        QCOMPARE(cyclesOf(*script.builder.trace(), 50), cycles);
    }

    void whoWaitsForAConditionMayBeHelpedByAnybody()
    {
        EventScript script;
        const ActorId a = script.actor("a");
        const ActorId b = script.actor("b");
        const ObjectId lock = script.object(PrimitiveKind::Mutex, "lock");
        const ObjectId condition = script.object(PrimitiveKind::Condition, "condition");
        script.at(1).has(a, lock).at(10).wants(a, condition, State::WaitCondition).wants(b, lock);
        script.builder.setEnd(100);

        QCOMPARE(cyclesOf(*script.builder.trace(), 50), QString());
        QCOMPARE(
            waitGraphAt(*script.builder.trace(), 50).objects[1].queue, (std::vector<ActorId>{a}));
    }

    void levelsAreShownWhereThereAreAny()
    {
        EventScript script;
        const ActorId main = script.actor("main");
        const ObjectId jobs = script.object(PrimitiveKind::Queue, "jobs");
        script.at(10)
            .add(main, EventKind::Level, jobs.value, 3)
            .at(20)
            .add(main, EventKind::Level, jobs.value, 2);
        script.builder.setEnd(100);

        QVERIFY(waitGraphAt(*script.builder.trace(), 15).objects[0].hasLevel);
        QCOMPARE(waitGraphAt(*script.builder.trace(), 15).objects[0].level, std::int64_t(3));
        QCOMPARE(waitGraphAt(*script.builder.trace(), 50).objects[0].level, std::int64_t(2));
    }
};

QTEST_APPLESS_MAIN(TestWaitGraph)
#include "tst_wait_graph.moc"

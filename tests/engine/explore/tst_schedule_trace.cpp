// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/walk.h"
#include "engine/model/program/compiler.h"
#include "engine/model/trace/track.h"
#include "engine/model/trace/wait_graph.h"
#include "tests/engine/explore/explored_text.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace heddle;
using namespace heddle::tests;

namespace {

std::shared_ptr<const Code> galleryProgram(const QString& id)
{
    QFile file(QStringLiteral(HEDDLE_PROGRAMS "/%1.hed").arg(id));
    if (!file.open(QIODevice::ReadOnly))
        return nullptr;
    return compileProgram(file.readAll().toStdString()).code;
}

/// Moves somebody at random so many times, as long as somebody can move.
void wander(Walk& walk, unsigned seed, int steps)
{
    std::mt19937 lot(seed);
    for (int i = 0; i < steps; ++i) {
        std::vector<ExploredMove> moves;
        for (const ExploredActor& actor : walk.moment().actors)
            moves.insert(moves.end(), actor.moves.begin(), actor.moves.end());
        if (moves.empty())
            return;
        const ExploredMove& move = moves[lot() % moves.size()];
        QVERIFY(walk.move(move.actor, move.choice));
    }
}

bool isCounted(PrimitiveKind kind)
{
    return kind == PrimitiveKind::Semaphore || kind == PrimitiveKind::Latch
        || kind == PrimitiveKind::Barrier;
}

/// The number in the words for a semaphore, latch or barrier: "2 units", "count 1", "1 of 3 are there".
QString levelIn(const ExploredObject& object)
{
    static const QRegularExpression number(QStringLiteral("\\d+"));
    const QString text = QString::fromStdString(object.text.text());
    if (!isCounted(object.kind) || text == QStringLiteral("broken"))
        return QStringLiteral("-");
    return number.match(text).captured();
}

QString levelIn(const ObjectMoment& object, bool isBroken)
{
    return isCounted(object.kind) && !isBroken ? QString::number(object.level)
                                               : QStringLiteral("-");
}

/// "fork[0]: held by 1; awaited by 2 3", sorted.
QString textOf(const std::string& name, const std::set<std::int64_t>& holders,
    const std::set<std::int64_t>& waiting)
{
    QString text = QString::fromStdString(name) + QStringLiteral(": held by");
    for (const std::int64_t actor : holders)
        text += u' ' + QString::number(actor);
    text += QStringLiteral("; awaited by");
    for (const std::int64_t actor : waiting)
        text += u' ' + QString::number(actor);
    return text;
}

QStringList objectsOf(const ExploredMoment& moment)
{
    QStringList texts;
    for (const ExploredObject& object : moment.objects)
        texts += textOf(object.name, {object.holders.begin(), object.holders.end()},
            {object.waiting.begin(), object.waiting.end()});
    texts.sort();
    return texts;
}

std::set<std::int64_t> numbersOf(const std::vector<ActorId>& actors)
{
    std::set<std::int64_t> numbers;
    for (const ActorId actor : actors)
        numbers.insert(static_cast<std::int64_t>(actor.value) - 1);
    return numbers;
}

QStringList objectsOf(const WaitGraph& graph)
{
    QStringList texts;
    for (const ObjectMoment& object : graph.objects)
        texts += textOf(object.name, numbersOf(object.holders), numbersOf(object.queue));
    texts.sort();
    return texts;
}

/// All that the builder of the trace had to mend.
QStringList complaints(const Trace& trace)
{
    QStringList texts;
    for (const Lane& lane : trace.lanes())
        for (std::size_t i = 0; i < trace.momentCount(lane.id); ++i) {
            const Moment moment = trace.moment(lane.id, i);
            const QString text = QString::fromStdString(trace.name(moment.name));
            const bool isMeant = text == QStringLiteral("tripped")
                || text == QStringLiteral("broken") || text.startsWith(QStringLiteral("gave up"));
            if (moment.kind == Moment::Kind::Marked && !isMeant)
                texts += text;
        }
    return texts;
}

std::size_t count(const Trace& trace, Moment::Kind kind)
{
    std::size_t found = 0;
    for (const Lane& lane : trace.lanes())
        for (std::size_t i = 0; i < trace.momentCount(lane.id); ++i)
            found += trace.moment(lane.id, i).kind == kind ? 1U : 0U;
    return found;
}

const ActorMoment& actorNamed(const WaitGraph& graph, const std::string& name)
{
    for (const ActorMoment& actor : graph.actors)
        if (actor.name == name)
            return actor;
    qFatal("no actor %s", name.c_str());
}

void moveAll(Walk& walk, const std::vector<std::int32_t>& actors)
{
    for (const std::int32_t actor : actors)
        QVERIFY(walk.move(actor));
}

constexpr std::int64_t kStep = Walk::kStepNanoseconds;

} // namespace

class TestScheduleTrace : public QObject
{
    Q_OBJECT

private slots:
    void theWaitGraphIsThatOfTheMachine_data();
    void theWaitGraphIsThatOfTheMachine();
    void aDeadlockIsMarkedInTheLanesOfItsRing();
    void aWaitLastsFromWhereTheStepBecameImpossible();
    void aHandOverIsAnEdge();
    void aLostNotifyIsSeen();
    void livesLinesAndExceptionsAreMoments();
    void sectionsAndComputationsAreSlices();
    void whoMovesHasTheProcessor();
    void anEmptyScheduleIsATrace();
    void whoIsCutOffByAnExitWaitsNoMore();
    void theMainThreadRunsOnlyWhileAHandlerDoes();
};

void TestScheduleTrace::theWaitGraphIsThatOfTheMachine_data()
{
    QTest::addColumn<QString>("program");
    for (const char* id : {"locks/dining_philosophers", "locks/dining_with_seats",
             "locks/dining_give_back", "locks/opposite_order", "locks/peterson",
             "conditions/bounded_buffer", "conditions/one_condition", "conditions/lost_notify",
             "sharing/readers_writers", "sharing/reader_preference", "sharing/limited_access",
             "meeting/barrier_phases", "meeting/rendezvous", "meeting/starting_gun",
             "meeting/countdown", "queues/poison_pills", "queues/worker_pool", "queues/all_handled",
             "queues/urgent_first", "threading/barrier_abort", "threading/condition",
             "threading/daemon_join_timeout", "threading/event", "threading/lock_noblock",
             "threading/rlock", "threading/timer"})
        QTest::newRow(id) << QString::fromLatin1(id);
}

void TestScheduleTrace::theWaitGraphIsThatOfTheMachine()
{
    QFETCH(QString, program);
    const std::shared_ptr<const Code> code = galleryProgram(program);
    QVERIFY(code != nullptr);

    for (unsigned seed = 1; seed <= 4; ++seed) {
        Walk walk(code);
        wander(walk, seed, 80);
        const std::size_t steps = walk.schedule().steps.size();
        QVERIFY(steps > 3);
        const std::shared_ptr<const Trace> trace = walk.trace();
        QCOMPARE(complaints(*trace), QStringList());
        for (std::size_t step = 0; step <= steps; ++step) {
            walk.goTo(step);
            const WaitGraph graph = waitGraphAt(*trace, static_cast<std::int64_t>(step) * kStep);
            const ExploredMoment moment = walk.moment();
            QCOMPARE(objectsOf(graph), objectsOf(moment));
            for (std::size_t i = 0; i < moment.objects.size(); ++i) {
                const bool isBroken = moment.objects[i].text.text() == "broken";
                QCOMPARE(levelIn(graph.objects[i], isBroken), levelIn(moment.objects[i]));
            }
        }
    }
}

void TestScheduleTrace::aDeadlockIsMarkedInTheLanesOfItsRing()
{
    Walk walk(galleryProgram(QStringLiteral("locks/opposite_order")));
    for (unsigned seed = 1; !walk.moment().isDeadlock; ++seed) {
        QVERIFY(seed < 500);
        QVERIFY(walk.follow({}));
        wander(walk, seed, 100);
    }

    const std::shared_ptr<const Trace> trace = walk.trace();
    const auto end = static_cast<std::int64_t>(walk.schedule().steps.size()) * kStep;
    const WaitGraph graph = waitGraphAt(*trace, end);

    QCOMPARE(graph.cycles.size(), std::size_t{1});
    QCOMPARE(count(*trace, Moment::Kind::Deadlocked), graph.cycles.front().links.size());
    QCOMPARE(trace->end(), end + kStep);
}

void TestScheduleTrace::aWaitLastsFromWhereTheStepBecameImpossible()
{
    Walk walk(programOf("mutex m\nthread a:\n    lock m\n    unlock m\nthread b:\n    yield\n"
                        "    lock m\n    unlock m\n"));
    moveAll(walk, {0, 1, 0, 1, 1}); // b comes to its lock in step 2, and can take it after step 3

    const std::shared_ptr<const Trace> trace = walk.trace();

    QVERIFY(actorNamed(waitGraphAt(*trace, kStep), "b").state == State::Running);
    const ActorMoment waiting = actorNamed(waitGraphAt(*trace, 2 * kStep), "b");
    QVERIFY(waiting.state == State::WaitLock);
    QCOMPARE(waiting.since, 2 * kStep);
    QCOMPARE(int(waiting.line), 8);
    QVERIFY(waiting.heldBy == std::vector<ActorId>{ActorId{1}});
    QVERIFY(actorNamed(waitGraphAt(*trace, 3 * kStep), "b").state == State::Running);
}

void TestScheduleTrace::aHandOverIsAnEdge()
{
    Walk walk(programOf("mutex m\nthread a:\n    lock m\n    unlock m\nthread b[i in 1..2]:\n"
                        "    lock m\n    unlock m\n"));
    moveAll(walk, {0, 0, 2, 2}); // both wait, the second one takes it

    const std::shared_ptr<const Trace> trace = walk.trace();

    std::vector<Edge> edges;
    for (std::size_t i = 0; i < trace->edgeCount(); ++i)
        if (trace->edge(i).kind == Edge::Kind::HandedOver)
            edges.push_back(trace->edge(i));
    QCOMPARE(edges.size(), std::size_t{2}); // a to the second, and that one to the first
    QVERIFY(edges.front().to == trace->laneOfActor(ActorId{3}));
    QCOMPARE(edges.front().fromTime, 2 * kStep);
    QVERIFY(edges.back().from == trace->laneOfActor(ActorId{3}));
    QVERIFY(edges.back().to == trace->laneOfActor(ActorId{2}));
}

void TestScheduleTrace::aLostNotifyIsSeen()
{
    Walk walk(programOf("mutex m\ncondition c on m\nthread a:\n    notify c\nthread b:\n"
                        "    lock m\n    wait c\n"));
    moveAll(walk, {0, 1, 1});

    const std::shared_ptr<const Trace> trace = walk.trace();

    const LaneId lane = trace->laneOfObject(ObjectId{2});
    QCOMPARE(trace->momentCount(lane), std::size_t{1});
    QVERIFY(trace->moment(lane, 0).kind == Moment::Kind::Notified);
    QCOMPARE(trace->moment(lane, 0).argument, std::uint64_t{0});
    QVERIFY(actorNamed(waitGraphAt(*trace, 3 * kStep), "b").waitsFor == ObjectId{2});
}

void TestScheduleTrace::livesLinesAndExceptionsAreMoments()
{
    Walk walk(programOf("thread worker(n):\n    say \"n {n}\"\n    progress\n    raise Lost\n"
                        "main:\n    spawn w = worker(5)\n    join w\n"));
    wander(walk, 1, 20);
    QVERIFY(walk.moment().isEnd);

    const std::shared_ptr<const Trace> trace = walk.trace();

    QCOMPARE(count(*trace, Moment::Kind::Said), std::size_t{1});
    QCOMPARE(count(*trace, Moment::Kind::Progressed), std::size_t{1});
    QCOMPARE(count(*trace, Moment::Kind::Raised), std::size_t{1});
    QCOMPARE(count(*trace, Moment::Kind::Failed), std::size_t{1});
    QCOMPARE(count(*trace, Moment::Kind::Finished), std::size_t{1});
    std::set<Edge::Kind> kinds;
    for (std::size_t i = 0; i < trace->edgeCount(); ++i)
        kinds.insert(trace->edge(i).kind);
    QVERIFY((kinds == std::set{Edge::Kind::Created, Edge::Kind::Joined}));
}

void TestScheduleTrace::sectionsAndComputationsAreSlices()
{
    Walk walk(programOf("thread a:\n    yield\n    section \"work\":\n        compute 5ms\n"
                        "        yield\n    yield\n"));
    moveAll(walk, {0, 0, 0, 0});

    const std::shared_ptr<const Trace> trace = walk.trace();

    std::vector<Slice> sections;
    for (const Lane& lane : trace->lanes())
        for (const TrackId id : lane.tracks)
            if (trace->track(id)->kind() == TrackKind::Section)
                sections.push_back(trace->track(id)->slice(0));
    QCOMPARE(sections.size(), std::size_t{1});
    QCOMPARE(QString::fromStdString(trace->name(sections.front().name)), QStringLiteral("work"));
    QCOMPARE(sections.front().begin, kStep);
    QCOMPARE(sections.front().end, 3 * kStep);
    QVERIFY(actorNamed(waitGraphAt(*trace, kStep), "a").state == State::Computing);
    QVERIFY(actorNamed(waitGraphAt(*trace, 2 * kStep), "a").state == State::Running);
}

void TestScheduleTrace::whoMovesHasTheProcessor()
{
    Walk walk(programOf("thread a:\n    yield\n    yield\nthread b:\n    yield\n    yield\n"));
    moveAll(walk, {0, 1, 0});

    const std::shared_ptr<const Trace> trace = walk.trace();

    const auto stateAt = [&](std::int64_t time, const char* name) {
        return actorNamed(waitGraphAt(*trace, time), name).schedulerState;
    };
    QVERIFY(stateAt(kStep / 2, "a") == State::Running);
    QVERIFY(stateAt(kStep * 3 / 2, "a") == State::Runnable);
    QVERIFY(stateAt(kStep * 3 / 2, "b") == State::Running);
    QVERIFY(stateAt(kStep * 5 / 2, "a") == State::Running);
}

void TestScheduleTrace::anEmptyScheduleIsATrace()
{
    Walk walk(programOf("mutex m\nthread a:\n    lock m\n"));

    const std::shared_ptr<const Trace> trace = walk.trace();

    QVERIFY(!trace->isLive());
    QCOMPARE(trace->end(), kStep);
    QCOMPARE(trace->stepNanoseconds(), kStep);
    QCOMPARE(waitGraphAt(*trace, 0).actors.size(), std::size_t{1});
    QCOMPARE(waitGraphAt(*trace, 0).objects.size(), std::size_t{1});
}

void TestScheduleTrace::whoIsCutOffByAnExitWaitsNoMore()
{
    Walk walk(programOf("event e\nthread a:\n    wait e\nthread b:\n    exit 3\n"));
    moveAll(walk, {1});
    QVERIFY(walk.moment().isEnd);

    const std::shared_ptr<const Trace> trace = walk.trace();

    QCOMPARE(complaints(*trace), QStringList());
    QVERIFY(actorNamed(waitGraphAt(*trace, 0), "a").state == State::WaitCondition);
    QVERIFY(actorNamed(waitGraphAt(*trace, kStep), "a").state == State::Running);
    QVERIFY(walk.moment().objects.front().waiting.empty());
}

void TestScheduleTrace::theMainThreadRunsOnlyWhileAHandlerDoes()
{
    Walk walk(
        programOf("event handled\n"
                  "on SIGUSR1:\n    say \"handled\"\n    set handled\n"
                  "thread worker:\n    send SIGUSR1 to program\n    wait handled\n    yield\n"));
    const std::int32_t mainThread = walk.moment().actors.back().number;
    for (const std::int32_t mover : {0, mainThread, mainThread, mainThread, 0, 0, 0})
        QVERIFY(walk.move(mover));
    QVERIFY(walk.moment().isEnd);

    const std::shared_ptr<const Trace> trace = walk.trace();
    const auto stateAt = [&](std::int64_t time) {
        return actorNamed(waitGraphAt(*trace, time), "program").state;
    };
    QVERIFY(stateAt(kStep / 2) != State::Running);
    QVERIFY(stateAt(kStep * 5 / 2) == State::Running);
    QVERIFY(stateAt(kStep * 11 / 2) != State::Running);
}

QTEST_APPLESS_MAIN(TestScheduleTrace)
#include "tst_schedule_trace.moc"

// SPDX-License-Identifier: GPL-3.0-only
#include "engine/explore/walk.h"
#include "tests/engine/explore/explored_text.h"

#include <QTest>

#include <string>
#include <vector>

using namespace heddle;
using namespace heddle::tests;

namespace {

const ExploredActor& actorNamed(const ExploredMoment& moment, const std::string& name)
{
    for (const ExploredActor& actor : moment.actors)
        if (actor.name == name)
            return actor;
    qFatal("no actor %s", name.c_str());
}

QString sentence(Walk& walk, const std::string& actor)
{
    return QString::fromStdString(actorNamed(walk.moment(), actor).sentence.text());
}

QString objectText(Walk& walk, const std::string& name)
{
    for (const ExploredObject& object : walk.moment().objects)
        if (object.name == name)
            return QString::fromStdString(object.text.text());
    return QStringLiteral("no such object");
}

/// Moves the named actors one after the other; the first outcome each. False if one cannot.
bool go(Walk& walk, const std::vector<std::string>& actors)
{
    for (const std::string& name : actors)
        if (!walk.move(actorNamed(walk.moment(), name).number))
            return false;
    return true;
}

std::vector<std::string> times(int count, const std::string& name)
{
    return std::vector<std::string>(static_cast<std::size_t>(count), name);
}

const std::string kTable = "mutex fork[2]\n"
                           "thread philosopher[i in 0..1]:\n"
                           "    lock fork[i]\n"
                           "    lock fork[1 - i]\n"
                           "    unlock fork[1 - i]\n"
                           "    unlock fork[i]\n";

const std::string kBuffer = "shared count = 0\n"
                            "mutex m\n"
                            "condition not_empty on m\n"
                            "thread producer[i in 1..2]:\n"
                            "    with m:\n"
                            "        count = count + 1\n"
                            "        notify not_empty\n"
                            "thread consumer:\n"
                            "    with m:\n"
                            "        while count == 0:\n"
                            "            wait not_empty\n"
                            "        count = count - 1\n";

} // namespace

class TestWalk : public QObject
{
    Q_OBJECT

private slots:
    void whoWaitsForALockNamesItsHolder();
    void aDeadlockIsNamedAsARing();
    void whoLocksAgainWaitsForItself();
    void whoWaitsForAConditionNamesThoseWhoCanNotify();
    void whoIsAwakeAgainWaitsForTheMutex();
    void whoNobodyCanReleaseIsToldSo();
    void unitsOfASemaphoreAreCounted();
    void aReadLockNamesItsReaders();
    void aJoinNamesWhoHasNotEnded();
    void anAwaitNamesThoseWhoCanChangeItsVariables();
    void barriersLatchesEventsAndQueuesSayHowTheyAre();
    void aVariableKnowsItsLastWriter();
    void localsAreThoseWithAValue();
    void eachOutcomeIsAMoveOfItsOwn();
    void whatIsUndoneCanBeGoneForwardTo();
    void anotherMoveDropsWhatWasUndone();
    void aScheduleThatIsNotPossibleNamesItsFirstWrongStep();
    void nobodyMovesAfterTheEnd();
    void linesSaidBelongToTheMoment();
    void aWriteThatOthersSeeLateIsAMoveOfItsOwn();
    void whoSleepsUnderIdealTimeWaitsForTime();
};

void TestWalk::whoWaitsForALockNamesItsHolder()
{
    Walk walk(programOf(kTable));

    QVERIFY(go(walk, {"philosopher[1]", "philosopher[0]"}));

    const ExploredMoment moment = walk.moment();
    const ExploredActor& waiter = actorNamed(moment, "philosopher[0]");
    QCOMPARE(QString::fromStdString(waiter.sentence.text()),
        QStringLiteral("philosopher[0] waits for fork[1], held by philosopher[1]."));
    QVERIFY(waiter.standing == ExploredActor::Standing::Waits);
    QVERIFY(waiter.isForced);
    QVERIFY(waiter.waitsFor == std::vector<std::int32_t>{1});
    QCOMPARE(waiter.line, 5U);
    QCOMPARE(objectText(walk, "fork[1]"), QStringLiteral("held by philosopher[1]"));
    QVERIFY(moment.objects[1].waiting == std::vector<std::int32_t>{0});
}

void TestWalk::aDeadlockIsNamedAsARing()
{
    Walk walk(programOf(kTable));
    QVERIFY(go(walk, {"philosopher[0]"}));
    QVERIFY(!walk.moment().isDeadlock);
    QCOMPARE(QString::fromStdString(walk.moment().headline.text()),
        QStringLiteral("Step 1: philosopher[0] locks fork[0]"));

    QVERIFY(go(walk, {"philosopher[1]"}));

    QVERIFY(walk.moment().isDeadlock);
    QVERIFY(!walk.moment().isEnd);
    QCOMPARE(QString::fromStdString(walk.moment().headline.text()),
        QStringLiteral("Deadlock after 2 steps: philosopher[0] holds fork[0], wants fork[1]; "
                       "philosopher[1] holds fork[1], wants fork[0]. Each waits for the next; "
                       "nobody can move."));
}

void TestWalk::whoLocksAgainWaitsForItself()
{
    Walk walk(programOf("mutex m\nmain:\n    lock m\n    lock m\n"));

    QVERIFY(go(walk, {"main"}));

    QCOMPARE(sentence(walk, "main"), QStringLiteral("main waits for m, which it holds itself."));
    QCOMPARE(QString::fromStdString(walk.moment().headline.text()),
        QStringLiteral("Deadlock after 1 step: main holds m, wants m. It waits for itself; nobody "
                       "can move."));
}

void TestWalk::whoWaitsForAConditionNamesThoseWhoCanNotify()
{
    Walk walk(programOf(kBuffer));

    QVERIFY(go(walk, times(3, "consumer")));

    QCOMPARE(sentence(walk, "consumer"),
        QStringLiteral("consumer waits for not_empty; only producer[1] and producer[2] can notify "
                       "not_empty."));
    QVERIFY(!actorNamed(walk.moment(), "consumer").isForced);
    QCOMPARE(objectText(walk, "not_empty"), QStringLiteral("consumer waits"));
    QVERIFY(go(walk, times(5, "producer[1]")));
    QCOMPARE(sentence(walk, "consumer"),
        QStringLiteral("consumer can move: wait not_empty (takes "
                       "the mutex again)."));
}

void TestWalk::whoIsAwakeAgainWaitsForTheMutex()
{
    Walk walk(programOf(kBuffer));

    QVERIFY(go(walk, times(3, "consumer")));
    QVERIFY(go(walk, times(4, "producer[1]")));

    QCOMPARE(QString::fromStdString(walk.schedule().steps.back().text),
        QStringLiteral("notify not_empty: consumer may go on"));
    QCOMPARE(sentence(walk, "consumer"),
        QStringLiteral("consumer is awake again and waits for m, held by producer[1]."));
    QCOMPARE(objectText(walk, "not_empty"), QStringLiteral("nobody waits"));
}

void TestWalk::whoNobodyCanReleaseIsToldSo()
{
    Walk walk(programOf("semaphore room = 1\nthread guest[i in 1..2]:\n    acquire room\n"));

    QVERIFY(go(walk, {"guest[1]"}));

    QCOMPARE(sentence(walk, "guest[2]"),
        QStringLiteral("guest[2] waits for room; nobody is left who could release room."));
    QCOMPARE(objectText(walk, "room"), QStringLiteral("0 units"));
    QVERIFY(walk.moment().objects.front().holders == std::vector<std::int32_t>{0});
    QVERIFY(walk.moment().isDeadlock);
}

void TestWalk::unitsOfASemaphoreAreCounted()
{
    Walk walk(programOf("semaphore s = 5 max 6\nthread a:\n    acquire s 3\n    release s 2\n"));
    QCOMPARE(objectText(walk, "s"), QStringLiteral("5 of 6 units"));

    QVERIFY(go(walk, {"a"}));
    QCOMPARE(objectText(walk, "s"), QStringLiteral("2 of 6 units"));
    QVERIFY(go(walk, {"a"}));

    QCOMPARE(objectText(walk, "s"), QStringLiteral("4 of 6 units"));
    QVERIFY(walk.moment().objects.front().holders == std::vector<std::int32_t>{0});
}

void TestWalk::aReadLockNamesItsReaders()
{
    Walk walk(
        programOf("rwlock book\nthread reader[i in 1..2]:\n    with book read:\n        pass\n"
                  "thread writer:\n    with book write:\n        pass\n"));

    QVERIFY(go(walk, {"reader[1]", "reader[2]"}));

    QCOMPARE(sentence(walk, "writer"),
        QStringLiteral("writer waits for book, read by reader[1] and reader[2]."));
    QCOMPARE(objectText(walk, "book"), QStringLiteral("read by reader[1] and reader[2]"));
    QVERIFY(go(walk, {"reader[1]", "reader[2]", "writer"}));
    QCOMPARE(objectText(walk, "book"), QStringLiteral("written by writer"));
}

void TestWalk::aJoinNamesWhoHasNotEnded()
{
    Walk walk(programOf(
        "thread worker:\n    yield\nmain:\n    spawn w = worker\n    join w\n    say \"over\"\n"));
    QCOMPARE(sentence(walk, "worker"), QStringLiteral("worker has not been started."));

    QVERIFY(go(walk, {"main"}));

    QCOMPARE(sentence(walk, "main"), QStringLiteral("main waits for the end of worker."));
    QVERIFY(go(walk, {"worker"}));
    QCOMPARE(sentence(walk, "worker"), QStringLiteral("worker has ended."));
    QVERIFY(actorNamed(walk.moment(), "main").standing == ExploredActor::Standing::CanMove);
}

void TestWalk::anAwaitNamesThoseWhoCanChangeItsVariables()
{
    Walk walk(programOf("shared turn = 1\nthread first:\n    await until turn == 0\n"
                        "thread second:\n    turn = 0\nthread third:\n    yield\n"));

    QCOMPARE(sentence(walk, "first"),
        QStringLiteral("first waits until its condition on turn holds; only second can change "
                       "turn."));
    QVERIFY(go(walk, {"second"}));
    QVERIFY(actorNamed(walk.moment(), "first").standing == ExploredActor::Standing::CanMove);
}

void TestWalk::barriersLatchesEventsAndQueuesSayHowTheyAre()
{
    Walk walk(
        programOf("barrier b(3)\nlatch l = 2\nevent e\nqueue q max 1\n"
                  "thread one:\n    arrive b\nthread two:\n    finish l\n    wait l\n"
                  "thread three:\n    wait e\nthread four:\n    put q <- 7\n    put q <- 8\n"));

    QVERIFY(go(walk, {"one", "two", "four"}));

    QCOMPARE(sentence(walk, "one"),
        QStringLiteral("one waits for the others at b; nobody is left who could arrive at b."));
    QCOMPARE(sentence(walk, "two"),
        QStringLiteral("two waits for l; nobody is left who could count l down."));
    QCOMPARE(sentence(walk, "three"),
        QStringLiteral("three waits for e; nobody is left who could set e."));
    QCOMPARE(sentence(walk, "four"),
        QStringLiteral("four waits for room in q; nobody is left who could get from q."));
    QCOMPARE(objectText(walk, "b"), QStringLiteral("1 of 3 are there"));
    QCOMPARE(objectText(walk, "l"), QStringLiteral("count 1"));
    QCOMPARE(objectText(walk, "e"), QStringLiteral("not set"));
    QCOMPARE(objectText(walk, "q"), QStringLiteral("[7]"));
}

void TestWalk::aVariableKnowsItsLastWriter()
{
    Walk walk(programOf("shared x[2] = 0\nthread a:\n    x[1] = 0\nthread b:\n    x[1] = 5\n"));
    QCOMPARE(walk.moment().variables[1].lastWriter, -1);

    QVERIFY(go(walk, {"b", "a"}));

    const ExploredVariable variable = walk.moment().variables[1];
    QCOMPARE(QString::fromStdString(variable.name), QStringLiteral("x[1]"));
    QCOMPARE(QString::fromStdString(variable.value), QStringLiteral("0"));
    QCOMPARE(variable.lastWriter, 0);
    QCOMPARE(variable.writtenAt, std::size_t{2});
    walk.goTo(1);
    QCOMPARE(walk.moment().variables[1].lastWriter, 1);
}

void TestWalk::localsAreThoseWithAValue()
{
    Walk walk(programOf("shared x = 3\nthread a:\n    local t = x\n    yield\n    x = t\n"));

    QVERIFY(go(walk, {"a"}));

    const NamedText expected{"t", "3"};
    QVERIFY(actorNamed(walk.moment(), "a").locals == std::vector<NamedText>{expected});
}

void TestWalk::eachOutcomeIsAMoveOfItsOwn()
{
    Walk walk(programOf("mutex m\nthread a:\n    choose k in {2, 4}\n    lock m within 5ms\n"
                        "    unlock m\n    if k == 4:\n        yield\n"));

    const std::vector<ExploredMove> choices = actorNamed(walk.moment(), "a").moves;
    QCOMPARE(choices.size(), std::size_t{2});
    QCOMPARE(QString::fromStdString(choices[1].text), QStringLiteral("choose k = 4"));
    QVERIFY(walk.move(0, 1));
    QCOMPARE(
        QString::fromStdString(walk.schedule().steps.back().text), QStringLiteral("choose k = 4"));
    QVERIFY(!walk.move(0, 9));
    Walk unused(programOf("thread a:\n    choose k in 3..5\n    yield\n"));
    QCOMPARE(QString::fromStdString(actorNamed(unused.moment(), "a").moves[2].text),
        QStringLiteral("choose k = 5")); // also where nobody reads it
}

void TestWalk::whatIsUndoneCanBeGoneForwardTo()
{
    Walk walk(programOf(kTable));
    QVERIFY(go(walk, {"philosopher[0]", "philosopher[0]", "philosopher[0]"}));

    walk.goTo(1);

    QCOMPARE(walk.step(), std::size_t{1});
    QCOMPARE(walk.schedule().steps.size(), std::size_t{3});
    QCOMPARE(objectText(walk, "fork[1]"), QStringLiteral("free"));
    QVERIFY(go(walk, {"philosopher[0]"})); // that very step
    QCOMPARE(walk.schedule().steps.size(), std::size_t{3});
    walk.goTo(99);
    QCOMPARE(walk.step(), std::size_t{3});
}

void TestWalk::anotherMoveDropsWhatWasUndone()
{
    Walk walk(programOf(kTable));
    QVERIFY(go(walk, {"philosopher[0]", "philosopher[0]", "philosopher[0]"}));

    walk.goTo(1);
    QVERIFY(go(walk, {"philosopher[1]"}));

    QCOMPARE(walk.schedule().steps.size(), std::size_t{2});
    QVERIFY(walk.moment().isDeadlock);
}

void TestWalk::aScheduleThatIsNotPossibleNamesItsFirstWrongStep()
{
    Walk walk(programOf(kTable));
    Schedule schedule;
    schedule.steps = {{0, 0, {}, 0, {}}, {1, 0, {}, 0, {}}, {0, 0, {}, 0, {}}};

    const Result<void> followed = walk.follow(schedule);

    QVERIFY(!followed);
    QVERIFY(followed.error().kind == ErrorKind::BadProgram);
    QVERIFY2(followed.error().detail.find("Step 3") != std::string::npos,
        followed.error().detail.c_str());
    QCOMPARE(walk.step(), std::size_t{2});
    QVERIFY(walk.move(7).error().detail.find("does not exist") != std::string::npos);
}

void TestWalk::nobodyMovesAfterTheEnd()
{
    Walk walk(programOf("daemon thread d:\n    forever:\n        yield\nthread a:\n    yield\n"));

    QVERIFY(go(walk, {"d", "a"}));

    const ExploredMoment moment = walk.moment();
    QVERIFY(moment.isEnd);
    QVERIFY(!moment.isDeadlock);
    QVERIFY(actorNamed(moment, "d").moves.empty());
    QCOMPARE(sentence(walk, "d"), QStringLiteral("d is cut off: the program has come to its end."));
    QVERIFY(!walk.move(0));
}

void TestWalk::linesSaidBelongToTheMoment()
{
    Walk walk(programOf("thread a:\n    say \"one\"\n    say \"two\"\n"));

    QVERIFY(go(walk, {"a"}));

    QVERIFY(walk.moment().said == std::vector<std::string>{"a: one"});
    QCOMPARE(QString::fromStdString(walk.moment().headline.text()),
        QStringLiteral("Step 1: a says one"));
}

void TestWalk::aWriteThatOthersSeeLateIsAMoveOfItsOwn()
{
    Walk walk(programOf("option memory tso\nshared x = 0\nthread a:\n    x = 1\nthread b:\n"
                        "    local t = x\n    yield\n"));
    QVERIFY(go(walk, {"a"}));
    QCOMPARE(QString::fromStdString(walk.moment().variables.front().value), QStringLiteral("0"));

    const std::vector<ExploredMove> moves = actorNamed(walk.moment(), "a").moves;
    QCOMPARE(moves.size(), std::size_t{1});
    QCOMPARE(
        QString::fromStdString(moves.front().text), QStringLiteral("show others its write of x"));
    QVERIFY(walk.move(0, moves.front().choice));

    QCOMPARE(QString::fromStdString(walk.moment().variables.front().value), QStringLiteral("1"));
    QCOMPARE(QString::fromStdString(walk.moment().headline.text()),
        QStringLiteral("Step 2: a shows others its write of x"));
    QCOMPARE(walk.moment().variables.front().lastWriter, 0);
    QVERIFY(walk.trace() != nullptr);
}

void TestWalk::whoSleepsUnderIdealTimeWaitsForTime()
{
    Walk walk(programOf("option time ideal\nthread a:\n    sleep 10ms\nthread b:\n    sleep 5ms\n"
                        "    yield\n"));

    QCOMPARE(sentence(walk, "a"), QStringLiteral("a waits for time to pass."));
    QVERIFY(go(walk, {"b", "b"}));
    QVERIFY(actorNamed(walk.moment(), "a").standing == ExploredActor::Standing::CanMove);
    QVERIFY(go(walk, {"a"}));
    QVERIFY(walk.moment().isEnd);
}

QTEST_APPLESS_MAIN(TestWalk)
#include "tst_walk.moc"

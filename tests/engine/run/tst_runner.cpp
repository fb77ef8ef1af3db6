// SPDX-License-Identifier: GPL-3.0-only
#include "ran_program.h"

#include <QTest>

class TestRunner : public QObject
{
    Q_OBJECT

private slots:
    void everyProgramEndsAsItSays_data();
    void everyProgramEndsAsItSays();
    void actorsStartTogetherWithoutMain();
    void spawnedActorsAreNumbered();
    void anUncaughtExceptionEndsOnlyItsThread();
    void anExceptionInMainFailsTheProgram();
    void aFailedAssertionEndsItsActor();
    void daemonsDoNotKeepTheProgram();
    void exitEndsEverybody();
    void aTimerRunsUnlessItIsCancelled();
    void timeScaleStretchesSleeps();
    void theSameSeedDrawsTheSame();
    void updatesAreLostForReal();
    void atomicBlocksLoseNothing();
    void aDeadlockNamesItsActors();
    void joiningOneselfIsADeadlock();
    void aTimeLimitEndsTheRun();
};

void TestRunner::everyProgramEndsAsItSays_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QStringList>("said");

    QTest::newRow("values are printed as in the language")
        << QByteArray("main:\n    local l = [1, \"a\", 20ms, true]\n    say \"l {l} {l[2] * 2}\"\n")
        << QStringList{QStringLiteral("l [1, \"a\", 20ms, true] 40ms")};
    QTest::newRow("a mutex is not re-entrant, an rlock is")
        << QByteArray("rlock m\nmain:\n    with m:\n        with m:\n            say \"twice\"\n")
        << QStringList{QStringLiteral("twice")};
    QTest::newRow("unlocking what one does not hold raises NotOwner") << QByteArray(
        "mutex m\nmain:\n    try:\n        unlock m\n    except NotOwner:\n"
        "        say \"not mine\"\n") << QStringList{QStringLiteral("not mine")};
    QTest::newRow("a semaphore above its bound raises Overflow") << QByteArray(
        "semaphore s = 1 max 1\nmain:\n    try:\n        release s\n"
        "    except Overflow:\n        say \"full\"\n") << QStringList{QStringLiteral("full")};
    QTest::newRow("a time limit raises Timeout") << QByteArray(
        "event e\nmain:\n    try:\n        wait e within 5ms\n    except Timeout:\n"
        "        say \"late\"\n") << QStringList{QStringLiteral("late")};
    QTest::newRow("a try never waits")
        << QByteArray("semaphore s = 1\nmain:\n    if try acquire s:\n        say \"first\"\n"
                      "    if try acquire s:\n        say \"second\"\n    else:\n"
                      "        say \"none left\"\n")
        << QStringList{QStringLiteral("first"), QStringLiteral("none left")};
    QTest::newRow("a queue hands items over and closes")
        << QByteArray("queue q max 1\nthread source:\n    for i in 1..3:\n        put q <- i\n"
                      "    close q\nthread sink:\n    try:\n        forever:\n"
                      "            get x <- q\n            say \"{x}\"\n    except Closed:\n"
                      "        say \"end\"\n")
        << QStringList{QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3"),
               QStringLiteral("end")};
    QTest::newRow("a priority queue gives the smallest first")
        << QByteArray("queue q priority\nmain:\n    put q <- 3\n    put q <- 1\n    put q <- 2\n"
                      "    repeat 3:\n        get x <- q\n        say \"{x}\"\n")
        << QStringList{QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3")};
    QTest::newRow("join of a queue waits for what is handled")
        << QByteArray("queue q\nthread worker:\n    get x <- q\n    say \"got {x}\"\n    finish q\n"
                      "main:\n    put q <- 7\n    spawn worker\n    join q\n    say \"all done\"\n")
        << QStringList{QStringLiteral("got 7"), QStringLiteral("all done")};
    QTest::newRow("a condition lets go who waits")
        << QByteArray("shared open = false\nmutex m\ncondition c on m\nthread guest:\n    with m:\n"
                      "        wait c until open\n    say \"in\"\nthread host:\n    with m:\n"
                      "        open = true\n        notify c all\n")
        << QStringList{QStringLiteral("in")};
    QTest::newRow("a barrier counts arrivals from 0") << QByteArray(
        "shared sum = 0\nmutex m\nbarrier b(3)\nthread t[i in 1..3]:\n"
        "    arrive b into n\n    with m:\n        sum += n\n"
        "expect final sum == 3\n") << QStringList{};
    QTest::newRow("a latch opens at 0") << QByteArray(
        "latch l = 2\nthread t[i in 1..2]:\n    finish l\nthread w:\n    wait l\n"
        "    say \"open {value(l)}\"\n") << QStringList{QStringLiteral("open 0")};
    QTest::newRow("a writer has the rwlock alone")
        << QByteArray("rwlock r\nmain:\n    with r write:\n        if try lock r read:\n"
                      "            say \"wrong\"\n        else:\n            say \"alone\"\n")
        << QStringList{QStringLiteral("alone")};
    QTest::newRow("await until sees what others write") << QByteArray(
        "shared flag = false\nthread a:\n    await until flag\n    say \"seen\"\n"
        "thread b:\n    flag = true\n") << QStringList{QStringLiteral("seen")};
    QTest::newRow("an unset variable is missing")
        << QByteArray("shared x: int = unset\nmain:\n    try:\n        say \"{x}\"\n"
                      "    except Missing:\n        say \"nothing yet\"\n")
        << QStringList{QStringLiteral("nothing yet")};
    QTest::newRow("swap, fetch_add and cas are one step") << QByteArray(
        "atomic shared x = 1\nmain:\n    local a = swap(x, 5)\n"
        "    local b = fetch_add(x, 2)\n    local c = cas(x, 7, 9)\n"
        "    say \"{a} {b} {c} {x}\"\n") << QStringList{QStringLiteral("1 5 true 9")};
    QTest::newRow("a table is changed in one step") << QByteArray(
        "shared t: table[4] = {}\nmain:\n    t[\"a\"] = 1\n    t += {\"a\": 2}\n"
        "    say \"{t['a']}\"\n") << QStringList{QStringLiteral("3")};
    QTest::newRow("a private variable is each thread's own") << QByteArray(
        "def prepare():\n    mine = 1\nprivate mine = 0 init prepare\n"
        "thread w:\n    mine += 5\nmain:\n    spawn w\n    join w\n"
        "    say \"{mine}\"\n") << QStringList{QStringLiteral("1")};
    QTest::newRow("join gives the end of who was spawned")
        << QByteArray("thread w(n):\n    say \"w {n}\"\nmain:\n    spawn a = w(1)\n    join a\n"
                      "    say \"alive {alive(a)}\"\n")
        << QStringList{QStringLiteral("w 1"), QStringLiteral("alive false")};
}

void TestRunner::everyProgramEndsAsItSays()
{
    QFETCH(QByteArray, program);
    QFETCH(QStringList, said);

    const Ran ran = run("program \"Test\"\n" + program);

    QVERIFY2(ran.messages.isEmpty() || ran.exitCode >= 0, qPrintable(ran.messages));
    QCOMPARE(ran.lines(), said);
    QCOMPARE(ran.exitCode, 0);
}

void TestRunner::actorsStartTogetherWithoutMain()
{
    const Ran ran = run("program \"Test\"\nbarrier all(4)\nthread t[i in 0..3]:\n    arrive all\n");

    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(ran.actors(QStringLiteral("name")),
        (QStringList{QStringLiteral("t[0]"), QStringLiteral("t[1]"), QStringLiteral("t[2]"),
            QStringLiteral("t[3]")}));
}

void TestRunner::spawnedActorsAreNumbered()
{
    const Ran ran = run("program \"Test\"\nthread worker(n):\n    say \"{name(me)}\"\nmain:\n"
                        "    repeat 3:\n        spawn w = worker(1)\n        join w\n"
                        "    spawn w = worker(1) as \"special\"\n    join w\n");

    QCOMPARE(ran.lines(),
        (QStringList{QStringLiteral("worker"), QStringLiteral("worker-2"),
            QStringLiteral("worker-3"), QStringLiteral("special")}));
}

void TestRunner::anUncaughtExceptionEndsOnlyItsThread()
{
    const Ran ran = run("program \"Test\"\nthread bad:\n    raise Oops \"too bad\"\n"
                        "thread good:\n    sleep 20ms\n    say \"still here\"\n"
                        "expect exception Oops free\nexpect raised Oops 1 times\n");

    QCOMPARE(ran.lines(), QStringList{QStringLiteral("still here")});
    QVERIFY(ran.actors(QStringLiteral("state")).contains(QStringLiteral("failed")));
    QCOMPARE(ran.statuses(), (QStringList{QStringLiteral("failed"), QStringLiteral("held")}));
}

void TestRunner::anExceptionInMainFailsTheProgram()
{
    const Ran ran = run("program \"Test\"\nmain:\n    raise Oops\n");

    QCOMPARE(ran.exitCode, 1);
}

void TestRunner::aFailedAssertionEndsItsActor()
{
    const Ran ran = run("program \"Test\"\nmutex m\nthread a:\n    with m:\n"
                        "        assert 1 == 2, \"sums\"\n    say \"never\"\nthread b:\n"
                        "    sleep 20ms\n    lock m\n    unlock m\n    say \"m is free\"\n");

    QCOMPARE(ran.exitCode, 1);
    QCOMPARE(ran.lines(), QStringList{QStringLiteral("m is free")});
}

void TestRunner::daemonsDoNotKeepTheProgram()
{
    const Ran ran = run("program \"Test\"\ndaemon thread idle:\n    forever:\n        sleep 1s\n"
                        "main:\n    spawn idle\n    say \"bye\"\n");

    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(ran.lines(), QStringList{QStringLiteral("bye")});
}

void TestRunner::exitEndsEverybody()
{
    const Ran ran = run("program \"Test\"\nthread busy:\n    forever:\n        compute 1ms\n"
                        "main:\n    spawn busy\n    sleep 5ms\n    exit 7\n"
                        "expect exit program in {7}\n");

    QCOMPARE(ran.statuses(), QStringList{QStringLiteral("held")});
}

void TestRunner::aTimerRunsUnlessItIsCancelled()
{
    const Ran ran = run("program \"Test\"\nmain:\n    local n = 5\n    after 5ms:\n"
                        "        say \"fired {n}\"\n    after 10s as late:\n"
                        "        say \"never\"\n    n = 6\n    cancel late\n");

    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(ran.lines(), QStringList{QStringLiteral("fired 5")});
}

void TestRunner::timeScaleStretchesSleeps()
{
    RunWish wish;
    wish.timeScale = QStringLiteral("0.001");

    const Ran ran = run("program \"Test\"\nmain:\n    sleep 3000s\n    say \"awake\"\n", wish);

    QCOMPARE(ran.lines(), QStringList{QStringLiteral("awake")});
}

void TestRunner::theSameSeedDrawsTheSame()
{
    const QByteArray program = "program \"Test\"\nmain:\n    repeat 8:\n"
                               "        choose k in 1..1000000\n        say \"{k}\"\n";
    RunWish other;
    other.seed = QStringLiteral("1");

    const Ran first = run(program);
    const Ran again = run(program);
    const Ran different = run(program, other);

    QCOMPARE(first.lines().size(), 8);
    QCOMPARE(again.lines(), first.lines());
    QVERIFY(different.lines() != first.lines());
}

void TestRunner::updatesAreLostForReal()
{
    RunWish wish;
    wish.jitter = true; // opens the window between the read and the write

    const Ran ran = run("program \"Test\"\nshared x = 0\nthread adder[i in 1..2]:\n"
                        "    repeat 300:\n        x = x + 1\nexpect final x == 600\n",
        wish);

    QCOMPARE(ran.statuses(), QStringList{QStringLiteral("failed")});
}

void TestRunner::atomicBlocksLoseNothing()
{
    RunWish wish;
    wish.jitter = true;

    const Ran ran = run("program \"Test\"\nshared x = 0\nthread adder[i in 1..2]:\n"
                        "    repeat 300:\n        with atomic:\n            x = x + 1\n"
                        "expect final x == 600\n",
        wish);

    QCOMPARE(ran.statuses(), QStringList{QStringLiteral("held")});
}

void TestRunner::aDeadlockNamesItsActors()
{
    const Ran ran = run("program \"Test\"\nmutex a, b\nbarrier both(2)\nthread left:\n    lock a\n"
                        "    arrive both\n    lock b\nthread right:\n    lock b\n    arrive both\n"
                        "    lock a\n");

    QCOMPARE(ran.exitCode, 3);
    const QJsonArray cycle =
        ran.report[QStringLiteral("deadlock")][QStringLiteral("cycle")].toArray();
    QCOMPARE(cycle.size(), 2);
    const bool isLeftFirst = cycle[0][QStringLiteral("actor")] == QStringLiteral("left");
    const QJsonValue left = cycle[isLeftFirst ? 0 : 1];
    QCOMPARE(left[QStringLiteral("waits_for")].toString(), QStringLiteral("b"));
    QCOMPARE(left[QStringLiteral("held_by")].toString(), QStringLiteral("right"));
    QCOMPARE(left[QStringLiteral("line")].toInt(), 7);
}

void TestRunner::joiningOneselfIsADeadlock()
{
    const Ran ran = run("program \"Test\"\nmain:\n    local self = me\n    join self\n");

    QCOMPARE(ran.exitCode, 3);
}

void TestRunner::aTimeLimitEndsTheRun()
{
    RunWish wish;
    wish.limitMilliseconds = 100;

    const Ran ran = run("program \"Test\"\nmain:\n    forever:\n        local x = 1\n", wish);

    QCOMPARE(ran.exitCode, 4);
}

QTEST_GUILESS_MAIN(TestRunner)
#include "tst_runner.moc"

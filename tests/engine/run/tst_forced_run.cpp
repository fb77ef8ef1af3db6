// SPDX-License-Identifier: GPL-3.0-only
#include "tests/engine/run/forced_checks.h"
#include "tests/engine/run/test_programs.h"

#include <QTest>

using namespace heddle;

namespace {

std::string philosophers()
{
    return "program \"p\"\nmutex fork[3]\nthread philosopher[i in 0..2]:\n    lock fork[i]\n"
           "    say \"one\"\n    lock fork[(i + 1) % 3]\n    say \"two\"\n"
           "    unlock fork[(i + 1) % 3]\n    unlock fork[i]\nexpect deadlock reachable\n";
}

std::string lostUpdates()
{
    std::string text = "program \"p\"\nshared x = 0\nthread adder[i in 1..2]:\n"
                       "    for n in 1..10:\n        x = x + 1\n"
                       "main:\n    spawn adder\n    join all\n    say \"{x}\"\n"
                       "expect final x can be 2\n";
    return text;
}

} // namespace

class TestForcedRun : public QObject
{
    Q_OBJECT

private slots:
    void aWitnessComesOutTheSameEachTime_data();
    void aWitnessComesOutTheSameEachTime();
    void everyScheduleComesOutAsInTheMachine_data();
    void everyScheduleComesOutAsInTheMachine();
    void aProgramElsewhereEndsWithOneSentence();
    void anActorThatDoesNotComeEndsTheRun();
    void anActorThatEndsEarlyEndsTheRun();
    void spuriousWakeupsHappenForReal();
};

void TestForcedRun::aWitnessComesOutTheSameEachTime_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("part");
    const auto add = [](const char* name, const std::string& program, const char* line,
                         const char* part) {
        QTest::newRow(name) << QString::fromStdString(program) << QString::fromLatin1(line)
                            << QString::fromLatin1(part);
    };
    add("a deadlock", philosophers(), "deadlock reachable", "deadlock | philosopher[");
    add("lost updates", lostUpdates(), "final x can be 2", "main: 2");
    add("a lost wake-up",
        "program \"p\"\nmutex m\ncondition news on m\nthread sender:\n    with m:\n"
        "        notify news\n    say \"sent\"\nthread receiver:\n    with m:\n"
        "        wait news\n    say \"received\"\nexpect deadlock reachable\n",
        "deadlock reachable", "deadlock | sender: sent");
    add("a time limit that is over",
        "program \"p\"\nshared late = 0\nmutex m\nthread holder:\n    with m:\n        yield\n"
        "thread asker:\n    try:\n        lock m within 1s\n        unlock m\n"
        "        say \"got it\"\n    except Timeout:\n        late = 1\n        say \"late\"\n"
        "expect final late can be 1\n",
        "final late can be 1", "ended | asker: late");
    add("a time limit that is not over",
        "program \"p\"\nshared got = 0\nmutex m\nthread holder:\n    with m:\n        yield\n"
        "thread asker:\n    try:\n        lock m within 1ms\n        got = 1\n        unlock m\n"
        "        say \"got it\"\n    except Timeout:\n        say \"late\"\n"
        "expect final got can be 1\n",
        "final got can be 1", "ended | asker: got it");
    add("whom a notify lets go",
        "program \"p\"\nshared first = 0\nmutex m\ncondition c on m\n"
        "thread waiter[i in 1..3]:\n    with m:\n        wait c\n        if first == 0:\n"
        "            first = i\n            say \"{i}\"\n            notify c all\n"
        "main:\n    spawn waiter\n    await until waiting(c) == 3\n    notify c\n"
        "    join all\nexpect final first can be 3\n",
        "final first can be 3", "ended | waiter[3]: 3");
    add("a wait that is given up after its limit",
        "program \"p\"\nshared late = 0\nmutex m\ncondition c on m\nthread waiter:\n    with m:\n"
        "        try:\n            wait c within 10s\n        except Timeout:\n"
        "            late = 1\n            say \"late\"\nthread other:\n    with m:\n"
        "        yield\nexpect final late can be 1\n",
        "final late can be 1", "ended | waiter: late");
    add("who comes to a barrier last",
        "program \"p\"\nshared last = 0\nbarrier b(3)\nthread guest[i in 1..3]:\n"
        "    arrive b into n\n    if n == 2:\n        last = i\n        say \"{i}\"\n"
        "expect final last can be 1\n",
        "final last can be 1", "ended | guest[1]: 1");
    add("a barrier that breaks",
        "program \"p\"\nshared broken = 0\nbarrier b(2)\nthread patient:\n    try:\n"
        "        arrive b\n    except BrokenBarrier:\n        broken += 1\n"
        "        say \"broken\"\nthread hasty:\n    try:\n        arrive b within 10s\n"
        "    except Timeout:\n        say \"left\"\n    except BrokenBarrier:\n"
        "        say \"was broken\"\nexpect final broken can be 1\n",
        "final broken can be 1", "ended | hasty: left; patient: broken");
    add("who gets an item",
        "program \"p\"\nshared winner = 0\nqueue q max 1\nthread getter[i in 1..3]:\n"
        "    get x <- q\n    if x == 1:\n        winner = i\n        say \"{i}\"\n"
        "thread putter:\n    for n in 1..3:\n        put q <- n\n"
        "expect final winner can be 3\n",
        "final winner can be 3", "ended | getter[3]: 3");
    add("spawn and join in another order",
        "program \"p\"\nshared order = 0\nthread worker(n):\n    order = order * 10 + n\n"
        "main:\n    spawn a = worker(1)\n    spawn b = worker(2)\n    join a\n    join b\n"
        "    say \"{order}\"\nexpect final order can be 21\n",
        "final order can be 21", "ended | main: 21");
    add("what is chosen and drawn",
        "program \"p\"\nshared sum = 0\nmain:\n    choose k in [5, 7, 9]\n    choose l in 1..4\n"
        "    local r = random(0, 100)\n    sum = k * 1000 + l * 100 + r\n    say \"{sum}\"\n"
        "expect final sum can be 7400\n",
        "final sum can be 7400", "ended | main: 7400");
    add("a timer that fires late",
        "program \"p\"\nshared x = 0\nmain:\n    after 60min:\n        say \"fired\"\n        x = "
        "1\n"
        "    x = 2\nexpect final x can be 1\n",
        "final x can be 1", ": fired");
    add("a wake-up for nothing",
        "program \"p\"\noption spurious on\nshared woken = 0\nmutex m\ncondition c on m\n"
        "thread waiter:\n    with m:\n        wait c\n        woken = 1\n        say \"woken\"\n"
        "expect final woken can be 1\n",
        "final woken can be 1", "ended | waiter: woken");
    add("exit ends everybody",
        "program \"p\"\nshared x = 0\nthread quitter:\n    exit 0\nthread other:\n"
        "    say \"before\"\n    x = 1\n    say \"behind\"\nexpect final x can be 1\n",
        "final x can be 1", "other: before");
}

void TestForcedRun::aWitnessComesOutTheSameEachTime()
{
    verifyWitness();
}

void TestForcedRun::everyScheduleComesOutAsInTheMachine_data()
{
    addProgramsOf({QStringLiteral("locks"), QStringLiteral("conditions"), QStringLiteral("sharing"),
        QStringLiteral("meeting"), QStringLiteral("queues"), QStringLiteral("threading"),
        kCorners});
}

void TestForcedRun::everyScheduleComesOutAsInTheMachine()
{
    verifySchedules();
}

void TestForcedRun::aProgramElsewhereEndsWithOneSentence()
{
    const std::string planned = "program \"p\"\nshared x = 0\nmain:\n    if now > 0ms:\n"
                                "        x = 1\n    else:\n        say \"{x}\"\n";

    const Forced forced = force(planned, scheduleOf({0}), 1);

    QCOMPARE(forced.outcomes,
        QStringList{
            QStringLiteral("Step 1 of the schedule is \"read x\" by main in line 7, but it is "
                           "at store-shared in line 5. | ")});
}

void TestForcedRun::anActorThatDoesNotComeEndsTheRun()
{
    const std::string text = "program \"p\"\nmain:\n    while now > 0ms:\n        pass\n"
                             "    yield\n";

    const Forced forced = force(text, scheduleOf({0}), 1, 300);

    QCOMPARE(forced.outcomes,
        QStringList{QStringLiteral("Step 1 of the schedule is \"yield\" by main in line 5, but the "
                                   "operation does not come to an end. | ")});
}

void TestForcedRun::anActorThatEndsEarlyEndsTheRun()
{
    const std::string text = "program \"p\"\nmain:\n    yield\n    if now == 0ms:\n        yield\n"
                             "thread other:\n    yield\n";

    const Forced forced = force(text, scheduleOf({0, 0}), 1);

    QCOMPARE(forced.outcomes,
        QStringList{
            QStringLiteral("Step 2 of the schedule is \"yield\" by main in line 5, but it has "
                           "come to its end before. | ")});
}

void TestForcedRun::spuriousWakeupsHappenForReal()
{
    const std::string text = "program \"p\"\noption spurious on\nmutex m\ncondition c on m\nmain:\n"
                             "    with m:\n        wait c\n    say \"woken\"\n";

    const Forced free = force(text, {}, 1);

    QCOMPARE(free.outcomes, QStringList{QStringLiteral("ended | main: woken")});
}

QTEST_GUILESS_MAIN(TestForcedRun)
#include "tst_forced_run.moc"

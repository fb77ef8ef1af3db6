// SPDX-License-Identifier: GPL-3.0-only
#include "ran_program.h"

#include <QTest>

class TestRunProcesses : public QObject
{
    Q_OBJECT

private slots:
    void everyProgramEndsAsItSays_data();
    void everyProgramEndsAsItSays();
    void whereThereIsNoRoomForAnActorNoResourcesIsRaised_data();
    void whereThereIsNoRoomForAnActorNoResourcesIsRaised();
    void aFirstValueWithoutRoomIsRefused_data();
    void aFirstValueWithoutRoomIsRefused();
    void aKilledWriterSpoilsNoLineOfOthers();
    void aKilledWriterLeavesAWholeValue();
};

void TestRunProcesses::everyProgramEndsAsItSays_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QStringList>("said");

    QTest::newRow("a process actor has an exit code and a number of its own")
        << QByteArray(R"(process child:
    exit 7
main:
    spawn child
    join child
    say "{exit_of(child)} {alive(child)} {pid(child) == pid(me)}"
expect exit child in {7}
)") << QStringList{QStringLiteral("7 false false")};
    QTest::newRow("shared variables are shared, private ones are not") << QByteArray(R"(shared n = 0
shared word = "none"
private own = 0
process child:
    n = n + 5
    word = "some"
    own = 9
main:
    spawn child
    join child
    say "{n} {word} {own}"
)") << QStringList{QStringLiteral("5 some 0")};
    QTest::newRow("an event wakes another process") << QByteArray(R"(event go
event back
process child:
    wait go
    say "child"
    set back
main:
    spawn child
    set go
    wait back
    join child
    say "main"
)") << QStringList{QStringLiteral("child"), QStringLiteral("main")};
    QTest::newRow("a mutex holds between processes") << QByteArray(R"(shared n = 0
mutex m
process child[i in 1..3]:
    repeat 200:
        with m:
            n = n + 1
main:
    spawn child
    join all
    say "{n}"
)") << QStringList{QStringLiteral("600")};
    QTest::newRow("an atomic block is one step between processes") << QByteArray(R"(shared n = 0
event go
process child[i in 1..3]:
    wait go
    repeat 5000:
        with atomic:
            n = n + 1
main:
    spawn child
    set go
    join all
    say "{n}"
)") << QStringList{QStringLiteral("15000")};
    QTest::newRow("who is killed within an atomic block holds nobody up")
        << QByteArray(R"(shared n = 0
process victim:
    forever:
        with atomic:
            n = n + 1
main:
    repeat 40:
        spawn v = victim
        sleep 1ms
        send SIGKILL to v
        join v
        with atomic:
            n = 0
    say "all gone"
)") << QStringList{QStringLiteral("all gone")};
    QTest::newRow("a semaphore counts between processes") << QByteArray(R"(semaphore s = 0
process child:
    repeat 3:
        release s
main:
    spawn child
    acquire s 3
    join child
    say "{value(s)}"
)") << QStringList{QStringLiteral("0")};
    QTest::newRow("each process has its own copies of a pipe") << QByteArray(R"(pipe ask, answer
process child:
    close ask.writer
    close answer.reader
    for line in ask:
        write answer <- "{line}!\n"
main:
    spawn child
    close ask.reader
    close answer.writer
    write ask <- "one\n"
    read x <- answer line
    say "{x}"
    close ask.writer
    read rest <- answer all
    join child
    say "{len(rest)}"
)") << QStringList{QStringLiteral("one!"), QStringLiteral("0")};
    QTest::newRow("a process takes long texts and many pipes along") << QByteArray(R"(pipe p[150]
process child(text, times):
    close p[149].writer
    read last <- p[149] all
    say "{len(text)} {times} {len(last)}"
main:
    local text = "0123456789"
    repeat 14:
        text = text + text
    write p[149] <- "last words"
    spawn c = child(text, 3)
    close p[149].writer
    join c
)") << QStringList{QStringLiteral("163840 3 10")};
    QTest::newRow("its handlers are in force before its first step") << QByteArray(R"(event ready
process child:
    on SIGUSR1:
        say "leaving"
        exit 4
    set ready
    forever:
        pause
main:
    spawn child
    wait ready
    send SIGUSR1 to child
    join child
    say "{exit_of(child)}"
)") << QStringList{QStringLiteral("leaving"), QStringLiteral("4")};
    QTest::newRow("a process is known to those that were there before it") << QByteArray(R"(mutex m
event held
process early:
    wait held
    local who = owner(m)
    send SIGTERM to who
    join who
    say "{name(who)} {exit_of(who)} {alive(who)}"
process late(n):
    lock m
    set held
    forever:
        pause
main:
    spawn early
    spawn last = late(3)
    join early
)") << QStringList{QStringLiteral("late -15 false")};
    QTest::newRow("what other processes start has a name of its own")
        << QByteArray(R"(event done
process child:
    spawn one = worker(1)
    join one
    set done
thread worker(n):
    say "{name(me)} {n}"
main:
    spawn child
    wait done
    spawn two = worker(2)
    join two
    spawn three = worker(3)
    join three
)")
        << QStringList{QStringLiteral("worker 1"), QStringLiteral("worker-2 2"),
               QStringLiteral("worker-3 3")};
    QTest::newRow("process actors spawn process actors") << QByteArray(R"(process grandchild(n):
    exit n
process child:
    spawn g = grandchild(4)
    join g
    say "{exit_of(g)}"
    exit 5
main:
    spawn child
    join child
    say "{exit_of(child)}"
)") << QStringList{QStringLiteral("4"), QStringLiteral("5")};
    QTest::newRow("they are spawned well while threads hold locks") << QByteArray(R"(shared n = 0
shared word = "none"
mutex m
daemon thread noise[i in 1..4]:
    forever:
        with m:
            n = n + 1
        word = "some {n}"
        after 1us as t:
            pass
        cancel t
process child(k):
    with m:
        n = n + 1
    word = "child {k}"
    spawn h = helper(k)
    join h
thread helper(k):
    assert k == 1
main:
    spawn noise
    repeat 100:
        spawn c = child(1)
        join c checked
    say "end"
)") << QStringList{QStringLiteral("end")};
    QTest::newRow("a process has no end of another one's own streams") << QByteArray(R"(event go
process child:
    wait go
main:
    start c = command "cat" stdin from own stdout to null
    spawn child
    close c
    join c
    set go
    join child
    say "{exit_of(c)}"
)") << QStringList{QStringLiteral("0")};
    QTest::newRow("a closed end is closed in who is spawned after it") << QByteArray(R"(pipe p[2]
process child:
    try:
        write p[0] <- "x"
    except Closed:
        say "closed"
    write p[1] <- "y"
main:
    close p[0].writer
    spawn child
    close p[1].writer
    read y <- p[1] all
    read x <- p[0] all
    join child
    say "{x}|{y}"
)") << QStringList{QStringLiteral("closed"), QStringLiteral("|y")};
    QTest::newRow("processes are spawned after a signal to the group, and are of it")
        << QByteArray(R"(process child(n):
    say "{group_of(me) == group_of(program)}"
main:
    on SIGUSR1 ignore
    send SIGUSR1 to group me
    spawn c = child(1)
    join c
)") << QStringList{QStringLiteral("true")};
}

void TestRunProcesses::everyProgramEndsAsItSays()
{
    QFETCH(QByteArray, program);
    QFETCH(QStringList, said);

    checkThatItEndsAsItSays(program, said);
}

void TestRunProcesses::whereThereIsNoRoomForAnActorNoResourcesIsRaised_data()
{
    QTest::addColumn<QByteArray>("starts");

    QTest::newRow("for a timer") << QByteArray(
        "            after 100s as t:\n                pass\n            cancel t\n");
    QTest::newRow("for a thread") << QByteArray(
        "            spawn t = worker(1)\n            join t\n");
    QTest::newRow("for a process")
        << QByteArray("            spawn p = child(1)\n            join p\n");
    QTest::newRow("for a command")
        << QByteArray("            start c = command \"true\"\n            join c\n");
}

void TestRunProcesses::whereThereIsNoRoomForAnActorNoResourcesIsRaised()
{
    QFETCH(QByteArray, starts);
    RunWish wish;
    wish.actorBytes = 4096;

    const Ran ran = run("program \"Test\"\nthread worker(n):\n    pass\nprocess child(n):\n    "
                        "pass\nmain:\n    try:\n        repeat 1000000:\n"
            + starts + "    except NoResources:\n        say \"no room\"\n",
        wish);

    QCOMPARE(ran.lines(), QStringList{QStringLiteral("no room")});
    QVERIFY2(ran.exitCode == 0, qPrintable(ran.messages));
}

void TestRunProcesses::aFirstValueWithoutRoomIsRefused_data()
{
    QTest::addColumn<QByteArray>("value");

    QTest::newRow("a text") << QByteArray("\"" + QByteArray(5000, 'x') + "\"");
    QTest::newRow("a list") << QByteArray("[" + QByteArray("1, ").repeated(299) + "1]");
}

void TestRunProcesses::aFirstValueWithoutRoomIsRefused()
{
    QFETCH(QByteArray, value);

    const Ran ran = run("program \"Test\"\nshared long = " + value
        + "\nprocess child:\n    say len(long)\nmain:\n    spawn child\n    join child\n");

    QCOMPARE(ran.lines(), QStringList());
    QCOMPARE(ran.exitCode, 6);
    const QString problem = ran.report[QStringLiteral("problem")].toString();
    QVERIFY2(problem.contains(QStringLiteral("shared long: ")), qPrintable(problem));
}

// Without a second place for the new value about one kill of 500 has left half of it behind.
void TestRunProcesses::aKilledWriterLeavesAWholeValue()
{
    const QByteArray program = "program \"Test\"\nconst A = \"" + QByteArray(3900, 'a')
        + "\"\nconst B = \"" + QByteArray(3900, 'b')
        + "\"\nshared word = A\nprocess writer:\n    forever:\n        word = A\n        word = B\n"
          "main:\n    repeat 300:\n        spawn w = writer\n        sleep 1ms\n"
          "        send SIGKILL to w\n        join w\n        local now = word\n"
          "        assert now == A or now == B\n    say \"whole\"\n";

    const Ran ran = run(program);

    QCOMPARE(ran.lines(), QStringList{QStringLiteral("whole")});
}

// The lines are longer than what the line to the supervisor takes at once, so a writer is killed in the
// midst of one nearly every time.
void TestRunProcesses::aKilledWriterSpoilsNoLineOfOthers()
{
    const Ran ran = run(R"(program "Test"
semaphore started = 0
process writer(n):
    local line = "x"
    repeat 18:
        line = line + line
    release started
    repeat 3:
        say line
    sleep 100s
process other:
    local line = "y"
    repeat 18:
        line = line + line
    repeat 10:
        say line
main:
    spawn other
    repeat 10:
        spawn w = writer(1)
        acquire started
        sleep 1ms
        send SIGKILL to w
        join w
    join other
    say "end"
)");

    int own = 0;
    for (const QString& line : ran.lines()) {
        if (line == QStringLiteral("end"))
            continue;
        QCOMPARE(line.size(), 1 << 18);
        own += line == QString(1 << 18, QLatin1Char('y')) ? 1 : 0;
    }
    QCOMPARE(own, 10);
    QCOMPARE(ran.lines().last(), QStringLiteral("end"));
    QVERIFY2(ran.exitCode == 0, qPrintable(ran.messages));
}

QTEST_GUILESS_MAIN(TestRunProcesses)
#include "tst_run_processes.moc"

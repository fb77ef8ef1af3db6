// SPDX-License-Identifier: GPL-3.0-only
#include "ran_program.h"

#include <QTest>

class TestRunProcesses : public QObject
{
    Q_OBJECT

private slots:
    void everyProgramEndsAsItSays_data();
    void everyProgramEndsAsItSays();
    void nothingIsLeftBehind_data();
    void nothingIsLeftBehind();
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
    QTest::newRow("an exception that nobody catches is exit code 1") << QByteArray(R"(process child:
    raise Bad "no"
main:
    spawn child
    try:
        join child checked
    except ExitFailed:
        say "{exit_of(child)}"
expect exit child in {1}
)") << QStringList{QStringLiteral("1")};
    QTest::newRow("a process that is killed tells its signal") << QByteArray(R"(event ready
process child:
    set ready
    sleep 10s
main:
    spawn child
    wait ready
    send SIGKILL to child
    join child
    say "{exit_of(child)}"
expect exit child in {-SIGKILL}
)") << QStringList{QStringLiteral("-9")};
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
    QTest::newRow("an orphan goes on, and who joins it learns of its end")
        << QByteArray(R"(process child:
    sleep 200ms
    say "child"
    exit 5
process parent:
    spawn child
    exit 2
main:
    spawn parent
    join parent
    say "parent {exit_of(parent)}"
    join child
    say "{exit_of(child)} {alive(child)}"
expect exit child in {5}
expect exit parent in {2}
)") << QStringList{QStringLiteral("parent 2"), QStringLiteral("child"), QStringLiteral("5 false")};
    QTest::newRow("the program waits for its processes") << QByteArray(R"(process child:
    sleep 100ms
    say "late"
main:
    spawn child
    say "early"
)") << QStringList{QStringLiteral("early"), QStringLiteral("late")};
    QTest::newRow("threads of a process actor end before it does") << QByteArray(R"(thread helper:
    sleep 50ms
    say "helper"
process child:
    spawn helper
    say "child"
main:
    spawn child
    join child
    say "main"
)") << QStringList{QStringLiteral("child"), QStringLiteral("helper"), QStringLiteral("main")};
}

void TestRunProcesses::everyProgramEndsAsItSays()
{
    QFETCH(QByteArray, program);
    QFETCH(QStringList, said);

    const Ran ran = run("program \"Test\"\n" + program);

    QCOMPARE(ran.lines(), said);
    for (const QString& status : ran.statuses())
        QCOMPARE(status, QStringLiteral("held"));
    QVERIFY2(ran.exitCode == 0, qPrintable(ran.messages));
}

void TestRunProcesses::nothingIsLeftBehind_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QByteArray>("word");

    QTest::newRow("by a run that fails")
        << QByteArray("process child:\n    start c = command \"sleep\", \"86.32\" new group\n    "
                      "join c\nmain:\n    spawn child\n    sleep 50ms\n    exit 1\n")
        << QByteArray("86.32");
    QTest::newRow("by a run that its time limit ends") << QByteArray(
        "process child:\n    start c = command \"sleep\", \"86.33\" new group\n    join c\nmain:\n "
        "   spawn child\n    join child\n") << QByteArray("86.33");
}

void TestRunProcesses::nothingIsLeftBehind()
{
    QFETCH(QByteArray, program);
    QFETCH(QByteArray, word);
    RunWish wish;
    wish.limitMilliseconds = 500;

    const Ran ran = run("program \"Test\"\n" + program, wish);

    QVERIFY(ran.exitCode >= 0);
    QCOMPARE(processesWith(word), 0);
}

QTEST_GUILESS_MAIN(TestRunProcesses)
#include "tst_run_processes.moc"

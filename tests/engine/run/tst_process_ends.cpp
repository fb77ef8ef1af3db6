// SPDX-License-Identifier: GPL-3.0-only
#include "ran_program.h"

#include <QTest>

namespace {

/// A program whose process `child` is left behind by its parent, before `main` goes on with the rest.
QByteArray orphanProgram(const QByteArray& declarations, const QByteArray& rest)
{
    return declarations + R"(process parent:
    spawn child
    exit 2
main:
    spawn parent
    join parent
)" + rest;
}

} // namespace

class TestProcessEnds : public QObject
{
    Q_OBJECT

private slots:
    void everyProgramEndsAsItSays_data();
    void everyProgramEndsAsItSays();
    void nothingIsLeftBehind_data();
    void nothingIsLeftBehind();
};

void TestProcessEnds::everyProgramEndsAsItSays_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QStringList>("said");

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
    QTest::newRow("an orphan goes on, and who joins it learns of its end")
        << orphanProgram(R"(process child:
    sleep 200ms
    say "child"
    exit 5
)",
               R"(    say "parent {exit_of(parent)}"
    join child
    say "{exit_of(child)} {alive(child)}"
expect exit child in {5}
expect exit parent in {2}
)") << QStringList{QStringLiteral("parent 2"), QStringLiteral("child"), QStringLiteral("5 false")};
    QTest::newRow("an orphan is waited for when main has ended") << orphanProgram(R"(process child:
    sleep 200ms
    say "child"
)",
        R"(    say "main"
)") << QStringList{QStringLiteral("main"), QStringLiteral("child")};
    QTest::newRow("a command that its starter has left behind is waited for, too")
        << QByteArray(R"(process parent:
    start c = command "sleep", "0.2" stdout to null
    exit 2
main:
    spawn parent
    join parent
    say "main"
expect lasts at least 200ms
)") << QStringList{QStringLiteral("main")};
    QTest::newRow("an orphan that is killed has ended for all") << orphanProgram(R"(event ready
process child:
    set ready
    forever:
        pause
)",
        R"(    wait ready
    send SIGKILL to child
    join child
    say "{exit_of(child)} {alive(child)}"
)") << QStringList{QStringLiteral("-9 false")};
    QTest::newRow("an orphan that is killed at main's end is waited for no more")
        << orphanProgram(R"(process child:
    sleep 100ms
    send SIGKILL to me
)",
               R"(    say "main"
)") << QStringList{QStringLiteral("main")};
    QTest::newRow("a process ends its daemon at its end, and a daemon is no orphan to wait for")
        << QByteArray(R"(daemon process servant:
    forever:
        pause
process parent:
    spawn servant
process leaver:
    spawn other = servant
    send SIGKILL to me
main:
    spawn parent
    join parent
    join servant
    say "{exit_of(servant)}"
    spawn leaver
    join leaver
    say "{exit_of(leaver)}"
)") << QStringList{QStringLiteral("-15"), QStringLiteral("-9")};
    QTest::newRow("the program waits for its processes") << QByteArray(R"(process child:
    sleep 100ms
    say "late"
main:
    spawn child
    say "early"
)") << QStringList{QStringLiteral("early"), QStringLiteral("late")};
    QTest::newRow("the threads of a process end with it, for everybody") << QByteArray(R"(mutex m
event held
event never
thread helper(n):
    lock m
    set held
    wait never
process child:
    spawn h = helper(1)
    sleep 10s
main:
    spawn child
    wait held
    local who = owner(m)
    send SIGKILL to child
    join who
    say "{name(who)} {alive(who)}"
)") << QStringList{QStringLiteral("helper false")};
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

void TestProcessEnds::everyProgramEndsAsItSays()
{
    QFETCH(QByteArray, program);
    QFETCH(QStringList, said);

    checkThatItEndsAsItSays(program, said);
}

void TestProcessEnds::nothingIsLeftBehind_data()
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

void TestProcessEnds::nothingIsLeftBehind()
{
    QFETCH(QByteArray, program);
    QFETCH(QByteArray, word);

    checkThatNothingIsLeftBehind(program, word);
}

QTEST_GUILESS_MAIN(TestProcessEnds)
#include "tst_process_ends.moc"

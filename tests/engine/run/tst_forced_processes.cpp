// SPDX-License-Identifier: GPL-3.0-only
#include "tests/engine/run/forced_checks.h"
#include "tests/engine/run/test_programs.h"

#include <QTest>

using namespace heddle;

class TestForcedProcesses : public QObject
{
    Q_OBJECT

private slots:
    void aWitnessComesOutTheSameEachTime_data();
    void aWitnessComesOutTheSameEachTime();
    void everyScheduleComesOutAsInTheMachine_data();
    void everyScheduleComesOutAsInTheMachine();
    void aProcessThatDoesNotComeEndsTheRun();
    void aCommandThatEndsOtherwiseEndsTheRun();
    void whatCannotBeForcedIsRefused_data();
    void whatCannotBeForcedIsRefused();

private:
    static void addRow(
        const char* name, const std::string& program, const char* line, const char* part);
    static void addProcessRows();
    static void addSignalRows();
};

void TestForcedProcesses::addRow(
    const char* name, const std::string& program, const char* line, const char* part)
{
    QTest::newRow(name) << QString::fromStdString(program) << QString::fromLatin1(line)
                        << QString::fromLatin1(part);
}

void TestForcedProcesses::addProcessRows()
{
    addRow("which process is first in a pipe",
        "program \"p\"\nshared first = 0\npipe p\nprocess worker[i in 1..2]:\n"
        "    write p <- \"{i}\\n\"\nmain:\n    spawn worker\n    read a <- p line\n"
        "    join all\n    if a == \"2\":\n        first = 2\n    say \"first {a}\"\n"
        "expect final first can be 2\n",
        "final first can be 2", "ended | main: first 2");
    addRow("lost updates between processes",
        "program \"p\"\nshared x = 0\nprocess adder[i in 1..2]:\n    for n in 1..5:\n"
        "        x = x + 1\nmain:\n    spawn adder\n    join all\n    say \"{x}\"\n"
        "expect final x can be 2\n",
        "final x can be 2", "ended | main: 2");
    addRow("a deadlock between processes",
        "program \"p\"\nmutex a, b\nprocess one:\n    lock a\n    say \"one\"\n    lock b\n"
        "process two:\n    lock b\n    say \"two\"\n    lock a\nexpect deadlock reachable\n",
        "deadlock reachable", "deadlock | ");
    addRow("threads of a process",
        "program \"p\"\nshared x = 0\nthread helper(n):\n    x = x * 10 + n\n"
        "process group:\n    spawn a = helper(1)\n    spawn b = helper(2)\n    join all\n"
        "main:\n    spawn group\n    join group\n    say \"{x}\"\nexpect final x can be 21\n",
        "final x can be 21", "ended | main: 21");
    addRow("a pipe that nobody empties",
        "program \"p\"\npipe p\nprocess writer:\n    say \"writes\"\n    write p <- 100KiB\n"
        "    say \"never\"\nmain:\n    spawn writer\n    join writer\n"
        "expect deadlock reachable\n",
        "deadlock reachable", "deadlock | writer: writes");
    addRow("a pipe that takes a text in parts",
        "program \"p\"\nshared x = 0\npipe p\nprocess writer:\n    close p.reader\n"
        "    write p <- 100KiB\n    x = 1\nmain:\n    spawn writer\n    close p.writer\n"
        "    local got = 0\n    for piece in 1..2:\n        read part <- p\n"
        "        got += len(part)\n    say \"{got} {x}\"\n    join writer\n    x = 2\n"
        "expect final x can be 2\n",
        "final x can be 2", "ended | main: 102400 ");
    addRow("exit in the middle of a process",
        "program \"p\"\nshared x = 0\nthread other:\n    x = 1\n    x = 2\n    x = 3\n"
        "process quitter:\n    spawn other\n    exit 7\nmain:\n    spawn quitter\n"
        "    join quitter\n    say \"{x} {exit_of(quitter)}\"\nexpect final x can be 2\n",
        "final x can be 2", "ended | main: 2 7");
}

void TestForcedProcesses::addSignalRows()
{
    addRow("a handler between two steps",
        "program \"p\"\nshared x = 0\nprocess child:\n    on SIGUSR1:\n        x = x * 10\n"
        "        say \"handler\"\n    x = x + 1\n    x = x + 1\n    x = x + 1\nmain:\n"
        "    spawn child\n    send SIGUSR1 to child\n    join child\n    say \"{x}\"\n"
        "expect final x can be 21\n",
        "final x can be 21", "ended | child: handler; main: 21");
    addRow("a handler between a read and its write",
        "program \"p\"\nshared x = 0\nprocess child:\n    on SIGUSR1:\n        x = 50\n"
        "        say \"handler\"\n    x = x + 1\n    x = x + 1\nmain:\n"
        "    spawn child\n    send SIGUSR1 to child\n    join child\n    say \"{x}\"\n"
        "expect final x can be 2\n",
        "final x can be 2", "child: handler");
    addRow("an alarm that rings early",
        "program \"p\"\nshared order = 0\non SIGALRM:\n    order = order * 10 + 2\nmain:\n"
        "    alarm 60min\n    order = order * 10 + 1\n    order = order * 10 + 3\n"
        "    say \"{order}\"\nexpect final order can be 123\n",
        "final order can be 123", "ended | main: 123");
    addRow("a process that is killed at a step",
        "program \"p\"\nshared x = 0\nprocess child:\n    x = 1\n    x = 2\n    x = 3\n"
        "main:\n    spawn child\n    send SIGKILL to child\n    join child\n"
        "    say \"{x} {exit_of(child)}\"\nexpect final x can be 2\n",
        "final x can be 2", "ended | main: 2 -9");
    addRow("a process that is ended at a step",
        "program \"p\"\nshared x = 0\nprocess child:\n    x = 1\n    x = 2\n    x = 3\n"
        "main:\n    spawn child\n    send SIGTERM to child\n    join child\n"
        "    say \"{x} {exit_of(child)}\"\nexpect final x can be 1\n",
        "final x can be 1", "ended | main: 1 -15");
    addRow("a signal before the pause, and one in it",
        "program \"p\"\nshared handled = 0\nprocess child:\n    on SIGUSR1:\n"
        "        say \"handler\"\n        handled = handled + 1\n    yield\n    pause\n"
        "    say \"awake\"\nmain:\n    spawn child\n    send SIGUSR1 to child\n    yield\n"
        "    send SIGUSR1 to child\n    join child\nexpect final handled can be 2\n",
        "final handled can be 2", "ended | child: handler; child: handler; child: awake");
    addRow("a signal that ends a pause",
        "program \"p\"\nshared woken = 0\nprocess child:\n    on SIGUSR1:\n"
        "        say \"handler\"\n    pause\n    woken = 1\n    say \"awake\"\nmain:\n"
        "    spawn child\n    send SIGUSR1 to child\n    join child\n"
        "expect final woken can be 1\n",
        "final woken can be 1", "ended | child: handler; child: awake");
    addRow("blocked signals that are awaited",
        "program \"p\"\nshared got = 0\nprocess child:\n    on SIGUSR1, SIGUSR2 block\n"
        "    await SIGUSR1, SIGUSR2 into first\n    got = number(first)\n"
        "    say \"{first}\"\nmain:\n    spawn child\n    send SIGUSR2 to child\n"
        "    send SIGUSR1 to child\n    join child\nexpect final got can be 12\n",
        "final got can be 12", "ended | child: SIGUSR2");
    addRow("a signal for a group",
        "program \"p\"\nshared x = 0\non SIGUSR1 ignore\nprocess one:\n    on SIGUSR1:\n"
        "        x = x * 10 + 1\n    pause\nprocess two:\n    on SIGUSR1:\n"
        "        x = x * 10 + 2\n    pause\nmain:\n    spawn one\n    spawn two\n"
        "    send SIGUSR1 to group one\n    join one\n    join two\n    say \"{x}\"\n"
        "expect final x can be 21\n",
        "final x can be 21", "ended | main: 21");
    addRow("an ignored signal before it is blocked",
        "program \"p\"\nshared sent = 0\nshared late = 0\nprocess child:\n    on SIGUSR1 ignore\n"
        "    await until sent == 1\n    on SIGUSR1 block\n    try:\n"
        "        await SIGUSR1 within 10s\n        say \"it has come\"\n    except Timeout:\n"
        "        late = 1\n        say \"late\"\nmain:\n    spawn child\n"
        "    send SIGUSR1 to child\n    sent = 1\n    join child\nexpect final late can be 1\n",
        "final late can be 1", "ended | child: late");
    addRow("a handler within a handler",
        "program \"p\"\nshared x = 0\nprocess child:\n    on SIGUSR1:\n        x = x * 10 + 1\n"
        "        x = x * 10 + 3\n    on SIGUSR2:\n        x = x * 10 + 2\n    yield\n    yield\n"
        "main:\n    spawn child\n    send SIGUSR1 to child\n    send SIGUSR2 to child\n"
        "    join child\n    say \"{x}\"\nexpect final x can be 123\n",
        "final x can be 123", "ended | main: 123");
    addRow("an interrupt in main",
        "program \"p\"\nshared x = 0\nmain:\n    try:\n        send SIGINT to program\n"
        "        x = 1\n        x = 2\n    except Interrupted:\n        say \"caught\"\n"
        "    say \"{x}\"\nexpect final x can be 0\n",
        "final x can be 0", "ended | main: caught; main: 0");
    addRow("a handler while main waits for its turn at a condition",
        "program \"p\"\nshared x = 0\nmutex m\ncondition c on m\non SIGUSR1:\n    x = 5\n"
        "    say \"handler\"\nthread other:\n    await until waiting(c) == 1\n"
        "    send SIGUSR1 to program\n    await until x == 5\n    with m:\n        notify c\n"
        "main:\n    spawn other\n    with m:\n        wait c\n    say \"woken\"\n    x = 6\n"
        "expect final x can be 6\n",
        "final x can be 6", "ended | main: handler; main: woken");
}

void TestForcedProcesses::aWitnessComesOutTheSameEachTime_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("part");
    addProcessRows();
    addSignalRows();
}

void TestForcedProcesses::aWitnessComesOutTheSameEachTime()
{
    verifyWitness();
}

void TestForcedProcesses::everyScheduleComesOutAsInTheMachine_data()
{
    addProgramsOf({QStringLiteral("subprocess"), QStringLiteral("signal")});
    QTest::newRow("corners/processes/last_words")
        << QStringLiteral(HEDDLE_CORNERS "/processes/last_words.hed");
    QTest::newRow("corners/processes/gone") << QStringLiteral(HEDDLE_CORNERS "/processes/gone.hed");
    QTest::newRow("corners/processes/unwanted_ends")
        << QStringLiteral(HEDDLE_CORNERS "/processes/unwanted_ends.hed");
    QTest::newRow("corners/own_signal") << QStringLiteral(HEDDLE_CORNERS "/own_signal.hed");
    QTest::newRow("corners/signal_in_handler")
        << QStringLiteral(HEDDLE_CORNERS "/signal_in_handler.hed");
    QTest::newRow("corners/signal_in_block")
        << QStringLiteral(HEDDLE_CORNERS "/signal_in_block.hed");
}

void TestForcedProcesses::everyScheduleComesOutAsInTheMachine()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QFETCH(const QString, program);
    if (program.endsWith(QStringLiteral("/getsignal.hed")))
        QSKIP("It counts the handlers of its process, and a sanitizer has some of its own.");
#endif
    verifySchedules();
}

void TestForcedProcesses::aProcessThatDoesNotComeEndsTheRun()
{
    const std::string text = "program \"p\"\nprocess child:\n    while now > 0ms:\n        pass\n"
                             "    yield\nmain:\n    spawn child\n";

    const Forced forced = force(text, scheduleOf({0, 1}), 1, 300);

    QCOMPARE(forced.messages, QString());
    QCOMPARE(forced.outcomes,
        QStringList{
            QStringLiteral("Step 2 of the schedule is \"yield\" by child in line 5, but the "
                           "operation does not come to an end. | ")});
}

void TestForcedProcesses::aCommandThatEndsOtherwiseEndsTheRun()
{
    const std::string text =
        "program \"p\"\nmain:\n    start bad = command \"false\" model exits {0}\n"
        "    join bad\n    say \"behind\"\n";
    const DrawnSchedule drawn = draw(compileProgram(text).code, 1, 20);
    QVERIFY(drawn.isWhole);

    const Forced forced = force(text, drawn.schedule, 1);

    QCOMPARE(forced.messages, QString());
    QCOMPARE(forced.outcomes.size(), 1);
    QVERIFY2(forced.outcomes.front().contains(
                 QStringLiteral("but bad ends with 1 and not with 0 behind it. | ")),
        qPrintable(forced.outcomes.front()));
}

void TestForcedProcesses::whatCannotBeForcedIsRefused_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("a stopped process") << QStringLiteral(
        "program \"p\"\nprocess child:\n    forever:\n        yield\nmain:\n"
        "    spawn child\n    send SIGSTOP to child\n    send SIGKILL to child\n"
        "    send SIGCONT to child\n") << QStringLiteral("SIGSTOP stops the process of child");
    QTest::newRow("a signal for one thread")
        << QStringLiteral("program \"p\"\non SIGUSR1:\n    pass\nthread other:\n    yield\nmain:\n"
                          "    spawn other\n    send SIGUSR1 to other\n    join other\n")
        << QStringLiteral("sent to the thread other alone");
    QTest::newRow("the news of a child that has ended") << QStringLiteral(
        "program \"p\"\non SIGCHLD:\n    pass\nprocess child:\n    yield\nmain:\n"
        "    spawn child\n    join child\n") << QStringLiteral("SIGCHLD comes to main when");
    QTest::newRow("whether a command still lives")
        << QStringLiteral("program \"p\"\nmain:\n    start c = command \"true\" model exits {0}\n"
                          "    say \"{alive(c)}\"\n    join c\n")
        << QStringLiteral("The command c ends when it likes");
    QTest::newRow("a limit of a command")
        << QStringLiteral("program \"p\"\nmain:\n    start c = command \"true\" model exits {0}\n"
                          "    if try join c within 1ms:\n        say \"ended\"\n    join c\n")
        << QStringLiteral("A command takes its own time");
}

void TestForcedProcesses::whatCannotBeForcedIsRefused()
{
    QFETCH(const QString, program);
    QFETCH(const QString, sentence);
    const std::shared_ptr<const Code> code = compileProgram(program.toStdString()).code;
    QVERIFY(code != nullptr);

    QString refusal;
    for (unsigned seed = 0; seed < 50 && !refusal.contains(sentence); ++seed) {
        const auto plan = planSchedule(code, draw(code, seed, 60).schedule);
        if (!plan && plan.error().kind == ErrorKind::NotSupported)
            refusal = QString::fromStdString(plan.error().detail);
    }

    QVERIFY2(refusal.startsWith(QStringLiteral("Step ")), qPrintable(refusal));
    QVERIFY2(refusal.contains(sentence), qPrintable(refusal));
}

QTEST_GUILESS_MAIN(TestForcedProcesses)
#include "tst_forced_processes.moc"

// SPDX-License-Identifier: GPL-3.0-only
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <initializer_list>

namespace {

QByteArray program(std::initializer_list<const char*> lines)
{
    QByteArray text;
    for (const char* line : lines)
        text += QByteArray(line) + '\n';
    return text;
}

/// Two that each take a lock, wait for the other to have one, and want that too.
QByteArray cycleOf(const QByteArray& kind, const QByteArray& one, const QByteArray& two,
    const QByteArray& first, const QByteArray& second)
{
    return "mutex " + first + ", " + second + "\nevent has_" + first + ", has_" + second + "\n"
        + kind + ' ' + one + ":\n    lock " + first + "\n    set has_" + first + "\n    wait has_"
        + second + "\n    lock " + second + "\n" + kind + ' ' + two + ":\n    lock " + second
        + "\n    set has_" + second + "\n    wait has_" + first + "\n    lock " + first + '\n';
}

const QByteArray kTwoCycles =
    cycleOf("thread", "one", "two", "a", "b") + cycleOf("thread", "three", "four", "c", "d");
const QByteArray kSelf = program({"mutex m", "main:", "    lock m", "    lock m"});
const QByteArray kSemaphoreAndJoin =
    program({"semaphore s = 1", "thread worker(x):", "    acquire s", "    release s",
        "main:", "    acquire s", "    spawn w = worker(1)", "    join w", "    release s"});
const QByteArray kEverybodyWaits = program({"mutex m", "condition c on m",
    "thread waiter[i in 0..1]:", "    lock m", "    wait c", "    unlock m"});
const QByteArray kSleeper = program({"event ready", "thread waiter[i in 0..2]:", "    wait ready",
    "main:", "    spawn waiter", "    sleep 400ms", "    set ready", "    join all"});
const QByteArray kComputer =
    program({"mutex m", "thread other:", "    lock m", "    unlock m", "main:", "    lock m",
        "    spawn other", "    compute 400ms", "    unlock m", "    join other"});
const QByteArray kTimer =
    program({"event ready", "main:", "    after 300ms:", "        set ready", "    wait ready"});
const QByteArray kLimit = program({"mutex m", "condition c on m", "main:", "    lock m", "    try:",
    "        wait c within 300ms", "    except Timeout:", "        pass", "    unlock m"});
const QByteArray kHelperOfAHelper = program({"semaphore s = 0", "def help():", "    sleep 150ms",
    "    release s", "thread second:", "    call help()", "thread first:", "    sleep 150ms",
    "    spawn second", "main:", "    spawn first", "    acquire s"});
const QByteArray kPingPong = program(
    {"queue there", "queue back", "thread other:", "    repeat 300:", "        get x <- there",
        "        put back <- x", "main:", "    spawn other",
        "    repeat 300:", "        put there <- 1", "        get y <- back", "    join other"});

const QByteArray kAlarmReleases = program({"semaphore s = 0", "on SIGALRM:", "    release s",
    "main:", "    alarm 400ms", "    acquire s"});
const QByteArray kAlarmRaises =
    program({"mutex m", "on SIGALRM:", "    raise Enough \"it is time\"", "main:", "    lock m",
        "    try:", "        alarm 400ms", "        lock m", "    except Enough:", "        pass",
        "    unlock m"});
const QByteArray kOwnWriter = program(
    {"pipe a", "main:", "    write a <- \"one\\n\"", "    for line in a:", "        say line"});
const QByteArray kFullBothWays = program({"pipe a, b", "process one:", "    write a <- 200KiB",
    "    read x <- b", "process two:", "    write b <- 200KiB", "    read x <- a",
    "main:", "    spawn one", "    spawn two", "    close a", "    close b", "    join all"});
const QByteArray kWriteAllThenRead =
    program({"main:", "    start c = command \"cat\" stdin from own stdout to own",
        "    write c <- 1MiB", "    close c.writer", "    read x <- c all", "    join c"});
const QByteArray kForgottenClose =
    program({"pipe a, b", "main:", "    start p = command \"printf\", \"x\" stdout to a",
        "    start s = command \"sort\" stdin from a stdout to b",
        "    start h = command \"head\" stdin from b", "    close b", "    join h", "    join s",
        "    join p"});
const QByteArray kMainHasGone = program({"pipe a", "process reader:", "    close a.writer",
    "    read x <- a all", "main:", "    spawn reader"});
const QByteArray kShellWaits = program(
    {"pipe a", "main:", "    start s = shell \"cat; true\" stdin from a", "    communicate s"});
const QByteArray kLocksOfProcesses = cycleOf("process", "one", "two", "a", "b");
const QByteArray kSlowWriter =
    program({"pipe a", "process writer:", "    sleep 400ms", "    write a <- \"x\"",
        "main:", "    spawn writer", "    close a.writer", "    read x <- a all"});
const QByteArray kSlowCommand = program({"pipe a",
    "main:", "    start c = shell \"sleep 0.4; echo x\" stdout to a", "    read x <- a"});
const QByteArray kAlarmCloses =
    program({"pipe a", "main:", "    on SIGALRM:", "        close a.writer", "    alarm 400ms",
        "    read x <- a all"});
const QByteArray kSignalCloses =
    program({"pipe a", "process sender:", "    close a", "    sleep 400ms",
        "    send SIGUSR1 to main", "main:", "    on SIGUSR1:", "        close a.writer",
        "    spawn sender", "    read x <- a all", "    join sender"});
const QByteArray kPipeLimit =
    program({"pipe a", "main:", "    try:", "        read x <- a within 300ms",
        "    except Timeout:", "        pass"});
const QByteArray kPipePingPong =
    program({"pipe there, back", "process other:", "    close there.writer",
        "    for line in there:", "        write back <- \"{line}\\n\"", "main:", "    spawn other",
        "    repeat 300:", "        write there <- \"x\\n\"", "        read y <- back line",
        "    close there.writer", "    join other"});
const QByteArray kTalksWithCat =
    program({"main:", "    start c = command \"cat\" stdin from own stdout to own",
        "    repeat 300:", "        write c <- \"x\\n\"", "        read y <- c line",
        "    close c.writer", "    join c"});
const QByteArray kDaemonListens =
    program({"pipe a", "daemon process listener:", "    forever:", "        read x <- a",
        "main:", "    spawn listener", "    close a", "    sleep 400ms"});

const QByteArray kDaemonPauses =
    program({"mutex m", "daemon process idle:", "    on SIGTERM ignore",
        "    forever:", "        pause", "thread late:", "    with m:", "        yield",
        "main:", "    spawn idle", "    lock m", "    spawn late"});

const QByteArray kWaitsForItsChild =
    "event go\nprocess child:\n    wait go\nprocess parent:\n    spawn child\nmain:\n"
    "    spawn parent\n    join parent\n    set go\n";

/// Two threads in a cycle of locks, and one that is to send a signal for which main has a handler.
QByteArray cycleWithSender(const QByteArray& sends, const QByteArray& handles)
{
    return "mutex a, b\nevent held\nthread other:\n    lock b\n    set held\n    lock a\n    "
           "unlock a\n"
           "    unlock b\nthread sender:\n    wait held\n"
        + sends + "on SIGUSR1:\n" + handles
        + "main:\n    try:\n        with a:\n            spawn other\n            spawn sender\n"
          "            wait held\n            lock b\n    except:\n        pass\n    join all\n";
}

const QByteArray kSendsLate = "    sleep 600ms\n    send SIGUSR1 to program\n";
const QByteArray kSendsOnAndOn =
    "    forever:\n        sleep 300ms\n        send SIGUSR1 to program\n";
const QByteArray kKilledCycle = cycleOf("process", "one", "two", "a", "b")
    + "main:\n    spawn x = one\n    spawn y = two\n"
      "    sleep 600ms\n    send SIGKILL to x\n    send SIGTERM to y\n    join all\n";
const QByteArray kInterruptedByCommand = "mutex a\non SIGUSR1:\n    raise Broken\n"
                                         "main:\n    start c = shell \"sleep 0.6; kill -USR1 "
                                         "$PPID\"\n    lock a\n    try:\n        lock a\n"
                                         "    except Broken:\n        pass\n    join c\n";

QJsonObject run(const QByteArray& text)
{
    QProcess process;
    process.start(QStringLiteral(HEDDLE_RUN_PROGRAM),
        {QStringLiteral("0"), QStringLiteral("plain"), QStringLiteral("1"),
            QStringLiteral("30000")});
    process.write(text);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000))
        return {};
    return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
}

// A `join` of one that nobody can start any more, and of one that somebody will start.
const QByteArray kJoinsNobody = program({"thread absent:", "    pass", "main:", "    join absent"});
const QByteArray kStartsLate =
    program({"thread late:", "    pass", "thread starter:", "    sleep 300ms", "    spawn late",
        "main:", "    spawn starter", "    join late"});

// Without main, handlers run in a thread of the program's own.
const QByteArray kHandlerInCycle =
    program({"mutex a, b", "event inside, held", "on SIGUSR1:", "    with a:", "        set inside",
        "        wait held", "        with b:", "            pass",
        "thread worker:", "    wait inside", "    with b:", "        set held",
        "        with a:", "            pass", "thread sender:", "    send SIGUSR1 to program"});

} // namespace

class TestDeadlocks : public QObject
{
    Q_OBJECT

private slots:
    void aDeadlockIsNamed_data();
    void aDeadlockIsNamed();
    void aSlowProgramIsNoDeadlock_data();
    void aSlowProgramIsNoDeadlock();
};

void TestDeadlocks::aDeadlockIsNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("sentences");
    QTest::newRow("two cycles at once")
        << kTwoCycles
        << QStringList{QStringLiteral("one waits for b held by two; two waits for a held by one"),
               QStringLiteral("three waits for d held by four; four waits for c held by three")};
    QTest::newRow("a lock on oneself")
        << kSelf << QStringList{QStringLiteral("main waits for m, which it holds itself")};
    QTest::newRow("through a semaphore and a join")
        << kSemaphoreAndJoin
        << QStringList{QStringLiteral(
               "main waits for worker held by worker; worker waits for s held by main")};
    QTest::newRow("everybody waits on a condition")
        << kEverybodyWaits
        << QStringList{QStringLiteral(
               "waiter[0] waits for c; waiter[1] waits for c; nobody is left who could wake them")};
    QTest::newRow("locks between processes")
        << kLocksOfProcesses
        << QStringList{QStringLiteral("one waits for b held by two; two waits for a held by one")};
    QTest::newRow("a reader that holds the writer itself")
        << kOwnWriter
        << QStringList{QStringLiteral("main waits for input from a, whose writer it holds itself")};
    QTest::newRow("two processes with two full pipes")
        << kFullBothWays
        << QStringList{QStringLiteral("one waits for room in a, whose reader is held by two; two "
                                      "waits for room in b, whose "
                                      "reader is held by one")};
    QTest::newRow("a command that is written to and not read from")
        << kWriteAllThenRead
        << QStringList{QStringLiteral(
               "main waits for room in c.stdin, whose reader is held by c; c waits for "
               "room in c.stdout, whose reader is held by main")};
    QTest::newRow("a forgotten copy of a writer")
        << kForgottenClose
        << QStringList{QStringLiteral(
               "main waits for h held by h; h waits for input from b, whose writer is held by s; s "
               "waits for input from a, whose writer is held by main")};
    QTest::newRow("a copy of one whose body is over")
        << kMainHasGone
        << QStringList{
               QStringLiteral("reader waits for input from a, whose writer is held by main; "
                              "nobody is left who could wake them")};
    QTest::newRow("a process that waits at its end for the one it has made")
        << kWaitsForItsChild
        << QStringList{QStringLiteral("main waits for parent; child waits for go; parent waits for "
                                      "child; nobody is left who could wake them")};
    QTest::newRow("who is waited for was never started")
        << kJoinsNobody
        << QStringList{QStringLiteral("main waits for absent; nobody is left who could wake them")};
    QTest::newRow("a handler beside the threads is in a cycle")
        << kHandlerInCycle
        << QStringList{QStringLiteral(
               "worker waits for a held by program; program waits for b held by worker")};
    const QStringList cycle{
        QStringLiteral("main waits for b held by other; other waits for a held by main")};
    QTest::newRow("signals come whose handler leaves the wait alone")
        << cycleWithSender(kSendsOnAndOn, "    pass\n") << cycle;
    QTest::newRow("signals come for which nobody raises") << cycleWithSender(
        "    forever:\n        sleep 5ms\n        send SIGCHLD to program\n", "    raise Broken\n")
                                                          << cycle;
    QTest::newRow("who could send a signal has ended") << cycleWithSender(
        "    sleep 100ms\n    if false:\n        send SIGUSR1 to program\n", "    raise Broken\n")
                                                       << cycle;
    QTest::newRow("a daemon only pauses")
        << kDaemonPauses
        << QStringList{QStringLiteral("late waits for m; nobody is left who could wake them")};
    QTest::newRow("a shell whose child is held up")
        << kShellWaits
        << QStringList{QStringLiteral("main waits for s held by s; s waits for input from a, whose "
                                      "writer is held by main")};
}

void TestDeadlocks::aDeadlockIsNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, sentences);

    const QJsonObject report = run(text);

    QStringList found;
    for (const auto& deadlock : report[QStringLiteral("deadlocks")].toArray())
        found.append(deadlock[QStringLiteral("sentence")].toString());
    found.sort();
    QCOMPARE(report[QStringLiteral("verdict")].toString(), QStringLiteral("deadlock"));
    QCOMPARE(found, sentences);
}

void TestDeadlocks::aSlowProgramIsNoDeadlock_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("one sleeps while the others wait") << kSleeper;
    QTest::newRow("one computes while the others wait") << kComputer;
    QTest::newRow("only a timer will help") << kTimer;
    QTest::newRow("who is waited for is started late") << kStartsLate;
    QTest::newRow("the wait has a limit") << kLimit;
    QTest::newRow("help comes from one who is not there yet") << kHelperOfAHelper;
    QTest::newRow("always one of two waits") << kPingPong;
    QTest::newRow("an alarm gives a unit back") << kAlarmReleases;
    QTest::newRow("an alarm comes out of the wait") << kAlarmRaises;
    QTest::newRow("a process writes later") << kSlowWriter;
    QTest::newRow("a command writes later") << kSlowCommand;
    QTest::newRow("an alarm lets go of a pipe") << kAlarmCloses;
    QTest::newRow("a signal lets go of a pipe") << kSignalCloses;
    QTest::newRow("a handler will raise out of a cycle of locks")
        << cycleWithSender(kSendsLate, "    raise Broken\n");
    QTest::newRow("a handler will end the program") << cycleWithSender(kSendsLate, "    exit 0\n");
    QTest::newRow("SIGINT will come to main in a cycle of locks")
        << cycleWithSender("    sleep 600ms\n    send SIGINT to program\n", "    pass\n");
    QTest::newRow("the processes in a cycle of locks will be killed") << kKilledCycle;
    QTest::newRow("a command will send a signal") << kInterruptedByCommand;
    QTest::newRow("the wait at a pipe has a limit") << kPipeLimit;
    QTest::newRow("always one of two processes waits") << kPipePingPong;
    QTest::newRow("always the program or its command waits") << kTalksWithCat;
    QTest::newRow("only a daemon waits") << kDaemonListens;
}

void TestDeadlocks::aSlowProgramIsNoDeadlock()
{
    QFETCH(QByteArray, text);

    const QJsonObject report = run(text);

    QCOMPARE(report[QStringLiteral("verdict")].toString(), QStringLiteral("ok"));
    QVERIFY(report[QStringLiteral("deadlocks")].toArray().isEmpty());
}

QTEST_APPLESS_MAIN(TestDeadlocks)
#include "tst_deadlocks.moc"

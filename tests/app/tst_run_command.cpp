// SPDX-License-Identifier: GPL-3.0-only
#include "tests/app/heddle_command.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

#include <sys/resource.h>
#include <unistd.h>

using namespace heddle::tests;

namespace {

const QByteArray kEnds = "program \"Ends\"\nmain:\n    say \"hello\"\nexpect terminates\n";
const QByteArray kWrong =
    "program \"Wrong\"\nshared x = 1\nmain:\n    x = 2\nexpect final x == 3\n";
const QByteArray kAsserts = "program \"Asserts\"\nmain:\n    assert 1 == 2, \"sums\"\n";
const QByteArray kStuck = "program \"Stuck\"\nmutex m\nmain:\n    lock m\n    lock m\n";
const QByteArray kEndless = "program \"Endless\"\nmain:\n    say \"ready\"\n    forever:\n"
                            "        sleep 1ms\n";
const QByteArray kBroken = "program \"Broken\"\nmutex m\nmain:\n    lok m\n";

/// Process ids of all descendants, from what the kernel says.
QList<qint64> descendants(qint64 pid)
{
    QList<qint64> all;
    QFile children(QStringLiteral("/proc/%1/task/%1/children").arg(pid));
    if (!children.open(QIODevice::ReadOnly))
        return all;
    for (const QByteArray& child : children.readAll().split(' ')) {
        if (child.trimmed().isEmpty())
            continue;
        all.append(child.toLongLong());
        all.append(descendants(child.toLongLong()));
    }
    return all;
}

} // namespace

class TestRunCommand : public QObject
{
    Q_OBJECT

private slots:
    void everyOutcomeHasItsExitCode_data();
    void everyOutcomeHasItsExitCode();
    void aGalleryProgramRunsByItsId();
    void runPrintsOneObject();
    void theReportTellsTheProcessorTimeOfProcesses();
    void whoIsKilledAtTheTimeLimitIsListedOnce();
    void aDeadlockIsNamedInJson();
    void constantsCanBeSet();
    void anUnknownConstantIsTwo();
    void repeatCountsVerdicts();
    void quietSaysOnlyWhatTheProgramSays();
    void anUnwritableTraceFailsBeforeTheRun_data();
    void anUnwritableTraceFailsBeforeTheRun();
    void aClosedOutputIsRefused();
    void aHangupThatIsIgnoredEndsNothing();
    void aSystemWithoutRoomForThreadsIsAnError();
    void aSystemWithoutRoomForDescriptorsIsSaid();
    void anInterruptLeavesNothingBehind();
};

void TestRunCommand::everyOutcomeHasItsExitCode_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("exitCode");

    QTest::newRow("all held") << kEnds << QStringList{} << 0;
    QTest::newRow("one failed") << kWrong << QStringList{} << 1;
    QTest::newRow("assertion") << kAsserts << QStringList{} << 1;
    QTest::newRow("not valid") << kBroken << QStringList{} << 2;
    QTest::newRow("deadlock") << kStuck << QStringList{} << 3;
    QTest::newRow("time limit") << kEndless
                                << QStringList{QStringLiteral("--timeout"), QStringLiteral("100ms")}
                                << 4;
    QTest::newRow("refused") << kEnds
                             << QStringList{QStringLiteral("--trace"),
                                    QStringLiteral("/nowhere/at/all.pftrace")}
                             << 6;
}

void TestRunCommand::everyOutcomeHasItsExitCode()
{
    QFETCH(QByteArray, program);
    QFETCH(QStringList, options);
    QFETCH(int, exitCode);

    const Ended ended =
        runHeddle(QStringList{QStringLiteral("run"), QStringLiteral("-")} + options, program);

    QVERIFY2(ended.exitCode == exitCode,
        qPrintable(QString::number(ended.exitCode) + u' ' + ended.messages));
}

void TestRunCommand::aGalleryProgramRunsByItsId()
{
    const Ended ended =
        runHeddle({QStringLiteral("run"), QStringLiteral("locks/dining_philosophers")});

    QCOMPARE(ended.exitCode, 3);
    QVERIFY2(ended.messages.contains(QStringLiteral("philosopher[4] waits for fork[0]")),
        qPrintable(ended.messages));
}

void TestRunCommand::runPrintsOneObject()
{
    const Ended ended =
        runHeddle({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--json")}, kEnds);

    const QJsonObject report = ended.json();
    for (const char* key : {"program", "verdict", "seconds", "expectations", "deadlock",
             "deadlocks", "output", "actors", "recorder", "scheduler_data"})
        QVERIFY2(report.contains(QLatin1String(key)), key);
    QCOMPARE(report[QStringLiteral("verdict")].toString(), QStringLiteral("ok"));
    QVERIFY(report[QStringLiteral("deadlock")].isNull());
    const QJsonValue line = report[QStringLiteral("output")].toArray().first();
    QCOMPARE(line[QStringLiteral("text")].toString(), QStringLiteral("hello"));
    QCOMPARE(line[QStringLiteral("actor")].toString(), QStringLiteral("main"));
    QCOMPARE(line[QStringLiteral("stream")].toString(), QStringLiteral("stdout"));
    const QJsonObject recorder = report[QStringLiteral("recorder")].toObject();
    for (const char* key : {"events", "lost", "ns_per_event", "share_of_run"})
        QVERIFY2(recorder.contains(QLatin1String(key)), key);
    QCOMPARE(report[QStringLiteral("actors")].toArray().first()[QStringLiteral("state")].toString(),
        QStringLiteral("finished"));
}

void TestRunCommand::theReportTellsTheProcessorTimeOfProcesses()
{
    const QByteArray program =
        "program \"Busy\"\n"
        "process joined:\n    compute 30ms\n"
        "process idle:\n    pass\n"
        "process killed:\n    compute 30ms\n    forever:\n        pause\n"
        "main:\n"
        "    spawn joined\n    spawn idle\n    spawn killed\n"
        "    start count = command \"sh\", \"-c\", "
        "\"sh -c 'i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done'; true\"\n"
        "    join joined\n    join idle\n    join count\n"
        "    sleep 100ms\n    send SIGKILL to killed\n    join killed\n";
    const Ended ended =
        runHeddle({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--json")}, program);
    QVERIFY2(ended.exitCode == 0, qPrintable(ended.messages));
    QMap<QString, double> used;
    for (const QJsonValue& actor : ended.json()[QStringLiteral("actors")].toArray())
        used[actor[QStringLiteral("name")].toString()] = actor[QStringLiteral("cpu_ns")].toDouble();
    const QByteArray told = ended.output.toUtf8();
    QVERIFY2(used[QStringLiteral("joined")] >= 30e6, told);
    QVERIFY2(used[QStringLiteral("killed")] > 0, told);
    QVERIFY2(used[QStringLiteral("count")] > 0, told);
    QVERIFY2(used[QStringLiteral("idle")] > 0, told);
    QVERIFY2(used[QStringLiteral("idle")] < used[QStringLiteral("joined")], told);
    QVERIFY2(used[QStringLiteral("main")] < 30e6, told); // not that of its children
}

void TestRunCommand::whoIsKilledAtTheTimeLimitIsListedOnce()
{
    const QByteArray program =
        "program \"Busy\"\nprocess busy:\n    forever:\n        compute 1ms\n"
        "main:\n    spawn busy\n    forever:\n        sleep 5ms\n";
    const Ended ended =
        runHeddle({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--json"),
                      QStringLiteral("--timeout"), QStringLiteral("0.3")},
            program);
    QCOMPARE(ended.exitCode, 4);
    QStringList told;
    for (const QJsonValue& actor : ended.json()[QStringLiteral("actors")].toArray()) {
        told.append(actor[QStringLiteral("name")].toString() + u' '
            + actor[QStringLiteral("state")].toString());
        QVERIFY2(actor[QStringLiteral("cpu_ns")].toDouble() > 0, ended.output.toUtf8());
    }
    QCOMPARE(told.size(), 2);
    QVERIFY2(told.contains(QStringLiteral("busy running")), ended.output.toUtf8());
}

void TestRunCommand::aDeadlockIsNamedInJson()
{
    const Ended ended = runHeddle({QStringLiteral("run"),
        QStringLiteral("locks/dining_philosophers"), QStringLiteral("--json")});

    QCOMPARE(ended.exitCode, 3);
    const QJsonValue deadlock = ended.json()[QStringLiteral("deadlock")];
    const QJsonArray cycle = deadlock[QStringLiteral("cycle")].toArray();
    QCOMPARE(cycle.size(), 5);
    QStringList actors;
    for (const QJsonValue& link : cycle) {
        actors.append(link[QStringLiteral("actor")].toString());
        const int own = actors.last().mid(12, 1).toInt();
        QCOMPARE(link[QStringLiteral("waits_for")].toString(),
            QStringLiteral("fork[%1]").arg((own + 1) % 5));
        QCOMPARE(link[QStringLiteral("held_by")].toString(),
            QStringLiteral("philosopher[%1]").arg((own + 1) % 5));
    }
    actors.sort();
    QCOMPARE(actors.join(u' '),
        QStringLiteral(
            "philosopher[0] philosopher[1] philosopher[2] philosopher[3] philosopher[4]"));
    QVERIFY(deadlock[QStringLiteral("at_ns")].toInteger() > 0);
}

void TestRunCommand::constantsCanBeSet()
{
    const Ended ended = runHeddle({QStringLiteral("run"), QStringLiteral("-"),
                                      QStringLiteral("--set"), QStringLiteral("N=7")},
        "program \"Set\"\nconst N = 5\nmain:\n    say \"{N}\"\n");

    QCOMPARE(ended.output, QStringLiteral("7\n"));
}

void TestRunCommand::anUnknownConstantIsTwo()
{
    const Ended ended = runHeddle({QStringLiteral("run"), QStringLiteral("-"),
                                      QStringLiteral("--set"), QStringLiteral("Q=7")},
        kEnds);

    QCOMPARE(ended.exitCode, 2);
    QVERIFY(ended.messages.contains(u'Q'));
}

void TestRunCommand::repeatCountsVerdicts()
{
    const QStringList arguments{QStringLiteral("run"), QStringLiteral("-"),
        QStringLiteral("--repeat"), QStringLiteral("3"), QStringLiteral("--json")};

    const Ended good = runHeddle(arguments, kEnds);
    const Ended bad = runHeddle(arguments, kWrong);

    QCOMPARE(good.exitCode, 0);
    QCOMPARE(good.json()[QStringLiteral("runs")].toInt(), 3);
    QCOMPARE(good.json()[QStringLiteral("verdicts")][QStringLiteral("ok")].toInt(), 3);
    QCOMPARE(bad.exitCode, 1);
    QCOMPARE(bad.json()[QStringLiteral("verdicts")][QStringLiteral("failed")].toInt(), 3);
}

void TestRunCommand::quietSaysOnlyWhatTheProgramSays()
{
    const Ended ended =
        runHeddle({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--quiet")}, kEnds);

    QCOMPARE(ended.output, QStringLiteral("hello\n"));
    QCOMPARE(ended.messages, QString());
}

void TestRunCommand::anUnwritableTraceFailsBeforeTheRun_data()
{
    QTest::addColumn<QString>("target");

    QTest::newRow("no such folder") << QStringLiteral("/nowhere/at/all.pftrace");
    QTest::newRow("a file as folder") << QStringLiteral("/etc/passwd/x.pftrace");
    QTest::newRow("a system without files") << QStringLiteral("/proc/x.pftrace");
}

void TestRunCommand::anUnwritableTraceFailsBeforeTheRun()
{
    QFETCH(QString, target);

    const Ended ended = runHeddle(
        {QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--trace"), target}, kEnds);

    QCOMPARE(ended.exitCode, 6);
    QCOMPARE(ended.output, QString()); // the program has not said hello
    QCOMPARE(ended.errors().size(), 1);
}

void TestRunCommand::aClosedOutputIsRefused()
{
    QProcess process;
    process.start(QStringLiteral("/bin/sh"),
        {QStringLiteral("-c"), QStringLiteral("exec \"$0\" run - --quiet >&-"),
            QStringLiteral(HEDDLE_EXECUTABLE)});
    process.write(kEnds);
    process.closeWriteChannel();

    const Ended ended = endOf(process);

    QCOMPARE(ended.exitCode, 6);
    QCOMPARE(ended.messages,
        QStringLiteral("heddle: standard output cannot be written: Bad file descriptor.\n"));
}

void TestRunCommand::aHangupThatIsIgnoredEndsNothing()
{
    QProcess process;
    process.setChildProcessModifier([] { ::signal(SIGHUP, SIG_IGN); });
    process.start(QStringLiteral(HEDDLE_EXECUTABLE),
        {QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--quiet")});
    process.write("main:\n    say \"ready\"\n    sleep 300ms\n    say \"done\"\n");
    process.closeWriteChannel();
    QVERIFY(process.waitForReadyRead(20'000));

    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGHUP), 0);

    const Ended ended = endOf(process);
    QCOMPARE(ended.output, QStringLiteral("ready\ndone\n"));
    QCOMPARE(ended.exitCode, 0);
}

// The limit counts all processes of an account, so that each of these stops the run elsewhere.
void TestRunCommand::aSystemWithoutRoomForThreadsIsAnError()
{
    if (::geteuid() != 0)
        QSKIP("only root may become somebody who has no processes");
    const uid_t kNobody = 65'000;
    // Somebody else may not reach the folder that it was built in.
    const QTemporaryDir folder;
    const QString program = folder.filePath(QStringLiteral("heddle"));
    QVERIFY(QFile::setPermissions(folder.path(),
        QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadOther
            | QFile::ExeOther));
    QVERIFY(QFile::copy(QStringLiteral(HEDDLE_EXECUTABLE), program));
    for (rlim_t most = 1; most <= 8; ++most) {
        QProcess process;
        process.setChildProcessModifier([&] {
            const rlimit limit{most, most};
            if (::setresgid(kNobody, kNobody, kNobody) != 0
                || ::setresuid(kNobody, kNobody, kNobody) != 0
                || ::setrlimit(RLIMIT_NPROC, &limit) != 0)
                ::_exit(99);
        });
        process.start(program,
            {QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--timeout"),
                QStringLiteral("10s")});
        process.write(kEnds);
        process.closeWriteChannel();

        const Ended ended = endOf(process);

        QVERIFY2(ended.exitCode == 0 || ended.exitCode == 6, qPrintable(ended.messages));
    }
}

void TestRunCommand::aSystemWithoutRoomForDescriptorsIsSaid()
{
    QProcess process;
    process.setChildProcessModifier([] {
        const rlimit limit{60, 60};
        if (::setrlimit(RLIMIT_NOFILE, &limit) != 0)
            ::_exit(99);
    });
    process.start(QStringLiteral(HEDDLE_EXECUTABLE), {QStringLiteral("run"), QStringLiteral("-")});
    process.write("pipe p[40]\nmain:\n    write p[39] <- \"x\"\n    say \"hello\"\n");
    process.closeWriteChannel();

    const Ended ended = endOf(process);

    QCOMPARE(ended.output, QString()); // it has not begun
    QCOMPARE(ended.exitCode, 6);
    QVERIFY2(ended.messages.contains(QRegularExpression(QStringLiteral("pipe p\\[\\d+\\]: "))),
        qPrintable(ended.messages));
}

void TestRunCommand::anInterruptLeavesNothingBehind()
{
    QProcess process;
    process.start(QStringLiteral(HEDDLE_EXECUTABLE), {QStringLiteral("run"), QStringLiteral("-")});
    process.write(kEndless);
    process.closeWriteChannel();
    QTRY_VERIFY_WITH_TIMEOUT(process.bytesAvailable() > 0, 20'000); // it says "ready"
    const QList<qint64> family = descendants(process.processId());
    QVERIFY(!family.isEmpty());

    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    const Ended ended = endOf(process);

    QCOMPARE(ended.exitCode, -SIGINT);
    for (const qint64 member : family)
        QVERIFY2(::kill(static_cast<pid_t>(member), 0) != 0, qPrintable(QString::number(member)));
}

QTEST_GUILESS_MAIN(TestRunCommand)
#include "tst_run_command.moc"

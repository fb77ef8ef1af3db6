// SPDX-License-Identifier: GPL-3.0-only
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/resource.h>
#include <unistd.h>

namespace {

const QByteArray kEnds = "program \"Ends\"\nmain:\n    say \"hello\"\nexpect terminates\n";
const QByteArray kWrong =
    "program \"Wrong\"\nshared x = 1\nmain:\n    x = 2\nexpect final x == 3\n";
const QByteArray kAsserts = "program \"Asserts\"\nmain:\n    assert 1 == 2, \"sums\"\n";
const QByteArray kStuck = "program \"Stuck\"\nmutex m\nmain:\n    lock m\n    lock m\n";
const QByteArray kEndless = "program \"Endless\"\nmain:\n    say \"ready\"\n    forever:\n"
                            "        sleep 1ms\n";
const QByteArray kBroken = "program \"Broken\"\nmutex m\nmain:\n    lok m\n";
const QByteArray kTab = "program \"Tab\"\nmain:\n\tsay \"x\"\n";
const QByteArray kUnknown = "program \"Unknown\"\nmain:\n    totl = 1\n";

struct Ended
{
    int exitCode = -1; ///< -n: ended by signal n
    QString output;
    QString messages;

    [[nodiscard]] QJsonObject json() const
    {
        return QJsonDocument::fromJson(output.toUtf8()).object();
    }
    /// Messages without warnings of the program.
    [[nodiscard]] QStringList errors() const
    {
        QStringList lines = messages.split(u'\n', Qt::SkipEmptyParts);
        lines.removeIf(
            [](const QString& line) { return line.contains(QStringLiteral("warning ")); });
        return lines;
    }
};

Ended endOf(QProcess& process)
{
    Ended ended;
    if (!process.waitForFinished(50'000))
        return ended;
    ended.exitCode =
        process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -process.exitCode();
    ended.output = QString::fromUtf8(process.readAllStandardOutput());
    ended.messages = QString::fromUtf8(process.readAllStandardError());
    return ended;
}

Ended heddle(const QStringList& arguments, const QByteArray& input = {})
{
    QProcess process;
    process.start(QStringLiteral(HEDDLE_EXECUTABLE), arguments);
    process.write(input);
    process.closeWriteChannel();
    return endOf(process);
}

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

QString write(const QTemporaryDir& folder, const QString& name, const QByteArray& bytes)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return {};
    return file.fileName();
}

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestCommandLine : public QObject
{
    Q_OBJECT

private slots:
    void everyOutcomeHasItsExitCode_data();
    void everyOutcomeHasItsExitCode();
    void badInputIsOneClearMessage_data();
    void badInputIsOneClearMessage();
    void badUsageIsTwo_data();
    void badUsageIsTwo();
    void aBrokenProgramIsNamedWithItsPlace();
    void aGalleryProgramRunsByItsId();
    void runPrintsOneObject();
    void aDeadlockIsNamedInJson();
    void constantsCanBeSet();
    void anUnknownConstantIsTwo();
    void repeatCountsVerdicts();
    void quietSaysOnlyWhatTheProgramSays();
    void anUnwritableTraceFailsBeforeTheRun_data();
    void anUnwritableTraceFailsBeforeTheRun();
    void aFullOutputIsRefused();
    void aClosedOutputIsRefused();
    void aHangupThatIsIgnoredEndsNothing();
    void aSystemWithoutRoomForThreadsIsAnError();
    void aSystemWithoutRoomForDescriptorsIsSaid();
    void aTraceIsWrittenReadAndConverted();
    void aCutTraceIsReadAsFarAsItGoes();
    void formatWritesTheCanonicalForm();
    void formatLeavesBrokenProgramsAlone();
    void listNamesEveryProgram();
    void everyListedProgramIsShown();
    void anInterruptLeavesNothingBehind();
    void withoutADisplayTheWindowNamesTheCommand();
    void versionAndHelpAreResults();
};

void TestCommandLine::everyOutcomeHasItsExitCode_data()
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

void TestCommandLine::everyOutcomeHasItsExitCode()
{
    QFETCH(QByteArray, program);
    QFETCH(QStringList, options);
    QFETCH(int, exitCode);

    const Ended ended =
        heddle(QStringList{QStringLiteral("run"), QStringLiteral("-")} + options, program);

    QVERIFY2(ended.exitCode == exitCode,
        qPrintable(QString::number(ended.exitCode) + u' ' + ended.messages));
}

void TestCommandLine::badInputIsOneClearMessage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");

    QTest::newRow("broken program") << kBroken << QStringLiteral("lok");
    QTest::newRow("tab") << kTab << QStringLiteral("tab");
    QTest::newRow("unknown name") << kUnknown << QStringLiteral("totl");
    QTest::newRow("binary") << QByteArray("\x7f"
                                          "ELF\0\1\2",
        7) << QStringLiteral("not a text");
    QTest::newRow("not UTF-8") << QByteArray("program \"\xff\xfe\"\n") << QStringLiteral("UTF-8");
    QTest::newRow("10 MB line") << QByteArray(10'000'000, 'x') << QStringLiteral("larger than");
}

void TestCommandLine::badInputIsOneClearMessage()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const QTemporaryDir folder;
    const QString file = write(folder, QStringLiteral("bad.hed"), bytes);

    for (const QString& command : {QStringLiteral("run"), QStringLiteral("check")}) {
        const Ended ended = heddle({command, file});
        QCOMPARE(ended.exitCode, 2);
        QCOMPARE(ended.output, QString());
        QVERIFY2(ended.messages.contains(says), qPrintable(ended.messages));
        QVERIFY2(ended.errors().size() == 1, qPrintable(ended.messages));
    }
}

void TestCommandLine::badUsageIsTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto words = [](const char* text) {
        return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
    };

    QTest::newRow("missing file") << words("run no/such/file.hed");
    QTest::newRow("directory") << words("run /tmp");
    QTest::newRow("no file named") << words("run");
    QTest::newRow("unknown option") << words("run - --nonsense");
    QTest::newRow("bad duration") << words("run - --timeout soon");
    QTest::newRow("negative duration") << words("run - --timeout -5s");
    QTest::newRow("bad constant") << words("run - --set N");
    QTest::newRow("repeat nothing") << words("run - --repeat 0");
    QTest::newRow("time stands still") << words("run - --time-scale 0");
    QTest::newRow("trace of another kind") << words("run locks/lost_update --trace out.txt");
    QTest::newRow("unknown gallery program") << words("show locks/nothing");
    QTest::newRow("unknown list") << words("list lessons_and_more");
    QTest::newRow("missing trace") << words("stats none.pftrace");
    QTest::newRow("directory as trace") << words("stats /tmp");
    QTest::newRow("program as trace") << words("convert none.hed out.json");
    QTest::newRow("standard input for the window") << words("-");
    QTest::newRow("mistyped command") << words("rum");
    QTest::newRow("missing file for the window") << words("no/such/file.hed");
}

void TestCommandLine::badUsageIsTwo()
{
    QFETCH(QStringList, arguments);

    const Ended ended = heddle(arguments, kEnds);

    QCOMPARE(ended.exitCode, 2);
    QCOMPARE(ended.output, QString());
    QVERIFY(!ended.messages.isEmpty());
}

void TestCommandLine::aBrokenProgramIsNamedWithItsPlace()
{
    const QTemporaryDir folder;
    const QString file = write(folder, QStringLiteral("broken.hed"), kBroken);

    const Ended ended = heddle({QStringLiteral("check"), file});

    const QRegularExpression form(
        QStringLiteral("^%1:4:5: error E\\d+: .*lock").arg(QRegularExpression::escape(file)));
    QVERIFY2(form.match(ended.messages).hasMatch(), qPrintable(ended.messages));
}

void TestCommandLine::aGalleryProgramRunsByItsId()
{
    const Ended ended =
        heddle({QStringLiteral("run"), QStringLiteral("locks/dining_philosophers")});

    QCOMPARE(ended.exitCode, 3);
    QVERIFY2(ended.messages.contains(QStringLiteral("philosopher[4] waits for fork[0]")),
        qPrintable(ended.messages));
}

void TestCommandLine::runPrintsOneObject()
{
    const Ended ended =
        heddle({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--json")}, kEnds);

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

void TestCommandLine::aDeadlockIsNamedInJson()
{
    const Ended ended = heddle({QStringLiteral("run"), QStringLiteral("locks/dining_philosophers"),
        QStringLiteral("--json")});

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

void TestCommandLine::constantsCanBeSet()
{
    const Ended ended = heddle({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--set"),
                                   QStringLiteral("N=7")},
        "program \"Set\"\nconst N = 5\nmain:\n    say \"{N}\"\n");

    QCOMPARE(ended.output, QStringLiteral("7\n"));
}

void TestCommandLine::anUnknownConstantIsTwo()
{
    const Ended ended = heddle({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--set"),
                                   QStringLiteral("Q=7")},
        kEnds);

    QCOMPARE(ended.exitCode, 2);
    QVERIFY(ended.messages.contains(u'Q'));
}

void TestCommandLine::repeatCountsVerdicts()
{
    const QStringList arguments{QStringLiteral("run"), QStringLiteral("-"),
        QStringLiteral("--repeat"), QStringLiteral("3"), QStringLiteral("--json")};

    const Ended good = heddle(arguments, kEnds);
    const Ended bad = heddle(arguments, kWrong);

    QCOMPARE(good.exitCode, 0);
    QCOMPARE(good.json()[QStringLiteral("runs")].toInt(), 3);
    QCOMPARE(good.json()[QStringLiteral("verdicts")][QStringLiteral("ok")].toInt(), 3);
    QCOMPARE(bad.exitCode, 1);
    QCOMPARE(bad.json()[QStringLiteral("verdicts")][QStringLiteral("failed")].toInt(), 3);
}

void TestCommandLine::quietSaysOnlyWhatTheProgramSays()
{
    const Ended ended =
        heddle({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--quiet")}, kEnds);

    QCOMPARE(ended.output, QStringLiteral("hello\n"));
    QCOMPARE(ended.messages, QString());
}

void TestCommandLine::anUnwritableTraceFailsBeforeTheRun_data()
{
    QTest::addColumn<QString>("target");

    QTest::newRow("no such folder") << QStringLiteral("/nowhere/at/all.pftrace");
    QTest::newRow("a file as folder") << QStringLiteral("/etc/passwd/x.pftrace");
    QTest::newRow("a system without files") << QStringLiteral("/proc/x.pftrace");
}

void TestCommandLine::anUnwritableTraceFailsBeforeTheRun()
{
    QFETCH(QString, target);

    const Ended ended = heddle(
        {QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--trace"), target}, kEnds);

    QCOMPARE(ended.exitCode, 6);
    QCOMPARE(ended.output, QString()); // the program has not said hello
    QCOMPARE(ended.errors().size(), 1);
}

void TestCommandLine::aFullOutputIsRefused()
{
    QProcess process;
    process.setStandardOutputFile(QStringLiteral("/dev/full"));
    process.start(QStringLiteral(HEDDLE_EXECUTABLE),
        {QStringLiteral("show"), QStringLiteral("locks/lost_update")});

    QCOMPARE(endOf(process).exitCode, 6);
}

void TestCommandLine::aClosedOutputIsRefused()
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

void TestCommandLine::aHangupThatIsIgnoredEndsNothing()
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
void TestCommandLine::aSystemWithoutRoomForThreadsIsAnError()
{
    if (::geteuid() != 0)
        QSKIP("only root may become somebody who has no processes");
    const uid_t kNobody = 65'000;
    for (rlim_t most = 1; most <= 8; ++most) {
        QProcess process;
        process.setChildProcessModifier([&] {
            const rlimit limit{most, most};
            if (::setresgid(kNobody, kNobody, kNobody) != 0
                || ::setresuid(kNobody, kNobody, kNobody) != 0
                || ::setrlimit(RLIMIT_NPROC, &limit) != 0)
                ::_exit(99);
        });
        process.start(QStringLiteral(HEDDLE_EXECUTABLE),
            {QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--timeout"),
                QStringLiteral("10s")});
        process.write(kEnds);
        process.closeWriteChannel();
        if (process.error() == QProcess::FailedToStart)
            QSKIP("that account may not read the program");

        const Ended ended = endOf(process);

        QVERIFY2(ended.exitCode == 0 || ended.exitCode == 6, qPrintable(ended.messages));
    }
}

void TestCommandLine::aSystemWithoutRoomForDescriptorsIsSaid()
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

void TestCommandLine::aTraceIsWrittenReadAndConverted()
{
    const QTemporaryDir folder;
    const QString trace = folder.filePath(QStringLiteral("dinner.pftrace"));
    const QString chrome = folder.filePath(QStringLiteral("dinner.json"));

    const Ended ran = heddle({QStringLiteral("run"), QStringLiteral("locks/dining_philosophers"),
        QStringLiteral("--trace"), trace});
    const Ended table = heddle({QStringLiteral("stats"), trace});
    const Ended stats = heddle({QStringLiteral("stats"), trace, QStringLiteral("--json")});
    const Ended converted = heddle({QStringLiteral("convert"), trace, chrome});

    QCOMPARE(ran.exitCode, 3);
    QVERIFY2(table.exitCode == 0, qPrintable(table.messages));
    QVERIFY(table.output.contains(QStringLiteral("philosopher[0]")));
    QCOMPARE(stats.exitCode, 0);
    const QJsonArray lanes = stats.json()[QStringLiteral("lanes")].toArray();
    QVERIFY(lanes.size() >= 10); // five philosophers and five forks
    for (const char* key : {"name", "kind", "running_ns", "runnable_ns", "blocked_ns", "waits"})
        QVERIFY2(lanes.first().toObject().contains(QLatin1String(key)), key);
    QCOMPARE(converted.exitCode, 0);
    QVERIFY(QJsonDocument::fromJson(read(chrome)).object().contains(QStringLiteral("traceEvents")));
}

void TestCommandLine::aCutTraceIsReadAsFarAsItGoes()
{
    const QTemporaryDir folder;
    const QString trace = folder.filePath(QStringLiteral("whole.pftrace"));
    const Ended ran = heddle({QStringLiteral("run"), QStringLiteral("locks/dining_philosophers"),
        QStringLiteral("--trace"), trace});
    QCOMPARE(ran.exitCode, 3);
    const QByteArray whole = read(trace);
    const QString cut = write(folder, QStringLiteral("cut.pftrace"), whole.left(whole.size() / 2));

    const Ended stats = heddle({QStringLiteral("stats"), cut, QStringLiteral("--json")});

    QCOMPARE(stats.exitCode, 2);
    QVERIFY2(stats.messages.contains(QStringLiteral("damaged")), qPrintable(stats.messages));
    QVERIFY(!stats.json()[QStringLiteral("lanes")].toArray().isEmpty());
}

void TestCommandLine::formatWritesTheCanonicalForm()
{
    const QTemporaryDir folder;
    const QString file =
        write(folder, QStringLiteral("a.hed"), "program   \"A\"\nmain:\n  say   \"x\"   # why\n");

    const Ended before = heddle({QStringLiteral("format"), QStringLiteral("--check"), file});
    const Ended format = heddle({QStringLiteral("format"), file});
    const Ended after = heddle({QStringLiteral("format"), QStringLiteral("--check"), file});
    const Ended stream =
        heddle({QStringLiteral("format"), QStringLiteral("-")}, "main:\n  say   \"x\"\n");

    QCOMPARE(before.exitCode, 1);
    QCOMPARE(format.exitCode, 0);
    QCOMPARE(after.exitCode, 0);
    QVERIFY(read(file).contains("    say \"x\""));
    QVERIFY(read(file).contains("# why"));
    QVERIFY(stream.output.contains(QStringLiteral("    say \"x\"\n")));
}

void TestCommandLine::formatLeavesBrokenProgramsAlone()
{
    const QTemporaryDir folder;
    const QString file = write(folder, QStringLiteral("b.hed"), kBroken);

    const Ended format = heddle({QStringLiteral("format"), file});

    QCOMPARE(format.exitCode, 2);
    QCOMPARE(read(file), kBroken);
}

void TestCommandLine::listNamesEveryProgram()
{
    const Ended list =
        heddle({QStringLiteral("list"), QStringLiteral("programs"), QStringLiteral("--json")});

    QCOMPARE(list.exitCode, 0);
    const QJsonArray programs = list.json()[QStringLiteral("programs")].toArray();
    QVERIFY(programs.size() >= 2);
    for (const QJsonValue& program : programs) {
        const QString id = program[QStringLiteral("id")].toString();
        for (const char* key : {"title", "chapter", "demonstrates"})
            QVERIFY2(!program[QLatin1String(key)].toString().isEmpty(), qPrintable(id));
        QVERIFY2(!program[QStringLiteral("expects")].toArray().isEmpty(), qPrintable(id));
    }
    for (const char* what : {"kinds", "primitives"}) {
        const Ended other =
            heddle({QStringLiteral("list"), QLatin1String(what), QStringLiteral("--json")});
        QVERIFY(!other.json()[QLatin1String(what)].toArray().isEmpty());
    }
}

void TestCommandLine::everyListedProgramIsShown()
{
    const Ended list = heddle({QStringLiteral("list"), QStringLiteral("--json")});

    for (const QJsonValue& program : list.json()[QStringLiteral("programs")].toArray()) {
        const QString id = program[QStringLiteral("id")].toString();
        const Ended shown = heddle({QStringLiteral("show"), id});
        QCOMPARE(shown.exitCode, 0);
        QVERIFY2(shown.output.contains(QStringLiteral("program \"")), qPrintable(id));
    }
}

void TestCommandLine::anInterruptLeavesNothingBehind()
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

void TestCommandLine::withoutADisplayTheWindowNamesTheCommand()
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QLatin1String(name));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(HEDDLE_EXECUTABLE), {QStringLiteral("locks/lost_update")});

    const Ended ended = endOf(process);

    QCOMPARE(ended.exitCode, 6);
    QVERIFY2(ended.messages.contains(QStringLiteral("heddle run locks/lost_update")),
        qPrintable(ended.messages));
}

void TestCommandLine::versionAndHelpAreResults()
{
    const Ended version = heddle({QStringLiteral("--version")});
    const Ended help = heddle({QStringLiteral("--help")});

    QCOMPARE(version.exitCode, 0);
    QVERIFY(version.output.startsWith(QStringLiteral("Heddle ")));
    QCOMPARE(help.exitCode, 0);
    QVERIFY(help.output.contains(QStringLiteral("heddle run locks/dining_philosophers")));
    QCOMPARE(help.messages, QString());
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"

// SPDX-License-Identifier: GPL-3.0-only
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

namespace {

const QByteArray kHolds = "program \"Holds\"\natomic shared x = 0\nthread adder[i in 1..2]:\n"
                          "    x += 1\nexpect final x == 2\nexpect terminates\n";
const QByteArray kLost = "program \"Lost\"\nshared x = 0\nthread adder[i in 1..2]:\n"
                         "    x = x + 1\nexpect final x == 2\n";
const QByteArray kAsserts = "program \"Asserts\"\nmain:\n    assert 1 == 2, \"sums\"\n";
const QByteArray kRaises = "program \"Raises\"\nthread one:\n    raise Bad\n"
                           "thread two:\n    pass\nexpect terminates\n";
const QByteArray kInvalid = "program \"Broken\"\nmutex m\nmain:\n    lok m\n";
const QByteArray kTable = "program \"Table\"\nconst N = 2\nmutex fork[N]\n"
                          "thread philosopher[i in 0..N-1]:\n"
                          "    with fork[i]:\n"
                          "        with fork[(i + 1) % N]:\n"
                          "            pass\n";
const QByteArray kExpected = kTable + "expect deadlock reachable\n";
const QByteArray kRace = "program \"Race\"\nshared x = 0\nthread a:\n    x = 1\nthread b:\n"
                         "    x = 2\n";
const QByteArray kLarge = "program \"Large\"\nshared x = 0\nthread adder[i in 1..6]:\n"
                          "    repeat 30:\n        x = x + i\nexpect final x never 6\n";

struct Ended
{
    int exitCode = -1; ///< -n: ended by signal n
    QString output;
    QString messages;

    [[nodiscard]] QJsonObject json() const
    {
        return QJsonDocument::fromJson(output.toUtf8()).object();
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

Ended explore(const QByteArray& program, const QStringList& options = {})
{
    return heddle(QStringList{QStringLiteral("explore"), QStringLiteral("-")} + options, program);
}

QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
}

/// Whether the process is the executable (not the fork of this one that it begins as) and has said
/// that it takes care of a signal by itself.
bool catches(qint64 process, int signal)
{
    const QFileInfo image(QStringLiteral("/proc/%1/exe").arg(process));
    if (image.symLinkTarget() != QFileInfo(QStringLiteral(HEDDLE_EXECUTABLE)).canonicalFilePath())
        return false;
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly))
        return false;
    static const QRegularExpression caught(QStringLiteral("SigCgt:\\s*([0-9a-f]+)"));
    const QRegularExpressionMatch match = caught.match(QString::fromUtf8(status.readAll()));
    const quint64 mask = match.captured(1).toULongLong(nullptr, 16);
    return (mask & (quint64{1} << (signal - 1))) != 0;
}

} // namespace

class TestExploreCommand : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void everyVerdictHasItsExitCode_data();
    void everyVerdictHasItsExitCode();
    void theWitnessStandsThereAsNumberedSteps();
    void theMiddleOfALongWitnessIsLeftOut();
    void aDeadlockIsNamedAsARing();
    void exploreHasTheKeysOfTheContract();
    void aGalleryProgramIsExploredByItsId();
    void constantsCanBeSet();
    void whatIsLookedForEndsTheSearch();
    void schedulesWithMorePreemptionsAreLeftOut();
    void badUsageIsTwo_data();
    void badUsageIsTwo();
    void anUnwritableScheduleFailsBeforeTheSearch();
    void aDeviceIsWrittenToAndNotReplaced();
    void aScheduleIsReplayed();
    void replayHasTheKeysOfTheContract();
    void aScheduleOfAnotherProgramIsRefused();
    void whatIsNoScheduleIsRefused_data();
    void whatIsNoScheduleIsRefused();
    void aFailedAssertionIsReplayedToItsEnd();
    void aReplayedScheduleIsARecording();
    void anInterruptEndsTheSearchWithWhatIsKnown();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }
    QString writeFile(const QString& name, const QByteArray& bytes) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestExploreCommand::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

QString TestExploreCommand::writeFile(const QString& name, const QByteArray& bytes) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return {};
    return file.fileName();
}

void TestExploreCommand::everyVerdictHasItsExitCode_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("verdict");

    QTest::newRow("holds") << kHolds << QStringList{} << 0 << QStringLiteral("holds");
    QTest::newRow("an expected deadlock")
        << kExpected << QStringList{} << 0 << QStringLiteral("holds");
    QTest::newRow("an expectation fails")
        << kLost << QStringList{} << 1 << QStringLiteral("violated");
    QTest::newRow("an assertion fails")
        << kAsserts << QStringList{} << 1 << QStringLiteral("violated");
    QTest::newRow("an exception that no line speaks of")
        << kRaises << QStringList{} << 1 << QStringLiteral("violated");
    QTest::newRow("an exception that is expected") << kRaises + "expect exception Bad reachable\n"
                                                   << QStringList{} << 0 << QStringLiteral("holds");
    QTest::newRow("not valid") << kInvalid << QStringList{} << 2 << QStringLiteral("error");
    QTest::newRow("a deadlock") << kTable << QStringList{} << 3 << QStringLiteral("violated");
    QTest::newRow("a limit") << kLarge << words("--max-states 500 --max-seconds 2") << 5
                             << QStringLiteral("undecided");
}

void TestExploreCommand::everyVerdictHasItsExitCode()
{
    QFETCH(QByteArray, program);
    QFETCH(QStringList, options);
    QFETCH(int, exitCode);
    QFETCH(QString, verdict);

    const Ended plain = explore(program, options);
    const Ended json = explore(program, options + words("--json"));

    QVERIFY2(plain.exitCode == exitCode, qPrintable(plain.output + plain.messages));
    QCOMPARE(json.exitCode, exitCode);
    QCOMPARE(json.json()[QStringLiteral("verdict")].toString(), verdict);
}

void TestExploreCommand::theWitnessStandsThereAsNumberedSteps()
{
    const Ended ended = explore(kLost);

    static const QRegularExpression lines(
        QStringLiteral("\n  1  adder\\[(\\d)\\]  line 4  read x\n  2  adder\\[\\d\\]  line 4  .*\n"
                       "  3  adder\\[\\d\\]  line 4  .*\n  4  adder\\[\\1\\]  line 4  write x\n"));
    QVERIFY2(lines.match(ended.output).hasMatch(), qPrintable(ended.output));
    QVERIFY2(
        ended.output.contains(QStringLiteral("failed       final x == 2: the value can be 1\n")),
        qPrintable(ended.output));
    QVERIFY(ended.output.contains(QStringLiteral("{1, 2}")));
}

void TestExploreCommand::theMiddleOfALongWitnessIsLeftOut()
{
    const Ended ended = explore("program \"Long\"\nmain:\n    repeat 150:\n        yield\n"
                                "    assert false, \"end\"\n");

    const QStringList lines = ended.output.split(u'\n');
    const QRegularExpression isStep(QStringLiteral("^ +[0-9]+  main "));
    const QRegularExpression isGap(QStringLiteral(" +… ([0-9]+) steps left out.*"));
    const QRegularExpression isTitle(QStringLiteral(".*, ([0-9]+) steps:"));
    const int gap = int(lines.indexOf(isGap));
    const int title = int(lines.indexOf(isTitle));
    QVERIFY2(gap > 0 && title > 0, qPrintable(ended.output));
    QCOMPARE(lines.filter(isStep).size(), 60);
    QCOMPARE(gap - title, 41);
    QCOMPARE(isGap.match(lines[gap]).captured(1).toInt() + 60,
        isTitle.match(lines[title]).captured(1).toInt());
}

void TestExploreCommand::aDeadlockIsNamedAsARing()
{
    const Ended ended = explore(kExpected);

    QVERIFY2(ended.output.contains(QStringLiteral(
                 "Deadlock after 2 steps: philosopher[0] holds fork[0], wants fork[1]; "
                 "philosopher[1] holds fork[1], wants fork[0]. Each waits for the next; nobody can "
                 "move.\n")),
        qPrintable(ended.output));
    QCOMPARE(ended.messages, QString());
}

void TestExploreCommand::exploreHasTheKeysOfTheContract()
{
    const QJsonObject report = explore(kLost, words("--json")).json();

    for (const char* key : {"program", "verdict", "states", "transitions", "depth", "seconds",
             "limit", "exact", "expectations", "finals", "outcomes"})
        QVERIFY2(report.contains(QLatin1String(key)), key);
    QVERIFY(report[QStringLiteral("limit")].isNull());
    QVERIFY(report[QStringLiteral("exact")].toBool());
    QCOMPARE(report[QStringLiteral("depth")].toInt(), 4);
    const QJsonArray values =
        report[QStringLiteral("finals")][QStringLiteral("final x == 2")].toArray();
    QCOMPARE(values, QJsonArray({QStringLiteral("1"), QStringLiteral("2")}));
    const QJsonObject line = report[QStringLiteral("expectations")].toArray().first().toObject();
    QCOMPARE(line[QStringLiteral("text")].toString(), QStringLiteral("final x == 2"));
    QCOMPARE(line[QStringLiteral("status")].toString(), QStringLiteral("failed"));
    QCOMPARE(line[QStringLiteral("why")].toString(), QStringLiteral("the value can be 1"));
    const QJsonArray steps = line[QStringLiteral("witness")][QStringLiteral("steps")].toArray();
    QCOMPARE(steps.size(), 4);
    QCOMPARE(steps.last()[QStringLiteral("text")].toString(), QStringLiteral("write x"));
    QCOMPARE(steps.last()[QStringLiteral("line")].toInt(), 4);
    QVERIFY(steps.last()[QStringLiteral("actor")].toString().startsWith(QStringLiteral("adder[")));
}

void TestExploreCommand::aGalleryProgramIsExploredByItsId()
{
    const Ended ended = heddle(words("explore conditions/lost_notify --json"));

    QCOMPARE(ended.exitCode, 0);
    const QJsonObject report = ended.json();
    QCOMPARE(
        report[QStringLiteral("program")].toString(), QStringLiteral("conditions/lost_notify"));
    const QJsonObject line = report[QStringLiteral("expectations")].toArray().first().toObject();
    QVERIFY2(line[QStringLiteral("explanation")].toString().contains(
                 QStringLiteral("when nobody was waiting (kept nowhere)")),
        qPrintable(ended.output));
}

void TestExploreCommand::constantsCanBeSet()
{
    const auto steps = [](const Ended& ended) {
        const QJsonArray lines = ended.json()[QStringLiteral("expectations")].toArray();
        return lines.first()[QStringLiteral("witness")][QStringLiteral("steps")].toArray().size();
    };

    QCOMPARE(steps(explore(kExpected, words("--json"))), 2);
    QCOMPARE(steps(explore(kExpected, words("--set N=5 --json"))), 5);
    QCOMPARE(explore(kExpected, words("--set Q=5")).exitCode, 2);
}

void TestExploreCommand::whatIsLookedForEndsTheSearch()
{
    const Ended race = explore(kRace, words("--find race --json"));
    const Ended none = explore(kHolds, words("--find race"));
    const Ended deadlock = explore(kTable, words("--find deadlock"));

    QCOMPARE(race.exitCode, 1);
    const QJsonObject line =
        race.json()[QStringLiteral("expectations")].toArray().first().toObject();
    QCOMPARE(line[QStringLiteral("text")].toString(), QStringLiteral("race free"));
    QCOMPARE(explore(kRace).exitCode, 0); // nobody asks
    QCOMPARE(none.exitCode, 0);
    QCOMPARE(deadlock.exitCode, 3);
}

void TestExploreCommand::schedulesWithMorePreemptionsAreLeftOut()
{
    const QJsonObject all = explore(kLost, words("--json")).json();
    const QJsonObject few = explore(kLost, words("--preemptions 0 --max-seconds 1 --json")).json();

    QVERIFY(few[QStringLiteral("states")].toInt() < all[QStringLiteral("states")].toInt());
    QVERIFY(few[QStringLiteral("limit")].toString().contains(QStringLiteral("0 preemptions")));
    QVERIFY(!few[QStringLiteral("exact")].toBool());
}

void TestExploreCommand::badUsageIsTwo_data()
{
    QTest::addColumn<QStringList>("arguments");

    QTest::newRow("no file") << words("explore");
    QTest::newRow("no such file") << words("explore nowhere.hed");
    QTest::newRow("no number of states") << words("explore - --max-states many");
    QTest::newRow("no states") << words("explore - --max-states 0");
    QTest::newRow("no duration") << words("explore - --max-seconds soon");
    QTest::newRow("no such thing to find") << words("explore - --find bugs");
    QTest::newRow("fewer than no preemptions") << words("explore - --preemptions -1");
    QTest::newRow("no constant") << words("explore - --set N");
    QTest::newRow("an output of no known kind") << words("convert - out.txt");
    QTest::newRow("two standard inputs") << words("replay - -");
    QTest::newRow("no schedule") << words("replay locks/lost_update");
    QTest::newRow("no such schedule") << words("replay locks/lost_update nowhere.txt");
}

void TestExploreCommand::badUsageIsTwo()
{
    QFETCH(QStringList, arguments);

    const Ended ended = heddle(arguments, kHolds);

    QVERIFY2(ended.exitCode == 2, qPrintable(ended.output + ended.messages));
    QVERIFY(!ended.messages.isEmpty());
}

void TestExploreCommand::anUnwritableScheduleFailsBeforeTheSearch()
{
    const Ended ended = explore(kLarge, words("--max-seconds 40 --schedule /nowhere/at/all.txt"));

    QCOMPARE(ended.exitCode, 6);
    QCOMPARE(ended.output, QString());
    QCOMPARE(ended.messages.count(u'\n'), 1);
}

void TestExploreCommand::aDeviceIsWrittenToAndNotReplaced()
{
    const QString program = writeFile(QStringLiteral("table.hed"), kTable);

    const Ended ended = heddle({QStringLiteral("explore"), program, QStringLiteral("--schedule"),
        QStringLiteral("/dev/full")});

    QCOMPARE(ended.exitCode, 6);
    QVERIFY(ended.messages.contains(QStringLiteral("/dev/full")));
    QVERIFY(!QFileInfo(QStringLiteral("/dev/full")).isFile()); // it is a device, as before
}

void TestExploreCommand::aScheduleIsReplayed()
{
    const QString program = writeFile(QStringLiteral("table.hed"), kTable);
    const QString schedule = path(QStringLiteral("bad.txt"));

    const Ended explored = heddle({QStringLiteral("explore"), program, QStringLiteral("--set"),
        QStringLiteral("N=3"), QStringLiteral("--schedule"), schedule});
    const Ended replayed = heddle({QStringLiteral("replay"), program, schedule,
        QStringLiteral("--set"), QStringLiteral("N=3")});

    QCOMPARE(explored.exitCode, 3);
    QCOMPARE(replayed.exitCode, 3);
    QVERIFY2(
        replayed.output.contains(QStringLiteral("  3  philosopher[")), qPrintable(replayed.output));
    QVERIFY2(replayed.output.contains(QStringLiteral("Deadlock after 3 steps: ")),
        qPrintable(replayed.output));
    QVERIFY2(replayed.output.contains(
                 QStringLiteral("philosopher[0] waits for fork[1], held by philosopher[1].")),
        qPrintable(replayed.output));
}

void TestExploreCommand::replayHasTheKeysOfTheContract()
{
    const QString program = writeFile(QStringLiteral("lost.hed"), kLost);
    const QString schedule = writeFile(QStringLiteral("some.txt"),
        "heddle schedule 1\n# the second one first\n1 0\n0 0\n\n1 0 # write\n");

    const Ended ended =
        heddle({QStringLiteral("replay"), program, schedule, QStringLiteral("--json")});

    QCOMPARE(ended.exitCode, 0);
    const QJsonObject walk = ended.json();
    QCOMPARE(walk[QStringLiteral("program")].toString(), program);
    QCOMPARE(walk[QStringLiteral("end")].toString(), QStringLiteral("open"));
    const QJsonArray steps = walk[QStringLiteral("steps")].toArray();
    QCOMPARE(steps.size(), 3);
    QCOMPARE(steps.first()[QStringLiteral("actor")].toString(), QStringLiteral("adder[2]"));
    QCOMPARE(steps.first()[QStringLiteral("text")].toString(), QStringLiteral("read x"));
    const QJsonValue moment = walk[QStringLiteral("moment")];
    const QJsonValue variable = moment[QStringLiteral("variables")].toArray().first();
    QCOMPARE(variable[QStringLiteral("value")].toString(), QStringLiteral("1"));
    QCOMPARE(variable[QStringLiteral("last_writer")].toString(), QStringLiteral("adder[2]"));
    const QJsonValue first = moment[QStringLiteral("actors")].toArray().first();
    QCOMPARE(first[QStringLiteral("standing")].toString(), QStringLiteral("can move"));
    QCOMPARE(first[QStringLiteral("moves")].toArray().size(), 1);
}

void TestExploreCommand::aScheduleOfAnotherProgramIsRefused()
{
    const QString program = writeFile(QStringLiteral("table.hed"), kTable);
    const QString schedule =
        writeFile(QStringLiteral("other.txt"), "heddle schedule 1\n0 0\n1 0\n0 0\n");

    const Ended ended = heddle({QStringLiteral("replay"), program, schedule});

    QCOMPARE(ended.exitCode, 2);
    QCOMPARE(ended.output, QString());
    QVERIFY2(ended.messages.contains(QStringLiteral("Step 3")), qPrintable(ended.messages));
    QCOMPARE(ended.messages.count(u'\n'), 1);
}

void TestExploreCommand::whatIsNoScheduleIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a program") << kTable;
    QTest::newRow("a line too many") << QByteArray("heddle schedule 1\n0 0\nzero one\n");
    QTest::newRow("binary") << QByteArray("heddle schedule 1\n\0\1\2", 21);
    QTest::newRow("a negative actor") << QByteArray("heddle schedule 1\n-1 0\n");
    QTest::newRow("an actor beyond all numbers")
        << QByteArray("heddle schedule 1\n99999999999999999999 0\n");
}

void TestExploreCommand::whatIsNoScheduleIsRefused()
{
    QFETCH(QByteArray, bytes);
    const QString program = writeFile(QStringLiteral("table.hed"), kTable);
    const QString schedule = writeFile(QStringLiteral("bad.txt"), bytes);

    const Ended ended = heddle({QStringLiteral("replay"), program, schedule});

    QVERIFY2(ended.exitCode == 2, qPrintable(ended.output + ended.messages));
    QCOMPARE(ended.messages.count(u'\n'), 1);
}

void TestExploreCommand::aFailedAssertionIsReplayedToItsEnd()
{
    const QString program = writeFile(QStringLiteral("asserts.hed"), kAsserts);
    const QString schedule = path(QStringLiteral("fails.txt"));

    QCOMPARE(heddle({QStringLiteral("explore"), program, QStringLiteral("--schedule"), schedule})
                 .exitCode,
        1);
    const Ended ended = heddle({QStringLiteral("replay"), program, schedule});

    QCOMPARE(ended.exitCode, 1);
    QVERIFY2(ended.output.contains(QStringLiteral("main has failed: an assertion is false (sums)")),
        qPrintable(ended.output));
}

void TestExploreCommand::aReplayedScheduleIsARecording()
{
    const QString program = writeFile(QStringLiteral("table.hed"), kTable);
    const QString schedule = writeFile(QStringLiteral("bad.txt"), "heddle schedule 1\n0 0\n1 0\n");
    const QString trace = path(QStringLiteral("bad.pftrace"));
    const QString picture = path(QStringLiteral("bad.png"));

    const Ended replayed =
        heddle({QStringLiteral("replay"), program, schedule, QStringLiteral("--trace"), trace});
    const Ended stats = heddle({QStringLiteral("stats"), trace, QStringLiteral("--json")});
    const Ended rendered =
        heddle({QStringLiteral("render"), trace, QStringLiteral("--out"), picture});

    QCOMPARE(replayed.exitCode, 3);
    QVERIFY2(stats.exitCode == 0, qPrintable(stats.messages));
    QMap<QString, QString> waits;
    for (const QJsonValue& lane : stats.json()[QStringLiteral("lanes")].toArray())
        if (lane[QStringLiteral("kind")].toString() == QStringLiteral("thread"))
            for (const QJsonValue& wait : lane[QStringLiteral("waits")].toArray())
                waits.insert(lane[QStringLiteral("name")].toString(),
                    wait[QStringLiteral("object")].toString());
    QCOMPARE(waits.value(QStringLiteral("philosopher[0]")), QStringLiteral("fork[1]"));
    QCOMPARE(waits.value(QStringLiteral("philosopher[1]")), QStringLiteral("fork[0]"));
    QVERIFY2(rendered.exitCode == 0, qPrintable(rendered.messages));
    QVERIFY(QFile(picture).size() > 1000);
}

void TestExploreCommand::anInterruptEndsTheSearchWithWhatIsKnown()
{
    QProcess process;
    process.start(QStringLiteral(HEDDLE_EXECUTABLE),
        words("explore - --json --max-seconds 40 --max-states 900000000"));
    process.write(kLarge);
    process.closeWriteChannel();
    QTRY_VERIFY_WITH_TIMEOUT(catches(process.processId(), SIGINT), 20'000);

    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    const Ended ended = endOf(process);

    QCOMPARE(ended.exitCode, -SIGINT);
    QCOMPARE(ended.json()[QStringLiteral("verdict")].toString(), QStringLiteral("undecided"));
    QVERIFY2(ended.json()[QStringLiteral("limit")].toString().contains(QStringLiteral("stopped")),
        qPrintable(ended.output));
}

QTEST_GUILESS_MAIN(TestExploreCommand)
#include "tst_explore_command.moc"

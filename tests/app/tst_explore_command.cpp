// SPDX-License-Identifier: GPL-3.0-only
#include "tests/app/heddle_command.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

using namespace heddle::tests;

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

Ended explore(const QByteArray& program, const QStringList& options = {})
{
    return runHeddle(
        QStringList{QStringLiteral("explore"), QStringLiteral("-")} + options, program);
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
    void init() { QVERIFY(m_folder.isValid()); }
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
    void anInterruptEndsTheSearchWithWhatIsKnown();

private:
    QTemporaryDir m_folder;
};

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
    const Ended ended = runHeddle(words("explore conditions/lost_notify --json"));

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

    const Ended ended = runHeddle(arguments, kHolds);

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
    const QString program = writeFile(m_folder, QStringLiteral("table.hed"), kTable);

    const Ended ended = runHeddle({QStringLiteral("explore"), program, QStringLiteral("--schedule"),
        QStringLiteral("/dev/full")});

    QCOMPARE(ended.exitCode, 6);
    QVERIFY(ended.messages.contains(QStringLiteral("/dev/full")));
    QVERIFY(!QFileInfo(QStringLiteral("/dev/full")).isFile()); // it is a device, as before
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

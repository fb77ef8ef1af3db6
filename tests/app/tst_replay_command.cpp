// SPDX-License-Identifier: GPL-3.0-only
#include "tests/app/heddle_command.h"

#include <QJsonArray>
#include <QTest>

using namespace heddle::tests;

namespace {

const QByteArray kLost = "program \"Lost\"\nshared x = 0\nthread adder[i in 1..2]:\n"
                         "    x = x + 1\nexpect final x == 2\n";
const QByteArray kAsserts = "program \"Asserts\"\nmain:\n    assert 1 == 2, \"sums\"\n";
const QByteArray kTable = "program \"Table\"\nconst N = 2\nmutex fork[N]\n"
                          "thread philosopher[i in 0..N-1]:\n"
                          "    with fork[i]:\n"
                          "        with fork[(i + 1) % N]:\n"
                          "            pass\n";

} // namespace

class TestReplayCommand : public QObject
{
    Q_OBJECT

private slots:
    void init() { QVERIFY(m_folder.isValid()); }
    void aScheduleIsReplayed();
    void replayHasTheKeysOfTheContract();
    void aScheduleOfAnotherProgramIsRefused();
    void whatIsNoScheduleIsRefused_data();
    void whatIsNoScheduleIsRefused();
    void aFailedAssertionIsReplayedToItsEnd();
    void aReplayedScheduleIsARecording();

private:
    QTemporaryDir m_folder;
};

void TestReplayCommand::aScheduleIsReplayed()
{
    const QString program = writeFile(m_folder, QStringLiteral("table.hed"), kTable);
    const QString schedule = m_folder.filePath(QStringLiteral("bad.txt"));

    const Ended explored = runHeddle({QStringLiteral("explore"), program, QStringLiteral("--set"),
        QStringLiteral("N=3"), QStringLiteral("--schedule"), schedule});
    const Ended replayed = runHeddle({QStringLiteral("replay"), program, schedule,
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

void TestReplayCommand::replayHasTheKeysOfTheContract()
{
    const QString program = writeFile(m_folder, QStringLiteral("lost.hed"), kLost);
    const QString schedule = writeFile(m_folder, QStringLiteral("some.txt"),
        "heddle schedule 1\n# the second one first\n1 0\n0 0\n\n1 0 # write\n");

    const Ended ended =
        runHeddle({QStringLiteral("replay"), program, schedule, QStringLiteral("--json")});

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

void TestReplayCommand::aScheduleOfAnotherProgramIsRefused()
{
    const QString program = writeFile(m_folder, QStringLiteral("table.hed"), kTable);
    const QString schedule =
        writeFile(m_folder, QStringLiteral("other.txt"), "heddle schedule 1\n0 0\n1 0\n0 0\n");

    const Ended ended = runHeddle({QStringLiteral("replay"), program, schedule});

    QCOMPARE(ended.exitCode, 2);
    QCOMPARE(ended.output, QString());
    QVERIFY2(ended.messages.contains(QStringLiteral("Step 3")), qPrintable(ended.messages));
    QCOMPARE(ended.messages.count(u'\n'), 1);
}

void TestReplayCommand::whatIsNoScheduleIsRefused_data()
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

void TestReplayCommand::whatIsNoScheduleIsRefused()
{
    QFETCH(QByteArray, bytes);
    const QString program = writeFile(m_folder, QStringLiteral("table.hed"), kTable);
    const QString schedule = writeFile(m_folder, QStringLiteral("bad.txt"), bytes);

    const Ended ended = runHeddle({QStringLiteral("replay"), program, schedule});

    QVERIFY2(ended.exitCode == 2, qPrintable(ended.output + ended.messages));
    QCOMPARE(ended.messages.count(u'\n'), 1);
}

void TestReplayCommand::aFailedAssertionIsReplayedToItsEnd()
{
    const QString program = writeFile(m_folder, QStringLiteral("asserts.hed"), kAsserts);
    const QString schedule = m_folder.filePath(QStringLiteral("fails.txt"));

    QCOMPARE(runHeddle({QStringLiteral("explore"), program, QStringLiteral("--schedule"), schedule})
                 .exitCode,
        1);
    const Ended ended = runHeddle({QStringLiteral("replay"), program, schedule});

    QCOMPARE(ended.exitCode, 1);
    QVERIFY2(ended.output.contains(QStringLiteral("main has failed: an assertion is false (sums)")),
        qPrintable(ended.output));
}

void TestReplayCommand::aReplayedScheduleIsARecording()
{
    const QString program = writeFile(m_folder, QStringLiteral("table.hed"), kTable);
    const QString schedule =
        writeFile(m_folder, QStringLiteral("bad.txt"), "heddle schedule 1\n0 0\n1 0\n");
    const QString trace = m_folder.filePath(QStringLiteral("bad.pftrace"));
    const QString picture = m_folder.filePath(QStringLiteral("bad.png"));

    const Ended replayed =
        runHeddle({QStringLiteral("replay"), program, schedule, QStringLiteral("--trace"), trace});
    const Ended stats = runHeddle({QStringLiteral("stats"), trace, QStringLiteral("--json")});
    const Ended rendered =
        runHeddle({QStringLiteral("render"), trace, QStringLiteral("--out"), picture});

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

QTEST_GUILESS_MAIN(TestReplayCommand)
#include "tst_replay_command.moc"

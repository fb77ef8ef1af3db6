// SPDX-License-Identifier: GPL-3.0-only
#include "engine/run/watched_run.h"
#include "tests/app/heddle_command.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace heddle::tests;

namespace {

const QByteArray kProgram = "program \"Two\"\nmutex a\nmutex b\n"
                            "thread one:\n    with a:\n        with b:\n            say \"one\"\n"
                            "thread two:\n    with b:\n        with a:\n            say \"two\"\n"
                            "expect deadlock reachable\n";
const QByteArray kStuck = "heddle schedule 1\n0 0\n1 0\n";
const QByteArray kTwoFirst =
    "heddle schedule 1\n1 0\n1 0\n1 0\n1 0\n1 0\n0 0\n0 0\n0 0\n0 0\n0 0\n";

QStringList linesOf(const QJsonObject& report)
{
    QStringList lines;
    for (const QJsonValue& line : report[QStringLiteral("output")].toArray())
        lines += line[QStringLiteral("text")].toString();
    return lines;
}

} // namespace

class TestReplayReal : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        write(path("two.hed"), kProgram);
        write(path("stuck"), kStuck);
        write(path("two-first"), kTwoFirst);
    }
    void theThreadsFollowTheSchedule();
    void aDeadlockIsFoundAndHasItsExitCode();
    void manyRunsAreCounted();
    void theRecordingIsKept();
    void whatExploreFoundIsReplayed();
    void badSchedulesAreRefused();
    void optionsOfRealRunsNeedOne();
    void theWindowsRunFollowsASchedule();

private:
    [[nodiscard]] QString path(const char* name) const
    {
        return m_folder.filePath(QString::fromLatin1(name));
    }
    static void write(const QString& path, const QByteArray& text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    [[nodiscard]] Ended replay(const char* schedule, const QStringList& options) const
    {
        return runHeddle(QStringList{QStringLiteral("replay"), path("two.hed"), path(schedule),
                             QStringLiteral("--real")}
            + options);
    }

    QTemporaryDir m_folder;
};

void TestReplayReal::theThreadsFollowTheSchedule()
{
    const Ended ended = replay("two-first", {QStringLiteral("--json")});

    QVERIFY2(ended.exitCode == 0, qPrintable(ended.messages));
    QCOMPARE(linesOf(ended.json()), (QStringList{QStringLiteral("two"), QStringLiteral("one")}));
}

void TestReplayReal::aDeadlockIsFoundAndHasItsExitCode()
{
    const Ended ended = replay("stuck", {QStringLiteral("--json")});

    QCOMPARE(ended.exitCode, 3);
    QCOMPARE(ended.json()[QStringLiteral("verdict")].toString(), QStringLiteral("deadlock"));
    QCOMPARE(ended.json()[QStringLiteral("deadlock")][QStringLiteral("cycle")].toArray().size(), 2);
}

void TestReplayReal::manyRunsAreCounted()
{
    const Ended ended = replay(
        "stuck", {QStringLiteral("--repeat"), QStringLiteral("5"), QStringLiteral("--json")});

    QCOMPARE(ended.exitCode, 3);
    QCOMPARE(ended.json()[QStringLiteral("verdicts")][QStringLiteral("deadlock")].toInt(), 5);
}

void TestReplayReal::theRecordingIsKept()
{
    const QString trace = path("two.pftrace");

    const Ended ended = replay("two-first", {QStringLiteral("--trace"), trace});

    QVERIFY2(ended.exitCode == 0, qPrintable(ended.messages));
    QCOMPARE(runHeddle({QStringLiteral("stats"), trace}).exitCode, 0);
}

void TestReplayReal::whatExploreFoundIsReplayed()
{
    const QString schedule = path("found");
    const Ended explored = runHeddle({QStringLiteral("explore"),
        QStringLiteral("locks/opposite_order"), QStringLiteral("--schedule"), schedule});
    QVERIFY2(QFile::exists(schedule), qPrintable(explored.messages));

    const Ended ended = runHeddle({QStringLiteral("replay"), QStringLiteral("locks/opposite_order"),
        schedule, QStringLiteral("--real"), QStringLiteral("--repeat"), QStringLiteral("3"),
        QStringLiteral("--json")});

    QCOMPARE(ended.json()[QStringLiteral("verdicts")][QStringLiteral("deadlock")].toInt(), 3);
}

void TestReplayReal::badSchedulesAreRefused()
{
    write(path("nobody"), "heddle schedule 1\n7 0\n");
    write(path("damaged"), "no schedule\n");

    for (const char* schedule : {"nobody", "damaged", "absent"}) {
        const Ended ended = replay(schedule, {});
        QCOMPARE(ended.exitCode, 2);
        QCOMPARE(ended.output, QString());
        QCOMPARE(ended.messages.count(u'\n'), 1);
    }
}

void TestReplayReal::optionsOfRealRunsNeedOne()
{
    const Ended ended = runHeddle({QStringLiteral("replay"), path("two.hed"), path("stuck"),
        QStringLiteral("--timeout"), QStringLiteral("1s")});

    QCOMPARE(ended.exitCode, 2);
}

void TestReplayReal::theWindowsRunFollowsASchedule()
{
    heddle::RunOptions options;
    options.schedule = *heddle::readSchedule(kTwoFirst.toStdString());
    std::promise<heddle::RunReport> promise;
    heddle::WatchedRun::Listener listener;
    listener.ended = [&](heddle::RunReport report) { promise.set_value(std::move(report)); };

    const auto run = heddle::WatchedRun::start(
        HEDDLE_EXECUTABLE, {"two", kProgram.toStdString()}, options, listener);
    QVERIFY(run);
    std::future<heddle::RunReport> ended = promise.get_future();
    QVERIFY(ended.wait_for(std::chrono::seconds(50)) == std::future_status::ready);
    const heddle::RunRecord record = ended.get().record;

    QCOMPARE(record.problem, std::string());
    QCOMPARE(record.output.size(), std::size_t{2});
    QCOMPARE(record.output[0].text, std::string("two"));
}

QTEST_GUILESS_MAIN(TestReplayReal)
#include "tst_replay_real.moc"

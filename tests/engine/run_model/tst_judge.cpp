// SPDX-License-Identifier: GPL-3.0-only
#include "engine/base/json_writer.h"
#include "engine/model/program/compiler.h"
#include "engine/model/run/judge.h"
#include "engine/model/trace/trace_builder.h"
#include "engine/model/trace/track.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <csignal>

using namespace heddle;

namespace {

constexpr std::int64_t kMillisecond = 1'000'000;

std::shared_ptr<const Code> compiled(const std::string& expectations)
{
    const std::string top = "shared x = 0\nmutex m\nthread w[i in 1..2]:\n    raise Bad\nthread "
                            "u:\n    section \"s\":\n"
                            "        assert x == 0, \"zero\"\n";
    return compileProgram(top + expectations).code;
}

/// A run that came to its end: w[1] said "a" twice, u said "b", in 300 ms.
RunRecord record()
{
    RunRecord run;
    run.nanoseconds = 300 * kMillisecond;
    run.output = {{10 * kMillisecond, "w[1]", false, "a"}, {100 * kMillisecond, "u", false, "b"},
        {200 * kMillisecond, "w[1]", false, "a"}};
    return run;
}

DeadlockReport deadlock()
{
    DeadlockReport report;
    report.links = {{"w[1]", "m", "u", 4}, {"u", "w[1]", "w[1]", 6}};
    return report;
}

QString judged(const RunReport& report)
{
    const auto& first = report.expectations.front();
    return first.status == JudgedExpectation::Status::Held  ? "held"
        : first.status == JudgedExpectation::Status::Failed ? "failed"
                                                            : "unchecked";
}

QString judgedLine(const QString& line, const RunRecord& run)
{
    const auto code = compiled("expect " + line.toStdString() + "\n");
    return code ? judged(judge(*code, run, nullptr)) : "does not compile";
}

} // namespace

class TestJudge : public QObject
{
    Q_OBJECT
private slots:
    void aRunToItsEndIsJudged_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* line, const char* expected) {
            QTest::newRow(line) << QString(line) << QString(expected);
        };
        row("terminates", "held");
        row("deadlock free", "held");
        row("deadlock reachable", "unchecked");
        row("stuck u free", "held");
        row("stuck u reachable", "unchecked");
        row("livelock free", "unchecked");
        row("starvation of u reachable", "unchecked");
        row("race free", "unchecked");
        row("race on x", "unchecked");
        row("schedules == 3", "unchecked");
        row("exception Bad free", "held");
        row("assert holds", "held");
        row("assert fails \"zero\"", "unchecked");
        row("said \"a\"", "held");
        row("said \"a\" 2 times", "held");
        row("said \"a\" 3 times", "failed");
        row("said \"a\" at most 1 times", "failed");
        row("said \"?\" at least 3 times", "held");
        row("said \"a\" by w 2 times", "held");
        row("said \"a\" by w[1]", "held");
        row("said \"a\" by w[2]", "failed");
        row("said \"a\" by u", "failed");
        row("said \"b\" before \"a\"", "failed");
        row("said \"a\" before \"b\"", "failed");
        row("said \"c\" before \"b\"", "failed");
        row("said \"b\" after 100ms", "held");
        row("said \"b\" after 101ms", "failed");
        row("said \"b\" after 90ms from \"a\"", "held");
        row("said \"b\" after 91ms from \"a\"", "failed");
        row("said \"b\" within 1ms", "held");
        row("never said \"c*\"", "held");
        row("never said \"b\"", "failed");
        row("output \"a\", \"b\", \"a\"", "held");
        row("output \"a\", \"a\", \"b\"", "failed");
        row("output \"a\", \"b\"", "failed");
        row("output in any order \"a\", \"a\", \"b\"", "held");
        row("output in any order \"a\", \"b\", \"b\"", "failed");
        row("outcomes {\"a; b; a\", \"x\"}", "held");
        row("outcomes {\"a; a; b\"}", "failed");
        row("never raised Bad", "held");
        row("raised Bad", "failed");
        row("exit program in {0}", "held");
        row("exit program in {1..3}", "failed");
        row("lasts at least 300ms", "held");
        row("lasts at least 301ms", "failed");
        row("lasts at most 1ms", "held");
    }
    void aRunToItsEndIsJudged()
    {
        QFETCH(QString, line);
        QTEST(judgedLine(line, record()), "expected");
    }
    void lastAComesBeforeFirstB()
    {
        RunRecord run = record();
        run.output.pop_back();
        QCOMPARE(judgedLine("said \"a\" before \"b\"", run), QString("held"));
        QCOMPARE(judgedLine("said \"b\" before \"a\"", run), QString("failed"));
    }
    void upperBoundsHaveSlack()
    {
        RunRecord run = record();
        run.slackNanoseconds = 50 * kMillisecond;
        QCOMPARE(judgedLine("lasts at most 250ms", run), QString("held"));
        QCOMPARE(judgedLine("lasts at most 249ms", run), QString("failed"));
        QCOMPARE(judgedLine("said \"b\" within 50ms", run), QString("held"));
        QCOMPARE(judgedLine("said \"b\" within 49ms", run), QString("failed"));
    }
    void aDeadlockIsJudged()
    {
        RunRecord run = record();
        run.end = RunRecord::End::Deadlocked;
        run.deadlocks.push_back(deadlock());
        QCOMPARE(judgedLine("terminates", run), QString("failed"));
        QCOMPARE(judgedLine("deadlock free", run), QString("failed"));
        QCOMPARE(judgedLine("deadlock reachable", run), QString("held"));
        QCOMPARE(judgedLine("stuck w reachable", run), QString("held"));
        QCOMPARE(judgedLine("stuck w[2] free", run), QString("held"));
        QCOMPARE(judgedLine("final x == 0", run), QString("unchecked"));
        const RunReport report = judge(*compiled("expect deadlock reachable\n"), run, nullptr);
        QVERIFY(report.verdict == RunVerdict::Deadlock);
        QCOMPARE(report.exitCode(), 3);
    }
    void finalValuesAreJudged_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("expected");
        QTest::newRow("equal") << "final x == 3"
                               << "held";
        QTest::newRow("not equal") << "final x == 4"
                                   << "failed";
        QTest::newRow("in the set") << "final x in {1, 3..5}"
                                    << "held";
        QTest::newRow("not in the set") << "final x in {1, 4..5}"
                                        << "failed";
        QTest::newRow("never") << "final x never 3"
                               << "failed";
        QTest::newRow("never another") << "final x never 4"
                                       << "held";
        QTest::newRow("can be, seen") << "final x can be 3"
                                      << "held";
        QTest::newRow("can be, not seen") << "final x can be 4"
                                          << "unchecked";
    }
    void finalValuesAreJudged()
    {
        QFETCH(QString, line);
        RunRecord run = record();
        run.finals = {{0, Value::integer(3)}};
        QTEST(judgedLine(line, run), "expected");
    }
    void droppedLinesAreNeverCalledHeld()
    {
        RunRecord run = record();
        run.outputDropped = 5;
        QCOMPARE(judgedLine("never said \"c\"", run), QString("unchecked"));
        QCOMPARE(judgedLine("never said \"b\"", run), QString("failed"));
        QCOMPARE(judgedLine("said \"a\" 2 times", run), QString("unchecked"));
        QCOMPARE(judgedLine("said \"a\" 3 times", run), QString("unchecked"));
        QCOMPARE(judgedLine("said \"a\"", run), QString("held"));
        QCOMPARE(judgedLine("output \"a\", \"b\", \"a\"", run), QString("unchecked"));
    }
    void aStoppedRunDecidesOnlyWhatItHasShown()
    {
        RunRecord run = record();
        run.end = RunRecord::End::Stopped;
        QCOMPARE(judgedLine("terminates", run), QString("unchecked"));
        QCOMPARE(judgedLine("deadlock free", run), QString("unchecked"));
        QCOMPARE(judgedLine("never said \"b\"", run), QString("failed"));
        run.deadlocks.push_back(deadlock());
        QCOMPARE(judgedLine("deadlock reachable", run), QString("held"));
        QCOMPARE(judgedLine("deadlock free", run), QString("failed"));
    }
    void everyExitCodeMustBeExpected()
    {
        RunRecord run = record();
        run.exits = {{"p[1]", 0}, {"p[2]", 7}};
        const auto judgedExit = [&run](const std::string& line) {
            const auto code =
                compileProgram("process p[i in 1..2]:\n    exit i\nexpect " + line + "\n").code;
            return code ? judged(judge(*code, run, nullptr)) : "does not compile";
        };
        QCOMPARE(judgedExit("exit p in {0}"), QString("failed"));
        QCOMPARE(judgedExit("exit p in {0, 7}"), QString("held"));
        QCOMPARE(judgedExit("exit p[1] in {0}"), QString("held"));
        QCOMPARE(judgedExit("exit p[2] in {0}"), QString("failed"));
    }
    void theCodeOfAProgramThatWasEndedIsNotItsOwn()
    {
        RunRecord run = record();
        run.exitCode = -SIGTERM;
        QCOMPARE(judgedLine("exit program in {0}", run), QString("failed"));
        for (const auto end : {RunRecord::End::Deadlocked, RunRecord::End::TimedOut}) {
            run.end = end;
            QCOMPARE(judgedLine("exit program in {0}", run), QString("unchecked"));
        }
    }
    void unexpectedFailuresFailTheRun()
    {
        RunRecord run = record();
        run.failedAssertions = {{0, "assert", "zero", "u", 7, true}};
        QVERIFY(judge(*compiled(""), run, nullptr).verdict == RunVerdict::Failed);
        QVERIFY(judge(*compiled("expect assert fails \"zero\"\n"), run, nullptr).verdict
            == RunVerdict::Ok);
        QVERIFY(
            judge(*compiled("expect assert holds\n"), run, nullptr).verdict == RunVerdict::Failed);
        run.failedAssertions.clear();
        run.raised = {{0, "Bad", "", "w[1]", 4, true}};
        QVERIFY(judge(*compiled(""), run, nullptr).verdict == RunVerdict::Ok);
        run.raised.front().actor = "main";
        QVERIFY(judge(*compiled(""), run, nullptr).verdict == RunVerdict::Failed);
        QVERIFY(judge(*compiled("expect exception Bad reachable\n"), run, nullptr).verdict
            == RunVerdict::Ok);
        run.exitCode = 1;
        QVERIFY(judge(*compiled("expect exit program in {1}\n"), run, nullptr).verdict
            == RunVerdict::Ok);
        QVERIFY(judge(*compiled("expect exit program in {0}\n"), run, nullptr).verdict
            == RunVerdict::Failed);
    }
    void everyEndHasItsVerdictAndExitCode_data()
    {
        QTest::addColumn<int>("end");
        QTest::addColumn<QString>("verdict");
        QTest::addColumn<int>("code");
        using End = RunRecord::End;
        QTest::newRow("ended") << int(End::Ended) << "ok" << 0;
        QTest::newRow("deadlocked") << int(End::Deadlocked) << "deadlock" << 3;
        QTest::newRow("timed out") << int(End::TimedOut) << "timeout" << 4;
        QTest::newRow("stopped") << int(End::Stopped) << "stopped" << 130;
        QTest::newRow("crashed") << int(End::Crashed) << "error" << 1;
        QTest::newRow("refused") << int(End::Refused) << "error" << 6;
    }
    void everyEndHasItsVerdictAndExitCode()
    {
        QFETCH(int, end);
        QFETCH(int, code);
        RunRecord run = record();
        run.end = RunRecord::End(end);
        const RunReport report = judge(*compiled(""), run, nullptr);
        QTEST(QString(toText(report.verdict)), "verdict");
        QCOMPARE(report.exitCode(), code);
    }
    void declaredInvariantsAreExpectedToHold()
    {
        const auto code =
            compiled("invariant \"few\" inside(\"s\") <= 1\ninvariant \"x\" x == 0\n");
        const RunReport report = judge(*code, record(), nullptr);
        QCOMPARE(report.expectations.size(), std::size_t{2});
        QCOMPARE(report.expectations.front().text, std::string("invariant \"few\" holds"));
        QVERIFY(report.expectations.back().status == JudgedExpectation::Status::Unchecked);
    }
    void anInvariantOverSectionsIsJudgedByTheTrace_data()
    {
        QTest::addColumn<qlonglong>("secondBegin");
        QTest::addColumn<qulonglong>("lost");
        QTest::addColumn<QString>("holds");
        QTest::addColumn<QString>("violated");
        QTest::newRow("one after the other") << 250LL << 0ULL << "held"
                                             << "unchecked";
        QTest::newRow("just when the other ends") << 200LL << 0ULL << "held"
                                                  << "unchecked";
        QTest::newRow("together") << 199LL << 0ULL << "failed"
                                  << "held";
        QTest::newRow("lost events") << 250LL << 1ULL << "unchecked"
                                     << "unchecked";
    }
    void anInvariantOverSectionsIsJudgedByTheTrace()
    {
        QFETCH(qlonglong, secondBegin);
        QFETCH(qulonglong, lost);
        TraceBuilder builder;
        builder.defineName(NameId{1}, "s");
        const std::vector<std::pair<std::int64_t, std::int64_t>> stays = {
            {100, 200}, {secondBegin, secondBegin + 50}};
        for (const auto& [begin, end] : stays) {
            const LaneId lane = builder.addLane(Lane{});
            Slice slice;
            slice.begin = begin;
            slice.end = end;
            slice.state = State::Section;
            slice.name = NameId{1};
            builder.addSlice(builder.addTrack(lane, TrackKind::Section, 0), slice);
        }
        builder.setEnd(400);
        RecorderFigures figures;
        figures.lost = lost;
        builder.setRecorder(figures);
        builder.finish();
        const std::string invariant = "invariant \"few\" inside(\"s\") <= 1\n";
        const auto holds = compiled(invariant + "expect invariant \"few\" holds\n");
        const auto violated = compiled(invariant + "expect invariant \"few\" violated\n");
        QTEST(judged(judge(*holds, record(), builder.trace())), "holds");
        QTEST(judged(judge(*violated, record(), builder.trace())), "violated");
    }
    void aDeadlockIsSaidInOneSentence()
    {
        QCOMPARE(deadlock().sentence(),
            std::string("w[1] waits for m held by u; u waits for w[1] held by w[1]"));
        DeadlockReport lonely;
        lonely.isCycle = false;
        lonely.links = {{"u", "c", "", 3}};
        QCOMPARE(
            lonely.sentence(), std::string("u waits for c; nobody is left who could wake them"));
    }
    void theReportIsJsonWithTheKeysOfTheContract()
    {
        RunRecord run = record();
        run.end = RunRecord::End::Deadlocked;
        run.deadlocks.push_back(deadlock());
        run.output.push_back({0, "u", true, std::string("a\0\x01\"\\\n\xFF\xC3", 8)});
        run.actors.push_back({"u", "thread", "waiting", 5, std::nullopt});
        const RunReport report = judge(*compiled("expect terminates\n"), run, nullptr);
        QJsonParseError problem;
        const QJsonObject json =
            QJsonDocument::fromJson(QByteArray::fromStdString(report.toJson()), &problem).object();
        QCOMPARE(problem.error, QJsonParseError::NoError);
        for (const char* key : {"program", "verdict", "seconds", "expectations", "deadlock",
                 "output", "actors", "recorder", "scheduler_data"})
            QVERIFY2(json.contains(key), key);
        const QJsonArray cycle = json["deadlock"]["cycle"].toArray();
        QCOMPARE(cycle.at(0)["waits_for"].toString(), QString("m"));
        QCOMPARE(json["output"][3]["text"].toString(),
            QString::fromUtf8("a") + QChar(0) + QChar(1) + "\"\\\n" + QChar(0xFFFD)
                + QChar(0xFFFD));
        QCOMPARE(json["output"][3]["stream"].toString(), QString("stderr"));
        QVERIFY(json["actors"][0]["exit"].isNull());
    }
    void numbersThatJsonCannotHoldAreNull()
    {
        JsonWriter json;
        json.beginArray()
            .number(1.0 / 3)
            .number(std::numeric_limits<double>::infinity())
            .integer(INT64_MIN)
            .boolean(true)
            .endArray();
        QCOMPARE(json.result(), std::string("[0.333333333,null,-9223372036854775808,true]"));
    }
};

QTEST_APPLESS_MAIN(TestJudge)
#include "tst_judge.moc"

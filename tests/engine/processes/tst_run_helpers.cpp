// SPDX-License-Identifier: GPL-3.0-only
#include "tests/support/leftovers.h"
#include "tests/support/shell_commands.h"

#include <QTest>

#include <cstdlib>

#include <signal.h>

using namespace heddle;
using namespace heddle::tests;
using std::chrono::milliseconds;

namespace {

SpawnOptions shell(std::string script)
{
    SpawnOptions options;
    options.interpreter = SpawnOptions::Interpreter::Shell;
    options.arguments = {std::move(script)};
    return options;
}

} // namespace

class TestRunHelpers : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }

    void inputAndOutputsGoThroughPipes();
    void aStreamCannotBeRedirectedTwice();
    void theLimitEndsTheChildAtOnce();
    void withoutALimitABackgroundProcessDelays();
    void checkingMakesAFailureAnError();
    void whoHasWaitedMayCheckAfterwards();
    void outputIsCheckedAndStdinEmpty();
    void callsTellTheStatusOnly();
    void textOfAScript_data();
    void textOfAScript();
    void failuresSayWhatHappened_data();
    void failuresSayWhatHappened();

private:
    std::optional<Leftovers> m_before;
};

// rows: SP-23
void TestRunHelpers::inputAndOutputsGoThroughPipes()
{
    Command command;
    command.spawn = shell("cat; echo error >&2; exit 5");
    command.input = "text";
    command.capture = Command::Capture::OutputAndErrors;

    const ProcessResult result = runCommand(command);

    QVERIFY(result);
    QCOMPARE(result->status.returnCode(), 5);
    QCOMPARE(*result->output, std::string("text"));
    QCOMPARE(*result->errors, std::string("error\n"));
    QCOMPARE(result->arguments, command.spawn.arguments);
}

// rows: SP-23
void TestRunHelpers::aStreamCannotBeRedirectedTwice()
{
    Command withInput;
    withInput.spawn = shell("exit 0");
    withInput.input = "";
    withInput.spawn.standardInput = Redirection::toNull();
    Command withCapture;
    withCapture.spawn = shell("exit 0");
    withCapture.capture = Command::Capture::Output;
    withCapture.spawn.standardOutput = Redirection::toNull();

    Command withErrors = withCapture;
    withErrors.capture = Command::Capture::OutputAndErrors;
    withErrors.spawn.standardOutput = {};
    withErrors.spawn.standardError = Redirection::toNull();

    for (const Command& command : {withInput, withCapture, withErrors}) {
        const ProcessResult result = runCommand(command);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ProcessFailure::Kind::NotStarted);
        QCOMPARE(result.error().error.kind, ErrorKind::InvalidArgument);
    }
}

// rows: SP-23
void TestRunHelpers::theLimitEndsTheChildAtOnce()
{
    Command command;
    command.spawn = shell("sleep 30 & echo $!; wait"); // the grandchild holds the pipe
    command.capture = Command::Capture::Output;
    command.limit = milliseconds(300);
    const nanoseconds before = monotonicNow();

    const ProcessResult result = runCommand(command);

    QVERIFY(!result);
    QCOMPARE(result.error().kind, ProcessFailure::Kind::TimedOut);
    const auto grandchild = static_cast<pid_t>(std::atoi(result.error().output->c_str()));
    QVERIFY(grandchild > 1);
    QCOMPARE(::kill(grandchild, SIGKILL), 0); // it lived on
    QCOMPARE(*result.error().limit, nanoseconds(milliseconds(300)));
    QVERIFY(monotonicNow() - before >= milliseconds(300));
    QVERIFY(monotonicNow() - before < std::chrono::seconds(10)); // not the grandchild's 30
}

// rows: SP-23
void TestRunHelpers::withoutALimitABackgroundProcessDelays()
{
    Command command;
    command.spawn = shell("(sleep 0.3; echo late) & echo early");
    command.capture = Command::Capture::Output;

    ProcessResult result = runCommand(command);

    QVERIFY(result);
    QCOMPARE(*result->output, std::string("early\nlate\n"));
}

// rows: SP-24 SP-25
void TestRunHelpers::checkingMakesAFailureAnError()
{
    Command command;
    command.spawn = shell("echo out; echo error >&2; exit 47");
    command.capture = Command::Capture::OutputAndErrors;
    command.failure = Command::Failure::IsAnError;

    const ProcessResult result = runCommand(command);

    QVERIFY(!result);
    QCOMPARE(result.error().kind, ProcessFailure::Kind::Failed);
    QCOMPARE(result.error().status->returnCode(), 47);
    QCOMPARE(*result.error().output, std::string("out\n"));
    QCOMPARE(*result.error().errors, std::string("error\n"));
    QCOMPARE(result.error().arguments, command.spawn.arguments);
}

// rows: SP-24 SP-25
void TestRunHelpers::whoHasWaitedMayCheckAfterwards()
{
    const FinishedProcess good{{"good"}, {}, "text", {}};
    const FinishedProcess bad{{"bad", "one"}, {3, 0, true}, "output", "errors"};

    const ProcessResult passed = requireSuccess(good);
    const ProcessResult failed = requireSuccess(bad);

    QVERIFY(passed);
    QCOMPARE(*passed->output, std::string("text"));
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, ProcessFailure::Kind::Failed);
    QCOMPARE(failed.error().text(), std::string("command 'bad one' ended with exit code 3"));
    QCOMPARE(*failed.error().output, std::string("output"));
    QCOMPARE(*failed.error().errors, std::string("errors"));
    QCOMPARE(failed.error().status->returnCode(), 3);
}

// rows: SP-24
void TestRunHelpers::outputIsCheckedAndStdinEmpty()
{
    ProcessResult empty = checkOutput(shell("cat; echo end"));
    ProcessResult filled = checkOutput(shell("cat"), "text");
    const ProcessResult failed = checkOutput(shell("echo out; exit 5"));
    const ProcessResult late = checkOutput(shell("echo out; exec sleep 30"), {}, milliseconds(300));

    QVERIFY(empty && filled);
    QCOMPARE(*empty->output, std::string("end\n"));
    QCOMPARE(*filled->output, std::string("text"));
    QVERIFY(!failed && !late);
    QCOMPARE(*failed.error().output, std::string("out\n"));
    QCOMPARE(late.error().kind, ProcessFailure::Kind::TimedOut);
    QCOMPARE(*late.error().output, std::string("out\n"));
}

// rows: SP-24
void TestRunHelpers::callsTellTheStatusOnly()
{
    SpawnOptions noProgram;
    noProgram.arguments = {"/no/such/program"};

    ProcessResult called = callCommand(shell("exit 47"));
    const ProcessResult checked = checkCall(shell("exit 47"));
    const ProcessResult late = callCommand(shell("exec sleep 30"), milliseconds(50));
    const ProcessResult missing = checkCall(noProgram);

    QVERIFY(called);
    QCOMPARE(called->status.returnCode(), 47);
    QVERIFY(!checked && !late && !missing);
    QCOMPARE(checked.error().status->returnCode(), 47);
    QCOMPARE(late.error().kind, ProcessFailure::Kind::TimedOut);
    QCOMPARE(missing.error().kind, ProcessFailure::Kind::NotStarted);
    QCOMPARE(missing.error().error.systemErrno, ENOENT);
}

void TestRunHelpers::textOfAScript_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("returnCode");
    QTest::addColumn<QString>("text");
    QTest::newRow("one line") << "echo text" << 0 << "text";
    QTest::newRow("one line end goes") << "printf 'a\\n\\n'" << 0 << "a\n";
    QTest::newRow("both streams") << "echo out; echo error >&2" << 0 << "out\nerror";
    QTest::newRow("code") << "echo out; exit 3" << 3 << "out";
    QTest::newRow("signal") << "echo out; kill -KILL $$" << -9 << "out";
    QTest::newRow("signal inside") << "sh -c 'kill -KILL $$' 2>/dev/null; exit $?" << 137 << "";
    QTest::newRow("line ends") << "printf 'a\\r\\nb\\r'" << 0 << "a\nb";
}

// rows: SP-24 SP-03
void TestRunHelpers::textOfAScript()
{
    QFETCH(QString, script);
    QFETCH(int, returnCode);
    QFETCH(QString, text);

    const Result<StatusAndOutput> result = statusAndOutputOf(script.toStdString());

    QVERIFY(result);
    QCOMPARE(result->returnCode, returnCode);
    QCOMPARE(QString::fromStdString(result->output), text);
}

void TestRunHelpers::failuresSayWhatHappened_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("text");
    QTest::newRow("code") << "exit 3"
                          << "command 'exit 3' ended with exit code 3";
    QTest::newRow("signal") << "kill -SEGV $$"
                            << "command 'kill -SEGV $$' was ended by signal 11 (SIGSEGV)";
    QTest::newRow("unknown signal") << "kill -33 $$"
                                    << "command 'kill -33 $$' was ended by unknown signal 33";
    QTest::newRow("time") << "exec sleep 30"
                          << "command 'exec sleep 30' was not done after 0.2 seconds";
}

// rows: SP-25
void TestRunHelpers::failuresSayWhatHappened()
{
    QFETCH(QString, script);
    QFETCH(QString, text);

    std::optional<nanoseconds> limit;
    if (script.contains(QStringLiteral("sleep")))
        limit = milliseconds(200);

    const ProcessResult result = checkCall(shell(script.toStdString()), limit);

    QVERIFY(!result);
    QCOMPARE(QString::fromStdString(result.error().text()), text);
}

QTEST_APPLESS_MAIN(TestRunHelpers)
#include "tst_run_helpers.moc"

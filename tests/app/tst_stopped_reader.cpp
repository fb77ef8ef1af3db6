// SPDX-License-Identifier: GPL-3.0-only
#include "engine/processes/pipe.h"
#include "engine/processes/subprocess.h"
#include "tests/support/marked_processes.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>

#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

using heddle::tests::processesWith;

namespace {

constexpr int kPageBytes = 4096;

/// Its first line already is longer than a page.
const QByteArray kFlood = "program \"Flood\"\nmain:\n    forever:\n        say \""
    + QByteArray(2 * kPageBytes, 'x') + "\"\n";

/// A pipe with room for a page, whose reader does not read.
heddle::Pipe pageOfPipe()
{
    heddle::Result<heddle::Pipe> pipe = heddle::Pipe::create();
    if (!pipe || ::fcntl(pipe->writer.get(), F_SETPIPE_SZ, kPageBytes) != kPageBytes)
        return {};
    return *std::move(pipe);
}

/// Whether whoever writes to a page of pipe has more to write than goes into it.
bool holdsAPage(const heddle::Pipe& pipe)
{
    int bytes = 0;
    return ::ioctl(pipe.reader.get(), FIONREAD, &bytes) == 0 && bytes >= kPageBytes;
}

/// A pipe without room, whose reader does not read.
heddle::Pipe fullPipe()
{
    heddle::Result<heddle::Pipe> pipe = heddle::Pipe::create();
    if (!pipe)
        return {};
    const int flags = ::fcntl(pipe->writer.get(), F_GETFL);
    static_cast<void>(::fcntl(pipe->writer.get(), F_SETFL, flags | O_NONBLOCK));
    const std::array<char, kPageBytes> bytes{};
    while (::write(pipe->writer.get(), bytes.data(), bytes.size()) > 0) { }
    static_cast<void>(::fcntl(pipe->writer.get(), F_SETFL, flags));
    return *std::move(pipe);
}

/// `heddle run` with a mark on it and all it starts, and with nobody who reads what it writes to `unread`.
class UnreadRun
{
public:
    enum class Messages
    {
        Read,
        Unread
    };
    UnreadRun(std::vector<std::string> options, int unread, Messages messages)
    {
        QFile program(m_folder.filePath(QStringLiteral("flood.hed")));
        if (!program.open(QIODevice::WriteOnly) || program.write(kFlood) != kFlood.size())
            return;
        program.close();
        const std::size_t equals = m_mark.find('=');
        heddle::SpawnOptions spawn;
        spawn.arguments = {HEDDLE_EXECUTABLE, "run", program.fileName().toStdString()};
        spawn.arguments.insert(spawn.arguments.end(), options.begin(), options.end());
        spawn.environment = heddle::inheritedEnvironment();
        spawn.environment->emplace_back(m_mark.substr(0, equals), m_mark.substr(equals + 1));
        spawn.signalActions = heddle::SpawnOptions::SignalActions::Inherited;
        spawn.standardOutput = heddle::Redirection::toDescriptor(unread);
        spawn.standardError = messages == Messages::Read ? heddle::Redirection::toPipe()
                                                         : heddle::Redirection::toStdout();
        heddle::Result<heddle::Subprocess> child = heddle::Subprocess::spawn(spawn);
        if (child)
            m_child.emplace(*std::move(child));
    }

    /// The supervisor, its guardian and the program are there.
    [[nodiscard]] bool isRunning() const { return processesWith(m_mark).size() >= 3; }
    [[nodiscard]] bool hasLeftNothing() const { return processesWith(m_mark).empty(); }
    [[nodiscard]] heddle::Subprocess& process() { return *m_child; }

private:
    QTemporaryDir m_folder;
    std::string m_mark = heddle::tests::uniqueMark();
    std::optional<heddle::Subprocess> m_child;
};

} // namespace

class TestStoppedReader : public QObject
{
    Q_OBJECT

private slots:
    void aSignalEndsTheRunWithAReport_data();
    void aSignalEndsTheRunWithAReport();
    void aSignalEndsTheRunWhereNobodyReadsTheReportEither();
    void aSignalEndsTheRunAtATerminalThatNobodyLooksAfter();
    void theTimeLimitEndsTheRunWithAReport();
    void theTimeLimitEndsTheRunWhereNobodyReadsTheReportEither();
    void aReaderThatGoesAwayEndsTheRun_data();
    void aReaderThatGoesAwayEndsTheRun();
};

void TestStoppedReader::aSignalEndsTheRunWithAReport_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<int>("signal");
    QTest::newRow("while it writes lines") << "--jitter" << SIGTERM;
    QTest::newRow("when it writes the object") << "--json" << SIGTERM;
    QTest::newRow("Ctrl+C while it writes lines") << "--jitter" << SIGINT;
    QTest::newRow("hangup when it writes the object") << "--json" << SIGHUP;
}

void TestStoppedReader::aSignalEndsTheRunWithAReport()
{
    QFETCH(QString, option);
    QFETCH(int, signal);
    // A line is stuck before the signal comes; the object is written only behind it.
    const heddle::Pipe pipe = option == QStringLiteral("--json") ? fullPipe() : pageOfPipe();
    UnreadRun run({option.toStdString()}, pipe.writer.get(), UnreadRun::Messages::Read);
    QTRY_VERIFY_WITH_TIMEOUT(run.isRunning() && holdsAPage(pipe), 20'000);

    QVERIFY(run.process().sendSignal(signal));
    const heddle::ProcessResult result =
        run.process().communicate({}, heddle::Deadline::after(std::chrono::seconds(20)));

    QVERIFY(result);
    QCOMPARE(result->status.signal, signal);
    QVERIFY(run.hasLeftNothing());
    const QString messages = QString::fromStdString(result->errors.value_or(""));
    QVERIFY2(messages.contains(QStringLiteral(": stopped after ")), qPrintable(messages));
    QVERIFY2(
        messages.contains(QStringLiteral("nobody reads standard output")), qPrintable(messages));
}

void TestStoppedReader::aSignalEndsTheRunWhereNobodyReadsTheReportEither()
{
    const heddle::Pipe pipe = fullPipe();
    UnreadRun run({}, pipe.writer.get(), UnreadRun::Messages::Unread);
    QTRY_VERIFY_WITH_TIMEOUT(run.isRunning(), 20'000);

    QVERIFY(run.process().sendSignal(SIGTERM));
    const auto status = run.process().wait(heddle::Deadline::after(std::chrono::seconds(20)));

    QVERIFY(status);
    QCOMPARE(status->signal, SIGTERM);
    QVERIFY(run.hasLeftNothing());
}

// A terminal that has some room may hold a write all the same, if that is larger.
void TestStoppedReader::aSignalEndsTheRunAtATerminalThatNobodyLooksAfter()
{
    const heddle::OwnedFd master(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
    std::array<char, 64> name{};
    QVERIFY(::grantpt(master.get()) == 0 && ::unlockpt(master.get()) == 0
        && ::ptsname_r(master.get(), name.data(), name.size()) == 0);
    const heddle::OwnedFd terminal(::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC));
    UnreadRun run({"--json"}, terminal.get(), UnreadRun::Messages::Unread);
    QTRY_VERIFY_WITH_TIMEOUT(run.isRunning(), 20'000);

    QVERIFY(run.process().sendSignal(SIGTERM));
    const auto status = run.process().wait(heddle::Deadline::after(std::chrono::seconds(20)));

    QVERIFY(status);
    QCOMPARE(status->signal, SIGTERM);
    QVERIFY(run.hasLeftNothing());
}

void TestStoppedReader::theTimeLimitEndsTheRunWithAReport()
{
    const heddle::Pipe pipe = fullPipe();
    UnreadRun run({"--timeout", "2s"}, pipe.writer.get(), UnreadRun::Messages::Read);

    const heddle::ProcessResult result =
        run.process().communicate({}, heddle::Deadline::after(std::chrono::seconds(20)));

    QVERIFY(result);
    QCOMPARE(result->status.returnCode(), 4);
    QVERIFY(run.hasLeftNothing());
    const QString messages = QString::fromStdString(result->errors.value_or(""));
    QVERIFY2(messages.contains(QStringLiteral(": timeout after ")), qPrintable(messages));
    QVERIFY2(
        messages.contains(QStringLiteral("nobody reads standard output")), qPrintable(messages));
}

void TestStoppedReader::theTimeLimitEndsTheRunWhereNobodyReadsTheReportEither()
{
    const heddle::Pipe pipe = fullPipe();
    UnreadRun run({"--timeout", "500ms"}, pipe.writer.get(), UnreadRun::Messages::Unread);

    const auto status = run.process().wait(heddle::Deadline::after(std::chrono::seconds(20)));

    QVERIFY(status);
    QCOMPARE(status->returnCode(), 4);
    QVERIFY(run.hasLeftNothing());
}

void TestStoppedReader::aReaderThatGoesAwayEndsTheRun_data()
{
    QTest::addColumn<bool>("isPipeSignalIgnored");
    QTest::addColumn<int>("returnCode");
    QTest::newRow("by SIGPIPE") << false << -SIGPIPE;
    QTest::newRow("as output that cannot be written") << true << 6;
}

void TestStoppedReader::aReaderThatGoesAwayEndsTheRun()
{
    QFETCH(bool, isPipeSignalIgnored);
    QFETCH(int, returnCode);
    heddle::Pipe pipe = fullPipe();
    const auto before = ::signal(SIGPIPE, isPipeSignalIgnored ? SIG_IGN : SIG_DFL);
    UnreadRun run({}, pipe.writer.get(), UnreadRun::Messages::Read);
    static_cast<void>(::signal(SIGPIPE, before));
    QTRY_VERIFY_WITH_TIMEOUT(run.isRunning(), 20'000);

    pipe.reader.reset();
    const heddle::ProcessResult result =
        run.process().communicate({}, heddle::Deadline::after(std::chrono::seconds(20)));

    QVERIFY(result);
    QCOMPARE(result->status.returnCode(), returnCode);
    QTRY_VERIFY(run.hasLeftNothing());
}

QTEST_GUILESS_MAIN(TestStoppedReader)
#include "tst_stopped_reader.moc"

// SPDX-License-Identifier: GPL-3.0-only
#include "tests/support/eventually.h"
#include "tests/support/leftovers.h"
#include "tests/support/started_child.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

using namespace heddle;
using heddle::tests::eventually;
using heddle::tests::Leftovers;
using heddle::tests::processesWith;
using heddle::tests::StartedChild;

namespace {

constexpr auto kLongEnough = std::chrono::seconds(10);

StartedChild shell(const std::string& script)
{
    return StartedChild({"/bin/sh", "-c", script});
}

// What a shell that was started with these options prints.
QString printed(SpawnOptions options, const std::string& script)
{
    Result<Pipe> pipe = Pipe::create();
    options.arguments = {"/bin/sh", "-c", script};
    options.standardOutput = {Redirection::Goes::ToDescriptor, pipe->writer.get()};
    Result<Subprocess> child = Subprocess::spawn(options);
    pipe->writer.reset();
    QByteArray text;
    char bytes[4096];
    for (ssize_t count = 1; child && count > 0;) {
        count = ::read(pipe->reader.get(), bytes, sizeof bytes);
        text.append(bytes, static_cast<int>(std::max<ssize_t>(count, 0)));
    }
    if (!child || !child->wait(Deadline::after(kLongEnough)))
        return QStringLiteral("not started, or without end");
    return QString::fromUtf8(text);
}

} // namespace

class TestSubprocess : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }
    void reportsCodeOrSignal_data();
    void reportsCodeOrSignal();
    void aMissingProgramIsAnError_data();
    void aMissingProgramIsAnError();
    void aFileThatIsNoProgramIsSaidToBeNone_data();
    void aFileThatIsNoProgramIsSaidToBeNone();
    void waitingGivesUpAtTheDeadline();
    void descriptorsGoWhereTheyShould();
    void standardStreamsMayBeSwapped();
    void onlyPassedDescriptorsStayOpenUnderTheirNumbers();
    void environmentAndFolderAreTaken();
    void noSignalIsBlockedAndABrokenPipeKillsAgain();
    void destroyingItEndsTheWholeGroup();
    void aFinishedChildIsNotSignalled();
    void failuresLeaveNoDescriptorAndNoChild();

private:
    std::optional<Leftovers> m_before;
};

void TestSubprocess::reportsCodeOrSignal_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("returnCode");
    QTest::addColumn<QString>("text");
    QTest::newRow("success") << "exit 0" << 0 << "exit code 0";
    QTest::newRow("failure") << "exit 3" << 3 << "exit code 3";
    QTest::newRow("largest code") << "exit 255" << 255 << "exit code 255";
    QTest::newRow("signal") << "kill -SEGV $$" << -SIGSEGV << "signal 11 (SIGSEGV)";
    QTest::newRow("real-time signal") << "kill -40 $$" << -40 << "signal 40 (SIGRTMIN+6)";
}

void TestSubprocess::reportsCodeOrSignal()
{
    QFETCH(QString, script);
    QFETCH(int, returnCode);
    QFETCH(QString, text);
    StartedChild child = shell(script.toStdString());
    QVERIFY(child.isStarted());

    const auto status = child.finish();

    QVERIFY(status);
    QCOMPARE(status->returnCode(), returnCode);
    QCOMPARE(QString::fromStdString(status->text()), text);
    const auto again = child.process().poll();
    QVERIFY(again && *again);
    QCOMPARE((*again)->returnCode(), returnCode);
}

void TestSubprocess::aMissingProgramIsAnError_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("systemErrno");
    QTest::addColumn<QString>("operation");
    QTest::newRow("not in PATH") << "no-such-program"
                                 << "" << ENOENT << "execve";
    QTest::newRow("no such path") << "/no/such/program"
                                  << "" << ENOENT << "execve";
    QTest::newRow("not executable") << "/etc/passwd"
                                    << "" << EACCES << "execve";
    QTest::newRow("a folder") << "/tmp"
                              << "" << EACCES << "execve";
    QTest::newRow("no such folder") << "/bin/true"
                                    << "/no/such" << ENOENT << "chdir";
    QTest::newRow("nothing") << ""
                             << "" << 0 << "spawn";
}

void TestSubprocess::aMissingProgramIsAnError()
{
    QFETCH(QString, program);
    QFETCH(QString, folder);
    QFETCH(int, systemErrno);
    QFETCH(QString, operation);
    SpawnOptions options;
    options.arguments = {program.toStdString()};
    options.workingDirectory = folder.toStdString();

    const Result<Subprocess> child = Subprocess::spawn(options);

    QVERIFY(!child);
    QCOMPARE(child.error().systemErrno, systemErrno);
    QCOMPARE(QString::fromStdString(child.error().operation), operation);
}

void TestSubprocess::aFileThatIsNoProgramIsSaidToBeNone_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("systemErrno");
    QTest::addColumn<QString>("why");
    QTest::newRow("a script without an interpreter")
        << QByteArray("echo hello\n") << ENOEXEC << "has no #! line: only a shell can run it";
    QTest::newRow("an empty file") << QByteArray() << ENOEXEC << "is empty";
    QTest::newRow("a program for another machine") << QByteArray("\177ELF\1\2\1\0\0\0\0\0\0\0\0\0",
        16) << ENOEXEC << "is a program for another machine";
    QTest::newRow("any bytes") << QByteArray("\1\0\2", 3) << ENOEXEC << "is no program";
    QTest::newRow("an interpreter that is not there")
        << QByteArray("#! /no/such/shell -e\necho hello\n") << ENOENT
        << "begins with #! and a program that is not there, /no/such/shell";
}

void TestSubprocess::aFileThatIsNoProgramIsSaidToBeNone()
{
    QFETCH(QByteArray, content);
    QFETCH(int, systemErrno);
    QFETCH(QString, why);
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("script")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    SpawnOptions options;
    options.arguments = {"./script"};
    options.workingDirectory = folder.path().toStdString();

    const Result<Subprocess> child = Subprocess::spawn(options);

    QVERIFY(!child);
    QCOMPARE(child.error().systemErrno, systemErrno);
    QCOMPARE(QString::fromStdString(child.error().detail), QStringLiteral("./script ") + why);
}

void TestSubprocess::waitingGivesUpAtTheDeadline()
{
    StartedChild child = shell("exec sleep 1000");
    QVERIFY(child.isStarted());

    const auto early = child.process().wait(Deadline::after(std::chrono::milliseconds(20)));
    QVERIFY(child.process().sendSignal(SIGTERM));
    const auto late = child.process().wait(Deadline::after(kLongEnough));

    QVERIFY(!early);
    QCOMPARE(early.error().kind, ErrorKind::Timeout);
    QVERIFY(late);
    QCOMPARE(late->signal, SIGTERM);
}

void TestSubprocess::descriptorsGoWhereTheyShould()
{
    SpawnOptions options;
    options.standardInput.goes = Redirection::Goes::ToNull;
    options.standardError.goes = Redirection::Goes::ToStdout;

    QCOMPARE(printed(options, "cat; echo out; echo error >&2"), QStringLiteral("out\nerror\n"));
}

void TestSubprocess::standardStreamsMayBeSwapped()
{
    // The child's stdin is a copy of this process's stderr and the other way round.
    SpawnOptions options;
    options.standardInput = {Redirection::Goes::ToDescriptor, 2};
    options.standardError = {Redirection::Goes::ToDescriptor, 0};
    const auto target = [](int fd) {
        char path[4096] = {};
        const std::string link = "/proc/self/fd/" + std::to_string(fd);
        static_cast<void>(!::readlink(link.c_str(), path, sizeof path - 1));
        return QString::fromUtf8(path);
    };

    const QString text = printed(options, "readlink /proc/$$/fd/0; readlink /proc/$$/fd/2");

    QCOMPARE(text, target(2) + QLatin1Char('\n') + target(0) + QLatin1Char('\n'));
}

void TestSubprocess::onlyPassedDescriptorsStayOpenUnderTheirNumbers()
{
    OwnedFd low(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    OwnedFd high(::fcntl(low.get(), F_DUPFD, 70)); // not even close-on-exec
    OwnedFd passed(::fcntl(low.get(), F_DUPFD_CLOEXEC, 50));
    SpawnOptions options;
    options.passedFds = {passed.get()};

    const QString text = printed(options, "ls /proc/$$/fd");

    QCOMPARE(text.split(QLatin1Char('\n'), Qt::SkipEmptyParts),
        QStringList({QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2"),
            QString::number(passed.get())}));
}

void TestSubprocess::environmentAndFolderAreTaken()
{
    SpawnOptions options;
    options.environment = {{{"ONLY", "this=one"}, {"PWD", "/usr"}}};
    options.workingDirectory = "/usr";

    QCOMPARE(printed(options, "echo $ONLY; echo ${HOME:-none}; /bin/pwd"),
        QStringLiteral("this=one\nnone\n/usr\n"));
}

void TestSubprocess::noSignalIsBlockedAndABrokenPipeKillsAgain()
{
    sigset_t set;
    sigset_t before;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGUSR1);
    ::pthread_sigmask(SIG_BLOCK, &set, &before);
    const auto handler = ::signal(SIGPIPE, SIG_IGN);

    const QString text = printed({}, "grep -E 'Sig(Blk|Ign)' /proc/self/status");
    ::signal(SIGPIPE, handler);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);

    QCOMPARE(text.count(QStringLiteral("0000000000000000")), 2);
}

void TestSubprocess::destroyingItEndsTheWholeGroup()
{
    std::string mark;
    {
        StartedChild child = shell("sleep 1000 & sleep 1000 & echo ready; wait");
        QVERIFY(child.isStarted() && child.readUntil("ready"));
        mark = child.mark();
        // One that is just in exec shows no mark.
        QVERIFY(eventually([&mark] { return processesWith(mark).size() >= 3; }));
    }
    QVERIFY(eventually([&mark] { return processesWith(mark).empty(); }));
}

void TestSubprocess::aFinishedChildIsNotSignalled()
{
    StartedChild child = shell("exit 0");
    QVERIFY(child.isStarted() && child.finish());

    QVERIFY(child.process().sendSignal(SIGKILL));
    QVERIFY(child.process().signalGroup(SIGKILL));
}

void TestSubprocess::failuresLeaveNoDescriptorAndNoChild()
{
    const OwnedFd before(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    SpawnOptions options;
    options.arguments = {"/no/such/program"};

    for (int attempt = 0; attempt < 200; ++attempt)
        QVERIFY(!Subprocess::spawn(options));

    const OwnedFd after(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    QCOMPARE(after.get(), before.get() + 1);
    QCOMPARE(::waitpid(-1, nullptr, WNOHANG), -1);
}

QTEST_APPLESS_MAIN(TestSubprocess)
#include "tst_subprocess.moc"

// SPDX-License-Identifier: GPL-3.0-only
#include "tests/support/leftovers.h"
#include "tests/support/shell_commands.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace heddle;
using namespace heddle::tests;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no such file");
}

} // namespace

class TestRedirections : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }

    void filesAreReadReplacedAndAppended();
    void oneDescriptorMayServeSeveralStreams();
    void stderrJoinsWhereverStdoutLeads();
    void onlyStderrMayJoin();
    void missingFilesAreErrors();
    void aPipeIsNotTakenForADescriptorThatIsClosed();
    void pipesGetTheSizeAskedFor();
    void noChildHoldsThePipesOfAnother();
    void passedDescriptorsKeepNumbersAndFlags();
    void aDescriptorThatIsClosedIsNotPassed();
    void descriptorsAboveALoweredLimitAreClosed();
    void keptDescriptorsStay();

private:
    std::optional<Leftovers> m_before;
};

// rows: SP-04
void TestRedirections::filesAreReadReplacedAndAppended()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("file"));
    const auto runShell = [&path](const char* script, Redirection::File file) {
        SpawnOptions options = pipedShell(script);
        options.standardInput = Redirection::toNull();
        options.standardOutput = Redirection::toFile(path.toStdString(), file);
        Result<Subprocess> child = Subprocess::spawn(options);
        QVERIFY(child && child->wait(soon()));
    };

    runShell("echo a longer text", Redirection::File::Replaced);
    runShell("echo one", Redirection::File::Replaced);
    runShell("echo two", Redirection::File::Appended);
    SpawnOptions reader;
    reader.standardInput = Redirection::toFile(path.toStdString());

    QCOMPARE(contentOf(path), QByteArray("one\ntwo\n"));
    QCOMPARE(outputOfShell(reader, "cat"), QStringLiteral("one\ntwo\n"));
}

// rows: SP-04
void TestRedirections::oneDescriptorMayServeSeveralStreams()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("file"));
    const OwnedFd file(
        ::open(path.toLocal8Bit().constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND, 0600));
    SpawnOptions options = pipedShell("echo out; echo error >&2");
    options.standardOutput = Redirection::toDescriptor(file.get());
    options.standardError = Redirection::toDescriptor(file.get());

    Result<Subprocess> child = Subprocess::spawn(options);
    QVERIFY(child && child->wait(soon()));

    QCOMPARE(contentOf(path), QByteArray("out\nerror\n"));
}

// rows: SP-04
void TestRedirections::stderrJoinsWhereverStdoutLeads()
{
    SpawnOptions options;
    options.standardError = Redirection::toStdout();
    QCOMPARE(outputOfShell(options, "echo out; echo error >&2"), QStringLiteral("out\nerror\n"));

    SpawnOptions alone; // this process's own stdout
    alone.interpreter = SpawnOptions::Interpreter::Shell;
    alone.arguments = {"test \"$(readlink /proc/$$/fd/1)\" = \"$(readlink /proc/$$/fd/2)\""};
    alone.standardError = Redirection::toStdout();
    QCOMPARE(callCommand(alone)->status.returnCode(), 0);
}

// rows: SP-04
void TestRedirections::onlyStderrMayJoin()
{
    SpawnOptions input = pipedShell("exit 0");
    input.standardInput = Redirection::toStdout();
    SpawnOptions output = pipedShell("exit 0");
    output.standardOutput = Redirection::toStdout();
    SpawnOptions nowhere = pipedShell("exit 0");
    nowhere.standardOutput = Redirection::toDescriptor(-1);

    QCOMPARE(Subprocess::spawn(input).error().kind, ErrorKind::InvalidArgument);
    QCOMPARE(Subprocess::spawn(output).error().kind, ErrorKind::InvalidArgument);
    QCOMPARE(Subprocess::spawn(nowhere).error().kind, ErrorKind::InvalidArgument);
}

// rows: SP-04 SP-16
void TestRedirections::missingFilesAreErrors()
{
    SpawnOptions file = pipedShell("exit 0");
    file.standardInput = Redirection::toFile("/no/such/file");
    SpawnOptions descriptor = pipedShell("exit 0");
    descriptor.standardInput = Redirection::toDescriptor(900);

    const Result<Subprocess> noFile = Subprocess::spawn(file);
    const Result<Subprocess> noDescriptor = Subprocess::spawn(descriptor);

    QCOMPARE(noFile.error().systemErrno, ENOENT);
    QCOMPARE(noFile.error().detail, std::string("/no/such/file"));
    QCOMPARE(noDescriptor.error().systemErrno, EBADF);
}

// rows: SP-04 SP-16
void TestRedirections::aPipeIsNotTakenForADescriptorThatIsClosed()
{
    OwnedFd closed(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    const int number = closed.get(); // which the next pipe gets
    closed.reset();
    SpawnOptions options = pipedShell("echo text");
    options.standardOutput = Redirection::toDescriptor(number);

    const Result<Subprocess> child = Subprocess::spawn(options);

    QVERIFY(!child);
    QCOMPARE(child.error().systemErrno, EBADF);
    QCOMPARE(child.error().detail, "descriptor " + std::to_string(number));
}

// rows: SP-06
void TestRedirections::pipesGetTheSizeAskedFor()
{
    SpawnOptions options = pipedShell("cat");
    Result<Subprocess> usual = Subprocess::spawn(options);
    options.pipeSizeBytes = 8192;
    Result<Subprocess> small = Subprocess::spawn(options);
    int pipe[2];
    QCOMPARE(::pipe2(pipe, O_CLOEXEC), 0);
    const OwnedFd reader(pipe[0]);
    const OwnedFd writer(pipe[1]);
    QVERIFY(usual && small);
    const auto size = [](int fd) { return ::fcntl(fd, F_GETPIPE_SZ); };

    QCOMPARE(size(usual->standardOutput().fd()), size(reader.get()));
    QCOMPARE(size(small->standardInput().fd()), 8192);
    QCOMPARE(size(small->standardOutput().fd()), 8192);
    QCOMPARE(size(small->standardError().fd()), 8192);
    options.pipeSizeBytes = -5;
    QVERIFY(!Subprocess::spawn(options));
}

// rows: SP-12
// cases: SP08
void TestRedirections::noChildHoldsThePipesOfAnother()
{
    SpawnOptions options = pipedShell("cat");
    options.otherDescriptors = SpawnOptions::OtherDescriptors::Kept;
    Result<Subprocess> first = Subprocess::spawn(options);
    Result<Subprocess> second = Subprocess::spawn(options);
    QVERIFY(first && second);
    const std::string folder = "/proc/" + std::to_string(second->pid()) + "/fd/";
    for (const int fd :
        {first->standardInput().fd(), first->standardOutput().fd(), first->standardError().fd()}) {
        struct stat own = {};
        struct stat theirs = {};
        QCOMPARE(::fstat(fd, &own), 0);
        for (int number = 0; number < 64; ++number) {
            if (::stat((folder + std::to_string(number)).c_str(), &theirs) == 0)
                QVERIFY(theirs.st_ino != own.st_ino || theirs.st_dev != own.st_dev);
        }
    }

    QVERIFY(first->standardInput().close());

    QCOMPARE(*first->standardOutput().readAll(soon()), std::string());
    QCOMPARE(first->wait(soon())->returnCode(), 0); // while the second lives
    QVERIFY(!*second->poll());
}

// rows: SP-11
// cases: SP10
void TestRedirections::passedDescriptorsKeepNumbersAndFlags()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("file"));
    const OwnedFd inheritable(::open("/dev/null", O_RDWR)); // NOLINT(android-cloexec-open)
    const OwnedFd closing(
        ::open(path.toLocal8Bit().constData(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    SpawnOptions options;
    options.interpreter = SpawnOptions::Interpreter::Shell;
    options.arguments = {"echo /proc/$$/fd/*"};
    options.passedFds = {closing.get(), inheritable.get()};
    options.standardOutput = Redirection::toDescriptor(closing.get());

    QCOMPARE(callCommand(options)->status.returnCode(), 0);

    const QByteArray text = contentOf(path);
    QVERIFY(text.contains(QByteArray("/fd/" + QByteArray::number(inheritable.get()))));
    QVERIFY(text.contains(QByteArray("/fd/" + QByteArray::number(closing.get()))));
    QCOMPARE(::fcntl(inheritable.get(), F_GETFD), 0);
    QCOMPARE(::fcntl(closing.get(), F_GETFD), FD_CLOEXEC);
    options.otherDescriptors = SpawnOptions::OtherDescriptors::Kept;
    QCOMPARE(Subprocess::spawn(options).error().kind, ErrorKind::InvalidArgument);
    options.otherDescriptors = SpawnOptions::OtherDescriptors::Closed;
    options.passedFds = {2};
    QCOMPARE(Subprocess::spawn(options).error().kind, ErrorKind::InvalidArgument);
}

// rows: SP-11
void TestRedirections::aDescriptorThatIsClosedIsNotPassed()
{
    int next = -1; // the number that a pipe for the child would get
    {
        const OwnedFd null(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        next = null.get();
    }
    SpawnOptions options = pipedShell("exit 0");
    options.passedFds = {next};

    const Result<Subprocess> child = Subprocess::spawn(options);

    QVERIFY(!child);
    QCOMPARE(child.error().systemErrno, EBADF);
}

// rows: SP-10
void TestRedirections::descriptorsAboveALoweredLimitAreClosed()
{
    const OwnedFd null(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    const OwnedFd high(::fcntl(null.get(), F_DUPFD, 200)); // NOLINT(android-cloexec-dup)
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
    const rlimit lowered{100, before.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &lowered), 0);
    const QString text = outputOfShell({}, "ls /proc/$$/fd");
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);

    QCOMPARE(text, QStringLiteral("0\n1\n2\n"));
}

// rows: SP-10
void TestRedirections::keptDescriptorsStay()
{
    const OwnedFd null(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    const OwnedFd kept(::fcntl(null.get(), F_DUPFD, 70)); // NOLINT(android-cloexec-dup)
    SpawnOptions options;
    options.otherDescriptors = SpawnOptions::OtherDescriptors::Kept;

    const QStringList numbers = outputOfShell(options, "ls /proc/$$/fd").split(QLatin1Char('\n'));

    QVERIFY(numbers.contains(QString::number(kept.get())));
    QVERIFY(!numbers.contains(QString::number(null.get())));
}

QTEST_APPLESS_MAIN(TestRedirections)
#include "tst_redirections.moc"

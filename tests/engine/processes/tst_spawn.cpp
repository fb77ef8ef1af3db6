// SPDX-License-Identifier: GPL-3.0-only
#include "tests/support/leftovers.h"
#include "tests/support/race_rounds.h"
#include "tests/support/shell_commands.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace heddle;
using namespace heddle::tests;

class TestSpawn : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }

    void badArgumentsAreRefusedBeforeForking_data();
    void badArgumentsAreRefusedBeforeForking();
    void oneStringIsOneProgramName();
    void theProgramIsSoughtInTheChildsPath();
    void theSearchPassesOverFilesThatAreNoPrograms();
    void anotherFileMayBeExecuted();
    void theShellGetsItsArguments();
    void environmentIsTakenAsItIs();
    void relativeProgramsResolveInTheNewFolder();
    void manyFailuresLeaveNothing();
    void failuresCloseNothingOfOtherThreads();
    void sessionAndGroupAreThereAtOnce();
    void hookRunsInTheChild();
    void hookFailuresAreErrors();
    void descriptorsOfAHookAreClosed();
    void aFullDeviceShowsInTheChild();

private:
    std::optional<Leftovers> m_before;
};

void TestSpawn::badArgumentsAreRefusedBeforeForking_data()
{
    QTest::addColumn<QByteArray>("argument");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("zero byte in an argument")
        << QByteArray("a\0b", 3) << QByteArray("N") << QByteArray();
    QTest::newRow("zero byte in a name") << QByteArray("a") << QByteArray("N\0", 2) << QByteArray();
    QTest::newRow("zero byte in a value")
        << QByteArray("a") << QByteArray("N") << QByteArray("v\0", 2);
    QTest::newRow("equals sign in a name") << QByteArray("a") << QByteArray("N=") << QByteArray();
    QTest::newRow("no name") << QByteArray("a") << QByteArray() << QByteArray("v");
}

// rows: SP-01 SP-09
void TestSpawn::badArgumentsAreRefusedBeforeForking()
{
    QFETCH(QByteArray, argument);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    SpawnOptions options;
    options.arguments = {"/bin/true", argument.toStdString()};
    options.environment = {{{name.toStdString(), value.toStdString()}}};

    const Result<Subprocess> child = Subprocess::spawn(options);

    QVERIFY(!child);
    QCOMPARE(child.error().kind, ErrorKind::InvalidArgument);
}

// rows: SP-01
void TestSpawn::oneStringIsOneProgramName()
{
    SpawnOptions options;
    options.arguments = {"echo one two"};

    const Result<Subprocess> child = Subprocess::spawn(options);

    QVERIFY(!child);
    QCOMPARE(child.error().systemErrno, ENOENT);
    QVERIFY(child.error().detail.find("echo one two") != std::string::npos);
}

// rows: SP-01
void TestSpawn::theProgramIsSoughtInTheChildsPath()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("only-there")).toStdString();
    const OwnedFd file(::open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0755));
    QCOMPARE(::symlink("/bin/echo", (path + "-link").c_str()), 0);
    SpawnOptions options;
    options.arguments = {"only-there-link", "found"};

    const Result<Subprocess> without = Subprocess::spawn(options);
    options.environment = {{{"PATH", "/no/such:" + folder.path().toStdString()}}};

    QVERIFY(!without);
    QCOMPARE(outputOf(options), QStringLiteral("found\n"));
}

// rows: SP-01
void TestSpawn::theSearchPassesOverFilesThatAreNoPrograms()
{
    const QTemporaryDir first;
    const QTemporaryDir second;
    const std::string empty = first.filePath(QStringLiteral("twice")).toStdString();
    const std::string good = second.filePath(QStringLiteral("twice")).toStdString();
    OwnedFd file(::open(empty.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0755));
    file.reset();
    SpawnOptions options;
    options.arguments = {"twice", "found"};
    options.environment = {{{"PATH",
        first.path().toStdString() + ":" + second.path().toStdString() + ":/no/such/folder"}}};

    const Result<Subprocess> refused = Subprocess::spawn(options);
    QCOMPARE(::symlink("/bin/echo", good.c_str()), 0);

    QVERIFY(!refused);
    QCOMPARE(refused.error().systemErrno, ENOEXEC);
    QCOMPARE(refused.error().detail, std::string("twice is empty"));
    QCOMPARE(outputOf(options), QStringLiteral("found\n"));
}

// rows: SP-02
void TestSpawn::anotherFileMayBeExecuted()
{
    SpawnOptions options;
    options.arguments = {"called otherwise", "-c", "echo $0"};
    options.executable = "/bin/sh";
    QCOMPARE(outputOf(options), QStringLiteral("called otherwise\n"));

    const QTemporaryDir folder;
    SpawnOptions shell;
    shell.executable = folder.filePath(QStringLiteral("other-shell")).toStdString();
    QCOMPARE(::symlink("/bin/sh", shell.executable.c_str()), 0);
    QCOMPARE(outputOfShell(shell, "echo $0"), QString::fromStdString(shell.executable + "\n"));
}

// rows: SP-03
void TestSpawn::theShellGetsItsArguments()
{
    SpawnOptions options;
    options.interpreter = SpawnOptions::Interpreter::Shell;
    options.arguments = {"echo $0 $1 \"$2\"", "zero", "one", "two  blanks"};

    QCOMPARE(outputOf(options), QStringLiteral("zero one two  blanks\n"));
}

// rows: SP-09
void TestSpawn::environmentIsTakenAsItIs()
{
    SpawnOptions options;
    options.arguments = {"/usr/bin/env"};
    options.environment.emplace();
    QCOMPARE(outputOf(options), QString());

    options.environment = {{{"FRUIT", "a=b"}, {"BYTES", "\xff\xfe"}}};
    options.standardOutput = Redirection::toPipe();
    Result<Subprocess> child = Subprocess::spawn(options);
    QVERIFY(child);
    ProcessResult result = child->communicate({}, soon());
    QVERIFY(result);
    QCOMPARE(*result->output, std::string("FRUIT=a=b\nBYTES=\xff\xfe\n"));

    QVERIFY(::setenv("HEDDLE_TEST_INHERITED", "yes", 1) == 0); // NOLINT(concurrency-mt-unsafe)
    QCOMPARE(outputOfShell({}, "echo $HEDDLE_TEST_INHERITED"), QStringLiteral("yes\n"));
}

// rows: SP-08
// cases: SP17
void TestSpawn::relativeProgramsResolveInTheNewFolder()
{
    const QTemporaryDir folder;
    QCOMPARE(
        ::symlink("/bin/pwd", folder.filePath(QStringLiteral("where")).toLocal8Bit().constData()),
        0);
    SpawnOptions options;
    options.arguments = {"./where"};
    options.environment.emplace();
    options.workingDirectory = folder.path().toStdString();
    QCOMPARE(outputOf(options), folder.path() + QLatin1Char('\n'));

    options.workingDirectory = "/no/such/folder";
    const Result<Subprocess> child = Subprocess::spawn(options);
    QVERIFY(!child);
    QCOMPARE(child.error().operation, std::string("chdir"));
    QCOMPARE(child.error().systemErrno, ENOENT);
    QCOMPARE(child.error().detail, std::string("/no/such/folder"));
}

// rows: SP-16
// cases: SP06
void TestSpawn::manyFailuresLeaveNothing()
{
    SpawnOptions options;
    options.arguments = {"/no/such/program"};
    options.standardOutput = Redirection::toPipe();
    options.standardError = Redirection::toPipe();
    for (int count = 0; count < 1024; ++count) {
        const Result<Subprocess> child = Subprocess::spawn(options);
        QVERIFY(!child);
        QCOMPARE(child.error().systemErrno, ENOENT);
        QCOMPARE(child.error().detail, std::string("/no/such/program"));
    }
}

// rows: SP-16
// cases: SP07
void TestSpawn::failuresCloseNothingOfOtherThreads()
{
    const RaceLoad load;
    std::atomic<int> badCloses = 0;
    std::jthread other([&badCloses](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            int ends[2];
            if (::pipe2(ends, O_CLOEXEC) != 0)
                continue;
            badCloses += ::close(ends[0]) != 0 ? 1 : 0;
            badCloses += ::close(ends[1]) != 0 ? 1 : 0;
        }
    });
    SpawnOptions options = pipedShell("");
    options.executable = "/no/such/program";
    for (int round = raceRounds(200); round > 0; --round)
        QVERIFY(!Subprocess::spawn(options));
    other.request_stop();
    other.join();

    QCOMPARE(badCloses.load(), 0);
}

// rows: SP-13
void TestSpawn::sessionAndGroupAreThereAtOnce()
{
    for (const ProcessGroup group : {ProcessGroup::Own, ProcessGroup::OwnSession}) {
        SpawnOptions options;
        options.arguments = {"/bin/sleep", "1000"};
        options.group = group;
        Result<Subprocess> child = Subprocess::spawn(options);
        QVERIFY(child);
        const bool hasSession = group == ProcessGroup::OwnSession;

        QCOMPARE(::getpgid(child->pid()), child->pid());
        QCOMPARE(::getsid(child->pid()), hasSession ? child->pid() : ::getsid(0));
        options.group = ProcessGroup::Given;
        options.givenGroup = child->pid();
        Result<Subprocess> member = Subprocess::spawn(options);
        QCOMPARE(static_cast<bool>(member), !hasSession); // a group of another session is closed
        QVERIFY(!member || ::getpgid(member->pid()) == child->pid());
        QVERIFY(child->killGroup());
        QCOMPARE(child->wait(soon())->signal, SIGKILL);
        QVERIFY(!member || member->wait(soon())->signal == SIGKILL);
    }
    SpawnOptions options;
    options.arguments = {"/bin/sleep", "1000"};
    options.group = ProcessGroup::OfParent;
    Result<Subprocess> child = Subprocess::spawn(options);
    QVERIFY(child);
    QCOMPARE(::getpgid(child->pid()), ::getpgid(0));
    QVERIFY(!child->killGroup());
    options.group = ProcessGroup::Given;
    options.givenGroup = -1;
    QCOMPARE(Subprocess::spawn(options).error().kind, ErrorKind::InvalidArgument);
}

// rows: SP-15 SP-28
void TestSpawn::hookRunsInTheChild()
{
    int count = 0;
    SpawnOptions options;
    options.beforeExec = [&count] {
        ++count;
        const char text[] = "from the hook\n";
        return ::write(1, text, sizeof text - 1) < 0 ? errno : 0;
    };

    QCOMPARE(outputOfShell(options, "echo then"), QStringLiteral("from the hook\nthen\n"));
    QCOMPARE(count, 0); // the child had its own copy
}

// rows: SP-15 SP-16
void TestSpawn::hookFailuresAreErrors()
{
    SpawnOptions options = pipedShell("exit 0");
    options.beforeExec = [] { return EBUSY; };
    const Result<Subprocess> refused = Subprocess::spawn(options);
    options.beforeExec = []() -> int { throw std::runtime_error("on purpose"); };
    const Result<Subprocess> thrown = Subprocess::spawn(options);
    options.beforeExec = [] { return 0; };
    options.executable = "/no/such/program";
    const Result<Subprocess> missing = Subprocess::spawn(options);

    QVERIFY(!refused && !thrown && !missing);
    QCOMPARE(refused.error().operation, std::string("beforeExec"));
    QCOMPARE(refused.error().systemErrno, EBUSY);
    QCOMPARE(thrown.error().operation, std::string("beforeExec"));
    QCOMPARE(thrown.error().systemErrno, 0);
    QCOMPARE(missing.error().systemErrno, ENOENT);
}

// rows: SP-10 SP-15
void TestSpawn::descriptorsOfAHookAreClosed()
{
    SpawnOptions options;
    options.beforeExec = [] { return ::dup2(0, 60) < 0 ? errno : 0; };

    QCOMPARE(outputOfShell(options, "ls /proc/$$/fd"), QStringLiteral("0\n1\n2\n"));
}

// rows: SP-04
void TestSpawn::aFullDeviceShowsInTheChild()
{
    SpawnOptions options = pipedShell("echo text || exit 9");
    options.standardOutput = Redirection::toFile("/dev/full");
    Result<Subprocess> child = Subprocess::spawn(options);
    QVERIFY(child);

    ProcessResult result = child->communicate({}, soon());
    const OwnedFd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
    const Result<std::size_t> written = writeNow(full.get(), "text");

    QVERIFY(result);
    QCOMPARE(result->status.returnCode(), 9);
    QVERIFY(!result->errors->empty());
    QVERIFY(!written);
    QCOMPARE(written.error().systemErrno, ENOSPC);
}

QTEST_APPLESS_MAIN(TestSpawn)
#include "tst_spawn.moc"

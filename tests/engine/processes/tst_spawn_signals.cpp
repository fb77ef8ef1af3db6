// SPDX-License-Identifier: GPL-3.0-only
#include "tests/support/leftovers.h"
#include "tests/support/shell_commands.h"

#include <QTest>

#include <array>
#include <cerrno>
#include <cstddef>
#include <thread>
#include <vector>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace heddle;
using namespace heddle::tests;

namespace {

// From here on the calling thread and its children get this error from clone3, as in a container;
// false if it cannot be arranged.
bool filterClone3(int answer)
{
    const auto errorAnswer = SECCOMP_RET_ERRNO | static_cast<unsigned>(answer);
    std::array<sock_filter, 4> program{{
        {BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, nr)},
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SYS_clone3},
        {BPF_RET | BPF_K, 0, 0, errorAnswer},
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
    }};
    const sock_fprog filter{program.size(), program.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0
        && ::syscall(SYS_clone3, nullptr, 0) < 0 && errno == answer;
}

// The signals that a child ignores, as bits.
unsigned long long ignoredIn(SpawnOptions::SignalActions actions)
{
    SpawnOptions options;
    options.signalActions = actions;
    const QString text = outputOfShell(options, "grep SigIgn /proc/self/status");
    return text.trimmed().section(QLatin1Char('\t'), -1).toULongLong(nullptr, 16);
}

// From here on the calling thread can make no process but one that borrows its memory; false if that
// cannot be arranged. With clone3 the kernel does not see what is asked of it, so that is taken away.
bool forbidCopiesOfTheMemory()
{
    std::array<sock_filter, 7> program{{
        {BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, nr)},
        {BPF_JMP | BPF_JEQ | BPF_K, 3, 0, SYS_clone3},
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 3, SYS_clone},
        {BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, args)},
        {BPF_JMP | BPF_JSET | BPF_K, 1, 0, CLONE_VM},
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | ENOSYS},
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
    }};
    const sock_fprog filter{program.size(), program.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

} // namespace

class TestSpawnSignals : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }

    void signalStateOfTheChild_data();
    void signalStateOfTheChild();
    void aChildOfAnIgnoringParentDiesOfSigpipe();
    void whatAHookSaysOfSignalsHolds();
    void onlyAHookOrOtherRightsCostACopyOfTheMemory();

private:
    std::optional<Leftovers> m_before;
};

void TestSpawnSignals::signalStateOfTheChild_data()
{
    QTest::addColumn<int>("answerToClone3");
    QTest::newRow("clone3 works, if the kernel has it") << 0;
    QTest::newRow("a filter says that there is no clone3") << ENOSYS;
    QTest::newRow("a filter forbids clone3") << EPERM;
    QTest::newRow("clone3 does not know what is asked of it") << EINVAL;
}

// rows: SP-17
void TestSpawnSignals::signalStateOfTheChild()
{
    using Actions = SpawnOptions::SignalActions;
    QFETCH(int, answerToClone3);
    const auto pipe = ::signal(SIGPIPE, SIG_IGN);
    const auto fileSize = ::signal(SIGXFSZ, SIG_IGN);
    const auto first = ::signal(SIGUSR1, [](int) {});
    const auto second = ::signal(SIGUSR2, SIG_IGN);
    bool isFiltered = answerToClone3 == 0;
    std::array<unsigned long long, 3> ignored{};
    // The filter holds for the thread that sets it up, and for the children it starts.
    std::thread([&] {
        isFiltered = isFiltered || filterClone3(answerToClone3);
        ignored = {ignoredIn(Actions::AllDefault), ignoredIn(SpawnOptions().signalActions),
            ignoredIn(Actions::Inherited)};
    }).join();
    static_cast<void>(::signal(SIGPIPE, pipe));
    static_cast<void>(::signal(SIGXFSZ, fileSize));
    static_cast<void>(::signal(SIGUSR1, first));
    static_cast<void>(::signal(SIGUSR2, second));
    const unsigned long long bitsOfPipe = 1ULL << (SIGPIPE - 1) | 1ULL << (SIGXFSZ - 1);
    const unsigned long long bitOfUser = 1ULL << (SIGUSR2 - 1);

    QVERIFY(isFiltered);
    QCOMPARE(ignored[0] & (bitsOfPipe | bitOfUser), 0ULL);
    QCOMPARE(ignored[1] & (bitsOfPipe | bitOfUser), bitOfUser);
    QCOMPARE(ignored[2] & (bitsOfPipe | bitOfUser), bitsOfPipe | bitOfUser);
}

// rows: SP-17
// cases: SP18
void TestSpawnSignals::aChildOfAnIgnoringParentDiesOfSigpipe()
{
    sigset_t terminate;
    sigset_t before;
    ::sigemptyset(&terminate);
    ::sigaddset(&terminate, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &terminate, &before);
    const auto pipe = ::signal(SIGPIPE, SIG_IGN);
    SpawnOptions endless;
    endless.arguments = {"yes"};
    endless.standardOutput = Redirection::toPipe();
    Result<Subprocess> writer = Subprocess::spawn(endless);
    SpawnOptions sleeper;
    sleeper.arguments = {"sleep", "1000"};
    Result<Subprocess> sleeping = Subprocess::spawn(sleeper);
    sleeper.signalMask = SpawnOptions::SignalMask::Inherited;
    sleeper.arguments = {"grep", "SigBlk", "/proc/self/status"}; // a shell clears its mask
    const QString blocked = outputOf(sleeper);
    static_cast<void>(::signal(SIGPIPE, pipe));
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    QVERIFY(writer && sleeping);

    writer->standardOutput().close();
    QVERIFY(sleeping->terminate());

    QCOMPARE(writer->wait(soon())->returnCode(), -SIGPIPE);
    QCOMPARE(sleeping->wait(soon())->returnCode(), -SIGTERM);
    QVERIFY(blocked.trimmed().endsWith(QStringLiteral("4000")));
}

// rows: SP-15 SP-17
void TestSpawnSignals::whatAHookSaysOfSignalsHolds()
{
    SpawnOptions options;
    options.arguments = {"grep", "-E", "SigBlk|SigIgn", "/proc/self/status"};
    options.signalActions = SpawnOptions::SignalActions::AllDefault;
    options.beforeExec = [] {
        sigset_t user;
        ::sigemptyset(&user);
        ::sigaddset(&user, SIGUSR1);
        return ::signal(SIGPIPE, SIG_IGN) == SIG_ERR ? errno
                                                     : ::pthread_sigmask(SIG_BLOCK, &user, nullptr);
    };

    QCOMPARE(outputOf(options),
        QStringLiteral("SigBlk:\t0000000000000200\nSigIgn:\t0000000000001000\n"));
}

// rows: SP-28
void TestSpawnSignals::onlyAHookOrOtherRightsCostACopyOfTheMemory()
{
    SpawnOptions plain = pipedShell("exit 0");
    SpawnOptions inherited = plain;
    inherited.signalActions = SpawnOptions::SignalActions::Inherited;
    inherited.group = ProcessGroup::OwnSession;
    inherited.fileModeMask = 022;
    SpawnOptions hooked = plain;
    hooked.beforeExec = [] { return 0; };
    SpawnOptions otherRights = plain;
    otherRights.user = std::int64_t{::geteuid()};
    bool isFiltered = false;
    std::vector<int> failures;
    std::thread([&] {
        isFiltered = forbidCopiesOfTheMemory();
        for (const SpawnOptions& options : {plain, inherited, hooked, otherRights}) {
            Result<Subprocess> child = Subprocess::spawn(options);
            failures.push_back(child ? 0 : child.error().systemErrno);
        }
    }).join();

    QVERIFY(isFiltered);
    QCOMPARE(failures, (std::vector<int>{0, 0, ENOSYS, ENOSYS}));
}

QTEST_APPLESS_MAIN(TestSpawnSignals)
#include "tst_spawn_signals.moc"

// SPDX-License-Identifier: GPL-3.0-only
#include "engine/base/descriptor_wait.h"
#include "tests/support/eventually.h"
#include "tests/support/leftovers.h"
#include "tests/support/race_rounds.h"
#include "tests/support/shell_commands.h"

#include <QTest>

#include <array>
#include <thread>

#include <linux/sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace heddle;
using namespace heddle::tests;

namespace {

Result<Subprocess> shell(const char* script)
{
    SpawnOptions options;
    options.arguments = {"/bin/sh", "-c", script};
    return Subprocess::spawn(options);
}

} // namespace

class TestWait : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }

    void allWaitersGetTheTrueCode();
    void pollNeverWaitsAndTheResultStays();
    void whoOnlyLooksLeavesAZombie();
    void aDeadlineThatIsOverIsATimeout();
    void aStoppedChildStillRuns();
    void aChildReapedByOthersIsLostButNoError();
    void anotherProcessWithItsNumberIsNotSignalled();
    void ignoringTheEndOfChildrenLosesOnlyTheStatus();
    void aDeadChildIsNotSignalled();
    void terminateAndKillEndTheChild();
    void abandonedChildrenAreReapedLater();
    void droppingManyLeavesNothing();

private:
    std::optional<Leftovers> m_before;
};

// rows: SP-20
void TestWait::allWaitersGetTheTrueCode()
{
    const RaceLoad load;
    for (int round = raceRounds(20); round > 0; --round) {
        Result<Subprocess> child = shell("exit 7");
        QVERIFY(child);
        std::array<int, 4> codes{};
        {
            std::vector<std::jthread> waiters;
            for (std::size_t index = 0; index < codes.size(); ++index)
                waiters.emplace_back([&, index] {
                    const Deadline deadline = index % 2 == 0 ? Deadline::never() : soon();
                    const Result<ExitStatus> status = child->wait(deadline);
                    codes[index] = status && status->isKnown ? status->returnCode() : -1000;
                });
        }
        QCOMPARE(codes, (std::array<int, 4>{7, 7, 7, 7}));
    }
}

// rows: SP-20
void TestWait::whoOnlyLooksLeavesAZombie()
{
    SpawnOptions options;
    options.arguments = {"/bin/cat"};
    options.standardInput = Redirection::toPipe();
    Result<Subprocess> child = Subprocess::spawn(options);
    QVERIFY(child);
    const auto running = child->peek();
    child->standardInput().drop();
    const Result<void> ended = waitReadable(child->pidfd());

    const auto looked = child->peek();
    const bool isZombie = ::kill(child->pid(), 0) == 0;
    const auto taken = child->poll();

    QVERIFY(running && !*running);
    QVERIFY(ended && looked && *looked && (*looked)->isSuccess());
    QVERIFY(isZombie);
    QVERIFY(taken && *taken && (*taken)->isSuccess());
    QVERIFY(::kill(child->pid(), 0) != 0);
    QVERIFY(child->peek()->has_value());
}

// rows: SP-20
void TestWait::pollNeverWaitsAndTheResultStays()
{
    SpawnOptions options = pipedShell("read line; exit 4");
    Result<Subprocess> child = Subprocess::spawn(options);
    QVERIFY(child);

    const auto running = child->poll();
    QVERIFY(child->standardInput().close());
    const auto status = child->wait(soon());
    const auto again = child->poll();

    QVERIFY(running && !*running);
    QVERIFY(status);
    QCOMPARE(status->returnCode(), 4);
    QVERIFY(again && *again);
    QCOMPARE((*again)->returnCode(), 4);
}

// rows: SP-20
void TestWait::aDeadlineThatIsOverIsATimeout()
{
    Result<Subprocess> child = shell("exec sleep 1000");
    QVERIFY(child);

    const auto early = child->wait(Deadline::after(std::chrono::seconds(-1)));

    QVERIFY(!early);
    QCOMPARE(early.error().kind, ErrorKind::Timeout);
}

// rows: SP-21
void TestWait::aStoppedChildStillRuns()
{
    Result<Subprocess> child = shell("exec sleep 1000");
    QVERIFY(child && child->sendSignal(SIGSTOP));
    siginfo_t info{};
    QCOMPARE(::waitid(P_PID, static_cast<id_t>(child->pid()), &info, WSTOPPED | WNOWAIT), 0);

    const auto stopped = child->poll();

    QVERIFY(stopped && !*stopped);
    QVERIFY(child->kill());
    QCOMPARE(child->wait(soon())->signal, SIGKILL);
}

// rows: SP-22 SP-21
// cases: SP13
void TestWait::aChildReapedByOthersIsLostButNoError()
{
    Result<Subprocess> child = shell("exit 3");
    QVERIFY(child);
    QCOMPARE(::waitpid(child->pid(), nullptr, 0), child->pid());

    QVERIFY(child->terminate());
    QVERIFY(child->kill());
    QVERIFY(child->killGroup());
    const auto status = child->poll();

    QVERIFY(status && *status);
    QCOMPARE((*status)->returnCode(), 0);
    QVERIFY(!(*status)->isKnown);
}

// rows: SP-22
// cases: SP13
void TestWait::anotherProcessWithItsNumberIsNotSignalled()
{
    Result<Subprocess> child = shell("exit 3");
    QVERIFY(child);
    pid_t number = child->pid();
    QCOMPARE(::waitpid(number, nullptr, 0), number);
    clone_args again{};
    again.exit_signal = SIGCHLD;
    again.set_tid = reinterpret_cast<std::uintptr_t>(&number);
    again.set_tid_size = 1;
    const long other = ::syscall(SYS_clone3, &again, sizeof again);
    if (other == 0) {
        for (;;)
            ::pause();
    }
    if (other < 0)
        QSKIP("the system lets nobody choose the number of a process here");
    QCOMPARE(static_cast<pid_t>(other), child->pid());
    QCOMPARE(::setpgid(number, number), 0); // a group of that number, too

    QVERIFY(child->terminate());
    QVERIFY(child->sendSignal(SIGUSR1));
    QVERIFY(child->kill());
    QVERIFY(child->killGroup());
    const auto status = child->poll();

    QCOMPARE(::waitpid(number, nullptr, WNOHANG), 0); // it lives
    QVERIFY(status && *status && !(*status)->isKnown);
    QCOMPARE(::kill(number, SIGKILL), 0);
    QCOMPARE(::waitpid(number, nullptr, 0), number);
}

// rows: SP-21
// cases: SP15
void TestWait::ignoringTheEndOfChildrenLosesOnlyTheStatus()
{
    const auto before = ::signal(SIGCHLD, SIG_IGN);
    Result<Subprocess> child = shell("exit 3");
    Result<Subprocess> other = shell("exit 3");
    const Result<ExitStatus> status =
        child ? child->wait(Deadline::never()) : Result<ExitStatus>(child.error());
    const Result<ExitStatus> withDeadline =
        other ? other->wait(soon()) : Result<ExitStatus>(other.error());
    ::signal(SIGCHLD, before);

    QVERIFY(status && withDeadline);
    QCOMPARE(status->returnCode(), 0);
    QVERIFY(!status->isKnown && !withDeadline->isKnown);
}

// rows: SP-22
void TestWait::aDeadChildIsNotSignalled()
{
    Result<Subprocess> child = shell("exit 0");
    QVERIFY(child && child->wait(soon()));

    QVERIFY(child->sendSignal(SIGTERM));
    QVERIFY(child->terminate());
    QVERIFY(child->kill());
    QVERIFY(child->killGroup());
    QCOMPARE(child->wait(soon())->returnCode(), 0);
}

// rows: SP-22
void TestWait::terminateAndKillEndTheChild()
{
    Result<Subprocess> first = shell("exec sleep 1000");
    Result<Subprocess> second = shell("exec sleep 1000");
    QVERIFY(first && second);

    QVERIFY(first->terminate());
    QVERIFY(second->kill());

    QCOMPARE(first->wait(soon())->returnCode(), -SIGTERM);
    QCOMPARE(second->wait(soon())->returnCode(), -SIGKILL);
}

// rows: SP-26
void TestWait::abandonedChildrenAreReapedLater()
{
    for (int count = 0; count < 5; ++count) {
        Result<Subprocess> child = Subprocess::spawn(pipedShell("cat"));
        QVERIFY(child);
        std::move(*child).abandon(); // its stdin is closed, so it ends
    }

    QVERIFY(eventually([] { return Subprocess::reapAbandoned() == 0; }));

    Result<Subprocess> lasting = shell("exec sleep 1000");
    QVERIFY(lasting);
    const pid_t pid = lasting->pid();
    std::move(*lasting).abandon();
    QCOMPARE(Subprocess::reapAbandoned(), std::size_t{1});
    QCOMPARE(::kill(pid, SIGKILL), 0);
    siginfo_t info{};
    QCOMPARE(::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT), 0);
    Result<Subprocess> next = shell("exit 0");
    QVERIFY(next && next->wait(soon()));
    QCOMPARE(::waitpid(pid, nullptr, WNOHANG), -1); // the spawn has reaped it
}

// rows: SP-26
void TestWait::droppingManyLeavesNothing()
{
    for (int count = 0; count < 100; ++count)
        QVERIFY(Subprocess::spawn(pipedShell("exit 0")));
}

QTEST_APPLESS_MAIN(TestWait)
#include "tst_wait.moc"

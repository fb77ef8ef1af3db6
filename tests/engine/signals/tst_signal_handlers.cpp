// SPDX-License-Identifier: GPL-3.0-only
#include "engine/base/descriptor_wait.h"
#include "engine/base/owned_fd.h"
#include "engine/signals/send.h"
#include "tests/engine/signals/signal_fixture.h"
#include "tests/support/eventually.h"
#include "tests/support/leftovers.h"

#include <QtTest>

#include <optional>

#include <sys/syscall.h>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

namespace {

using Kind = Disposition::Kind;

Kind kindNow(int signal)
{
    return required(dispositionOf(signal)).kind();
}

/// A handler that writes down which signals it was called for.
Disposition notingIn(std::vector<int>& order)
{
    return Disposition::handler([&order](int signal) {
        order.push_back(signal);
        return AfterInterruption::GoOn;
    });
}

} // namespace

class TestSignalHandlers : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { openWhatStaysOpen(); }
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }
    // rows: SG-01 SG-02
    void installingReturnsTheFormerDisposition()
    {
        std::atomic<int> calls{0};
        const InForce ignored(SIGUSR1, Disposition::ignored());
        QCOMPARE(ignored.before().kind(), Kind::Default);
        QCOMPARE(kindNow(SIGUSR1), Kind::Ignored);
        {
            const InForce handler(SIGUSR1, calls);
            QCOMPARE(handler.before().kind(), Kind::Ignored);
            QCOMPARE(kindNow(SIGUSR1), Kind::Handler);
            const InForce interrupt(SIGUSR1, Disposition::interrupt());
            QCOMPARE(interrupt.before().kind(), Kind::Handler);
            QCOMPARE(kindNow(SIGUSR1), Kind::Interrupt);
        }
        QCOMPARE(kindNow(SIGUSR1), Kind::Ignored);
    }
    // rows: SG-01
    void aFormerHandlerCanBePutBack()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR1, calls);
        required(
            setDisposition(SIGUSR1, required(setDisposition(SIGUSR1, Disposition::ignored()))));
        QVERIFY(raiseSignal(SIGUSR1));
        QCOMPARE(calls.load(), 1);
    }
    // rows: SG-01
    void onlyTheMainThreadInstalls()
    {
        std::jthread([] {
            QCOMPARE(
                kindOf(setDisposition(SIGUSR1, Disposition::ignored())), ErrorKind::WrongThread);
            QCOMPARE(kindOf(setInterrupting(SIGUSR1, Interrupting::Waits)), ErrorKind::WrongThread);
            QCOMPARE(kindNow(SIGUSR1), Kind::Default);
        }).join();
        QVERIFY(isMainThread());
    }
    // rows: SG-01
    void theSystemRefusesKillStopAndWhatTheLibraryKeeps()
    {
        for (const int signal : {SIGKILL, SIGSTOP, 32, 33}) {
            const Result<Disposition> set = setDisposition(signal, Disposition::ignored());
            QCOMPARE(kindOf(set), ErrorKind::SystemCall);
            QCOMPARE(errnoOf(set), EINVAL);
        }
        QCOMPARE(kindNow(SIGKILL), Kind::Default);
    }
    // rows: SG-01
    void numbersOutOfRangeAreRefused()
    {
        for (const int signal : {-1, 0, 65, 1000}) {
            QCOMPARE(
                kindOf(setDisposition(signal, Disposition::ignored())), ErrorKind::InvalidArgument);
            QCOMPARE(kindOf(dispositionOf(signal)), ErrorKind::InvalidArgument);
            QCOMPARE(
                kindOf(setInterrupting(signal, Interrupting::Waits)), ErrorKind::InvalidArgument);
        }
    }
    // rows: SG-02
    void handlersFromElsewhereAreForeignAndCanBePutBack()
    {
        static std::atomic<int> foreignCalls{0};
        foreignCalls = 0;
        ::signal(SIGUSR2, [](int) { ++foreignCalls; });
        QCOMPARE(kindNow(SIGUSR2), Kind::Foreign);
        {
            const InForce ignored(SIGUSR2, Disposition::ignored());
            QVERIFY(raiseSignal(SIGUSR2));
        }
        QVERIFY(raiseSignal(SIGUSR2));
        QCOMPARE(foreignCalls.load(), 1);
        required(setDisposition(SIGUSR2, Disposition::byDefault()));
        QCOMPARE(kindNow(SIGUSR2), Kind::Default);
    }
    // rows: SG-02
    void aHandlerReplacedBehindTheEnginesBackIsForeign()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR2, calls);
        ::signal(SIGUSR2, [](int) {});
        QCOMPARE(kindNow(SIGUSR2), Kind::Foreign);
    }
    // rows: SG-03 SG-07
    // cases: SG01
    void everyHandlerRunsOnceAndInTheMainThread()
    {
        std::vector<std::pair<int, bool>> calls;
        const auto noting = Disposition::handler([&calls](int signal) {
            calls.emplace_back(signal, isMainThread());
            return AfterInterruption::GoOn;
        });
        const InForce first(SIGUSR1, noting);
        const InForce second(SIGUSR2, noting);
        const InForce third(SIGALRM, noting);
        std::jthread worker([] {
            for (const int signal : {SIGUSR1, SIGUSR2, SIGALRM})
                static_cast<void>(!sendSignal(::getpid(), signal));
        });
        const auto begin = std::chrono::steady_clock::now();
        while (calls.size() < 3 && timeSince(begin) < 5s)
            QVERIFY(sleepUntil(Deadline::after(5ms)));
        std::sort(calls.begin(), calls.end());
        QCOMPARE(calls,
            (std::vector<std::pair<int, bool>>{{SIGUSR1, true}, {SIGUSR2, true}, {SIGALRM, true}}));
    }
    // rows: SG-03
    void markedSignalsRunInAscendingOrder()
    {
        std::vector<int> order;
        const InForce first(SIGUSR1, notingIn(order));
        const InForce second(SIGUSR2, notingIn(order));
        const InForce third(SIGRTMIN + 1, notingIn(order));
        const InForce fourth(SIGHUP, notingIn(order));
        for (const int signal : {SIGRTMIN + 1, SIGUSR2, SIGHUP, SIGUSR1})
            ::raise(signal);
        QVERIFY(order.empty());
        QCOMPARE(runPendingHandlers(), AfterInterruption::GoOn);
        QCOMPARE(order, (std::vector<int>{SIGHUP, SIGUSR1, SIGUSR2, SIGRTMIN + 1}));
        QCOMPARE(signalMarks.load(), std::uint64_t(0));
    }
    // rows: SG-03
    void repeatedSignalsCollapseAlsoRealTimeOnes()
    {
        std::atomic<int> standard{0};
        std::atomic<int> realTime{0};
        const InForce first(SIGUSR1, standard);
        const InForce second(SIGRTMIN, realTime);
        for (int repetition = 0; repetition < 3; ++repetition) {
            ::raise(SIGUSR1);
            ::raise(SIGRTMIN);
        }
        QCOMPARE(runPendingHandlers(), AfterInterruption::GoOn);
        QCOMPARE(standard.load(), 1);
        QCOMPARE(realTime.load(), 1);
    }
    // rows: SG-03
    void handlersMayNest()
    {
        std::vector<int> order;
        const InForce inner(SIGUSR2, notingIn(order));
        const InForce outer(SIGUSR1, Disposition::handler([&order](int) {
            order.push_back(-1);
            static_cast<void>(!raiseSignal(SIGUSR2));
            order.push_back(-2);
            return AfterInterruption::GoOn;
        }));
        QVERIFY(raiseSignal(SIGUSR1));
        QCOMPARE(order, (std::vector<int>{-1, SIGUSR2, -2}));
    }
    // rows: SG-03
    void aHandlerThatGivesUpLeavesTheOthersForTheNextStep()
    {
        std::atomic<int> calls{0};
        const InForce first(SIGUSR1, givingUp());
        const InForce second(SIGUSR2, calls);
        ::raise(SIGUSR2);
        ::raise(SIGUSR1);
        QCOMPARE(runPendingHandlers(), AfterInterruption::GiveUp);
        QCOMPARE(lastGiveUpSignal(), SIGUSR1);
        QCOMPARE(calls.load(), 0);
        QCOMPARE(runPendingHandlers(), AfterInterruption::GoOn);
        QCOMPARE(calls.load(), 1);
    }
    // rows: SG-03
    void otherThreadsRunNoHandlers()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR1, calls);
        ::raise(SIGUSR1);
        std::jthread([] { QCOMPARE(runPendingHandlers(), AfterInterruption::GoOn); }).join();
        QCOMPARE(calls.load(), 0);
        QCOMPARE(runPendingHandlers(), AfterInterruption::GoOn);
        QCOMPARE(calls.load(), 1);
    }
    // rows: SG-06
    void ignoredSignalsLeaveNoMark()
    {
        const InForce ignored(SIGUSR1, Disposition::ignored());
        QVERIFY(raiseSignal(SIGUSR1));
        QCOMPARE(signalMarks.load(), std::uint64_t(0));
    }
    // rows: SG-06
    void aMarkMeetsTheDispositionOfItsMoment()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR1, calls);
        ::raise(SIGUSR1);
        required(setDisposition(SIGUSR1, Disposition::ignored()));
        QCOMPARE(runPendingHandlers(), AfterInterruption::GoOn);
        QCOMPARE(calls.load(), 0);
    }
    // rows: SG-07
    void raisingRunsTheHandlerBeforeItReturns()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR1, calls);
        QVERIFY(raiseSignal(SIGUSR1));
        QCOMPARE(calls.load(), 1);
        QVERIFY(sendSignal(::getpid(), SIGUSR1));
        QCOMPARE(calls.load(), 2);
        QVERIFY(sendSignalToThread(::gettid(), SIGUSR1));
        QCOMPARE(calls.load(), 3);
    }
    // rows: SG-01
    void aHandlerThatSaysNothingGoesOn()
    {
        int last = 0;
        const InForce handler(
            SIGUSR1, Disposition::handler([&last](int signal) { last = signal; }));
        QVERIFY(raiseSignal(SIGUSR1));
        QCOMPARE(last, SIGUSR1);
    }
    // rows: SG-07
    void raisingSaysWhetherTheHandlerGivesUp()
    {
        const InForce handler(SIGUSR1, givingUp());
        QCOMPARE(kindOf(raiseSignal(SIGUSR1)), ErrorKind::Interrupted);
        QVERIFY(sleepUntil(Deadline::after(1ms))); // the matter is settled
    }
    // rows: SG-07
    void aSignalToAThreadIsHandledInTheMainThread()
    {
        std::atomic<int> callsInMain{0};
        const InForce handler(SIGUSR1, Disposition::handler([&callsInMain](int) {
            callsInMain += isMainThread() ? 1 : 0;
            return AfterInterruption::GoOn;
        }));
        std::atomic<pid_t> thread{0};
        std::jthread worker([&thread](const std::stop_token& stop) {
            thread = ::gettid();
            static_cast<void>(!sleepUntil(Deadline::never(), stop));
        });
        QVERIFY(eventually([&] { return thread != 0; }));
        QVERIFY(sendSignalToThread(thread, SIGUSR1));
        const auto begin = std::chrono::steady_clock::now();
        while (callsInMain == 0 && timeSince(begin) < 5s)
            QVERIFY(sleepUntil(Deadline::after(5ms)));
        worker.request_stop();
        QCOMPARE(callsInMain.load(), 1);
    }
    // rows: SG-07
    void aPidfdLeadsToItsProcess()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR1, calls);
        const OwnedFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0)));
        QVERIFY(sendSignalByPidfd(pidfd.get(), SIGUSR1));
        QCOMPARE(calls.load(), 1);
        for (const int none : {0, -1}) {
            const Result<void> sent = sendSignalByPidfd(none, SIGUSR1);
            QCOMPARE(kindOf(sent), ErrorKind::SystemCall);
            QCOMPARE(errnoOf(sent), EBADF);
        }
    }
    // rows: SG-07
    void wrongNumbersAndTargetsAreRefused()
    {
        for (const int signal : {-1, 65}) {
            QCOMPARE(kindOf(raiseSignal(signal)), ErrorKind::InvalidArgument);
            QCOMPARE(kindOf(sendSignal(::getpid(), signal)), ErrorKind::InvalidArgument);
            QCOMPARE(kindOf(sendSignalToGroup(::getpgrp(), signal)), ErrorKind::InvalidArgument);
            QCOMPARE(kindOf(sendSignalToThread(::gettid(), signal)), ErrorKind::InvalidArgument);
        }
        QCOMPARE(kindOf(sendSignal(0, SIGUSR1)), ErrorKind::InvalidArgument);
        QCOMPARE(kindOf(sendSignal(-1, SIGUSR1)), ErrorKind::InvalidArgument);
        QCOMPARE(kindOf(sendSignalToGroup(1, SIGUSR1)), ErrorKind::InvalidArgument);
        QVERIFY(sendSignal(::getpid(), 0));
        const pid_t nobody = std::numeric_limits<pid_t>::max();
        QCOMPARE(errnoOf(sendSignal(nobody, 0)), ESRCH);
    }
    // rows: SG-07
    void signalNothingAsksWhetherTheTargetIsThere()
    {
        const pid_t nobody = std::numeric_limits<pid_t>::max();
        QVERIFY(sendSignalToThread(::gettid(), 0));
        QCOMPARE(errnoOf(sendSignalToThread(nobody, 0)), ESRCH);
        const OwnedFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0)));
        QVERIFY(sendSignalByPidfd(pidfd.get(), 0));
        QCOMPARE(errnoOf(sendSignalByPidfd(-1, 0)), EBADF);
    }
    // rows: SG-18
    void anotherThreadInterruptsTheMainThread()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR1, calls);
        const InForce interrupt(SIGINT, Disposition::interrupt());
        std::jthread worker([] {
            static_cast<void>(!simulateSignal(SIGUSR1));
            static_cast<void>(!simulateSignal(SIGINT));
        });
        const Result<void> slept = sleepUntil(Deadline::after(10s));
        QCOMPARE(kindOf(slept), ErrorKind::Interrupted);
        QCOMPARE(lastGiveUpSignal(), SIGINT);
        worker.join();
        QCOMPARE(runPendingHandlers(), AfterInterruption::GoOn);
        QCOMPARE(calls.load(), 1);
    }
    // rows: SG-18
    void simulatedSignalsThatNobodyHandlesDoNothing()
    {
        static std::atomic<int> foreignCalls{0};
        const InForce ignored(SIGUSR1, Disposition::ignored());
        const auto before = ::signal(SIGHUP, [](int) { ++foreignCalls; });
        QVERIFY(simulateSignal(SIGUSR1));
        QVERIFY(simulateSignal(SIGUSR2)); // its default would end the process
        QVERIFY(simulateSignal(SIGHUP));
        ::signal(SIGHUP, before);
        QCOMPARE(signalMarks.load(), std::uint64_t(0));
        QCOMPARE(foreignCalls.load(), 0);
    }
    // rows: SG-18
    void onlyValidSignalsAreSimulated()
    {
        for (const int none : {-1, 0, 32, 33, 65})
            QCOMPARE(kindOf(simulateSignal(none)), ErrorKind::InvalidArgument);
    }

private:
    std::optional<Leftovers> m_before;
};

QTEST_APPLESS_MAIN(TestSignalHandlers)
#include "tst_signal_handlers.moc"

// SPDX-License-Identifier: GPL-3.0-only
#include "engine/base/descriptor_wait.h"
#include "engine/processes/pipe.h"
#include "engine/processes/pipe_stream.h"
#include "engine/signals/alarm.h"
#include "engine/signals/send.h"
#include "engine/signals/signal_wait.h"
#include "tests/engine/signals/signal_fixture.h"
#include "tests/support/eventually.h"
#include "tests/support/leftovers.h"

#include <QtTest>

#include <optional>

#include <fcntl.h>
#include <poll.h>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

class TestSignalWaits : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }
    void initTestCase()
    {
        static_cast<void>(required(setSignalMask({})));
        openWhatStaysOpen();
    }

    // rows: SG-13
    // cases: SG08
    void aSignalThatIsTakenRunsNoHandler()
    {
        const InForce handler(SIGALRM, givingUp());
        {
            const Blocked blocked(setOf({SIGALRM}));
            static_cast<void>(required(setAlarm(1s)));
            QCOMPARE(required(waitForSignal(setOf({SIGALRM}))), SIGALRM);
            QVERIFY(unblockSignalSet(setOf({SIGALRM})));
        }
        QVERIFY(sleepUntil(Deadline::after(1ms)));
        QCOMPARE(signalMarks.load(), std::uint64_t(0));
    }
    // rows: SG-13
    void theRecordSaysWhoSentItAndHow()
    {
        const Blocked blocked(setOf({SIGUSR1, SIGUSR2}));
        ::kill(::getpid(), SIGUSR1);
        const SignalInfo fromProcess = required(waitForSignalInfo(setOf({SIGUSR1, SIGUSR2})));
        QCOMPARE(fromProcess.signal, SIGUSR1);
        QCOMPARE(fromProcess.code, SI_USER);
        QCOMPARE(fromProcess.sender, ::getpid());
        QCOMPARE(fromProcess.user, ::getuid());
        QVERIFY(raiseSignal(SIGUSR2));
        const SignalInfo fromThread = required(waitForSignalInfo(setOf({SIGUSR1, SIGUSR2})));
        QCOMPARE(fromThread.signal, SIGUSR2);
        QCOMPARE(fromThread.code, SI_TKILL);
        QCOMPARE(fromThread.systemErrno, 0);
    }
    // rows: SG-13
    void theRecordSaysWhatADescriptorIsReadyFor()
    {
        const Blocked blocked(setOf({SIGUSR1}));
        Pipe pipe = required(Pipe::create());
        QCOMPARE(::fcntl(pipe.reader.get(), F_SETOWN, ::getpid()), 0);
        QCOMPARE(::fcntl(pipe.reader.get(), F_SETSIG, SIGUSR1), 0); // and all that is known with it
        QCOMPARE(::fcntl(pipe.reader.get(), F_SETFL, O_ASYNC), 0);
        QVERIFY(writeNow(pipe.writer.get(), "x"));
        const SignalInfo info = required(waitForSignalInfo(setOf({SIGUSR1})));
        QCOMPARE(info.code, POLL_IN);
        QVERIFY((info.band & POLLIN) != 0);
    }
    // rows: SG-13
    // cases: SG09
    void aTimeoutOfNothingOnlyLooks()
    {
        const Blocked blocked(setOf({SIGUSR1}));
        QVERIFY(!required(waitForSignalWithin(setOf({SIGUSR1}), 0ns)));
        ::kill(::getpid(), SIGUSR1);
        const auto info = required(waitForSignalWithin(setOf({SIGUSR1}), 0ns));
        QVERIFY(info);
        QCOMPARE(info->signal, SIGUSR1);
    }
    // rows: SG-13
    // cases: SG09
    void nothingComesWithinTheTime()
    {
        const Blocked blocked(setOf({SIGUSR1}));
        const auto begin = std::chrono::steady_clock::now();
        QVERIFY(!required(waitForSignalWithin(setOf({SIGUSR1}), 1s)));
        QVERIFY(timeSince(begin) >= 1s);
        QVERIFY(timeSince(begin) < 10s);
    }
    // rows: SG-13
    // cases: SG09
    void aNegativeTimeoutIsAnError()
    {
        const Blocked blocked(setOf({SIGUSR1}));
        QCOMPARE(kindOf(waitForSignalWithin(setOf({SIGUSR1}), -1s)), ErrorKind::InvalidArgument);
    }
    // rows: SG-13
    void onlyBlockedSignalsAreWaitedFor()
    {
        const Blocked blocked(setOf({SIGUSR1}));
        QCOMPARE(kindOf(waitForSignal(SignalSet())), ErrorKind::InvalidArgument);
        QCOMPARE(kindOf(waitForSignal(setOf({SIGUSR1, SIGUSR2}))), ErrorKind::InvalidArgument);
    }
    // rows: SG-13
    void standardSignalsMergeAndRealTimeOnesQueue()
    {
        const SignalSet both = setOf({SIGUSR1, SIGRTMIN});
        const Blocked blocked(both);
        for (int repetition = 0; repetition < 3; ++repetition) {
            ::kill(::getpid(), SIGUSR1);
            ::kill(::getpid(), SIGRTMIN);
        }
        std::vector<int> taken;
        while (const auto info = required(waitForSignalWithin(both, 0ns)))
            taken.push_back(info->signal);
        QCOMPARE(taken, (std::vector<int>{SIGUSR1, SIGRTMIN, SIGRTMIN, SIGRTMIN}));
    }
    // rows: SG-13 SG-04
    // cases: SG10
    void otherHandlersRunMeanwhile()
    {
        std::atomic<int> ticks{0};
        const InForce handler(SIGALRM, ticks);
        const Blocked blocked(setOf({SIGUSR1}));
        const Ticking ticking(30ms);
        for (const bool hasLimit : {false, true}) {
            ticks = 0;
            const SentLater sent(SIGUSR1, 200ms);
            const int signal = hasLimit ? required(waitForSignalWithin(setOf({SIGUSR1}), 120s))
                                              .value_or(SignalInfo())
                                              .signal
                                        : required(waitForSignal(setOf({SIGUSR1})));
            QCOMPARE(signal, SIGUSR1);
            QVERIFY2(ticks >= 2, std::to_string(ticks).c_str());
        }
    }
    // rows: SG-13 SG-04
    void aHandlerThatGivesUpEndsTheWait()
    {
        const InForce handler(SIGUSR2, givingUp());
        const Blocked blocked(setOf({SIGUSR1}));
        const SentLater sent(SIGUSR2, 50ms);
        QCOMPARE(kindOf(waitForSignal(setOf({SIGUSR1}))), ErrorKind::Interrupted);
    }
    // rows: SG-13
    void aWaitCanBeCancelled()
    {
        const Blocked blocked(setOf({SIGUSR1}));
        std::stop_source stop;
        std::jthread stopper([&stop] { stop.request_stop(); });
        QCOMPARE(kindOf(waitForSignal(setOf({SIGUSR1}), stop.get_token())), ErrorKind::Cancelled);
    }
    // rows: SG-14
    // cases: SG11
    void theMainThreadTakesAFatalSignalAndOthersGoOn()
    {
        const Blocked blocked(setOf({SIGUSR1})); // before the thread, so that it blocks it too
        std::atomic<int> work{0};
        std::jthread worker([&work](const std::stop_token& stop) {
            ::kill(::getpid(), SIGUSR1);
            while (!stop.stop_requested())
                ++work;
        });
        QCOMPARE(required(waitForSignal(setOf({SIGUSR1}))), SIGUSR1);
        const int before = work;
        QVERIFY(eventually([&] { return work > before; }));
        QVERIFY(unblockSignalSet(setOf({SIGUSR1}))); // it would end the process if it were there
    }
    // rows: SG-14
    void aDedicatedThreadWaitsAloneForSignals()
    {
        const Blocked blocked(setOf({SIGUSR1, SIGTERM}));
        std::vector<int> taken;
        std::jthread dedicated([&taken] {
            while (taken.empty() || taken.back() != SIGTERM)
                taken.push_back(required(waitForSignal(setOf({SIGUSR1, SIGTERM}))));
        });
        QVERIFY(sleepUntil(Deadline::after(10ms))); // this thread is not suspended
        ::kill(::getpid(), SIGUSR1);
        QVERIFY(eventually([] { return pendingSignals().isEmpty(); }));
        ::kill(::getpid(), SIGTERM);
        dedicated.join();
        QCOMPARE(taken, (std::vector<int>{SIGUSR1, SIGTERM}));
    }
    // rows: SG-10
    void pauseEndsWhenAHandlerHasRun()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGALRM, calls);
        required(setIntervalTimer(IntervalTimer::Real, {30ms, 0us}));
        QVERIFY(pauseForSignal());
        QCOMPARE(calls.load(), 1);
    }
    // rows: SG-10
    void whatIsPendingEndsThePauseAtOnce()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR1, calls);
        ::raise(SIGUSR1);
        QVERIFY(pauseForSignal());
        QCOMPARE(calls.load(), 1);
    }
    // rows: SG-10
    void pauseSaysWhetherTheHandlerGivesUp()
    {
        const InForce handler(SIGUSR1, givingUp());
        const SentLater sent(SIGUSR1, 20ms);
        QCOMPARE(kindOf(pauseForSignal()), ErrorKind::Interrupted);
    }
    // rows: SG-10 SG-11
    void toUnblockAndToPauseAreOneStep()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR1, calls);
        const Blocked blocked(setOf({SIGUSR1}));
        for (int repetition = 1; repetition <= 100; ++repetition) {
            ::kill(::getpid(), SIGUSR1);
            QVERIFY(pauseUnblocking(setOf({SIGUSR1})));
            QCOMPARE(calls.load(), repetition);
            QVERIFY(signalMask().contains(SIGUSR1));
        }
    }
    // rows: SG-10
    void otherThreadsPauseIsEndedByTheirOwnSignalsOnly()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR1, calls);
        std::atomic<pid_t> thread{0};
        std::atomic<bool> hasEnded{false};
        std::jthread pausing([&] {
            thread = ::gettid();
            QVERIFY(pauseForSignal());
            hasEnded = true;
        });
        QVERIFY(eventually([&] { return thread != 0; }));
        for (int repetition = 0; repetition < 5; ++repetition)
            QVERIFY(raiseSignal(SIGUSR1));
        QVERIFY(sleepUntil(Deadline::after(50ms))); // long enough for it to notice wrongly
        QVERIFY(!hasEnded);
        QCOMPARE(calls.load(), 5);
        const auto begin = std::chrono::steady_clock::now();
        while (!hasEnded && timeSince(begin) < 5s) {
            QVERIFY(sendSignalToThread(thread, SIGUSR1)); // again: it may not wait yet
            QVERIFY(sleepUntil(Deadline::after(5ms)));
        }
        QVERIFY(hasEnded);
    }
    // rows: SG-10
    void aPauseCanBeCancelled()
    {
        std::stop_source stop;
        std::jthread stopper([&stop] { stop.request_stop(); });
        QCOMPARE(kindOf(pauseForSignal(stop.get_token())), ErrorKind::Cancelled);
        std::jthread([](const std::stop_token& own) {
            QCOMPARE(kindOf(pauseForSignal(own)), ErrorKind::Cancelled);
        }).request_stop();
    }

private:
    std::optional<Leftovers> m_before;
};

int main(int count, char** arguments)
{
    return runWithSignalsBlockedElsewhere<TestSignalWaits>(count, arguments);
}

#include "tst_signal_waits.moc"

// SPDX-License-Identifier: GPL-3.0-only
#include "engine/signals/send.h"
#include "tests/engine/signals/signal_fixture.h"
#include "tests/support/leftovers.h"

#include <QtTest>

#include <optional>

using namespace heddle;
using namespace heddle::tests;

class TestSignalMasks : public QObject
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

    // rows: SG-11
    void eachChangeReturnsTheFormerMask()
    {
        const SignalSet start = signalMask();
        QVERIFY(!start.contains(SIGUSR1) && !start.contains(SIGUSR2));
        QCOMPARE(required(blockSignalSet(setOf({SIGUSR1}))), start);
        QVERIFY(signalMask().contains(SIGUSR1));
        SignalSet blocked = start;
        required(blocked.add(SIGUSR1));
        QCOMPARE(required(blockSignalSet(setOf({SIGUSR2}))), blocked);
        required(blocked.add(SIGUSR2));
        QCOMPARE(required(unblockSignalSet(setOf({SIGUSR1}))), blocked);
        blocked.remove(SIGUSR1);
        QCOMPARE(required(setSignalMask(start)), blocked);
        QCOMPARE(signalMask(), start);
    }
    // rows: SG-11
    void killAndStopCannotBeBlocked()
    {
        const SignalSet start = required(setSignalMask(SignalSet::all()));
        const SignalSet blocked = required(setSignalMask(start));
        QVERIFY(!blocked.contains(SIGKILL) && !blocked.contains(SIGSTOP));
        QCOMPARE(blocked.size(), SignalSet::all().size() - 2);
    }
    // rows: SG-11
    void newThreadsInheritTheMaskAndChangeOnlyTheirOwn()
    {
        const Blocked blocked(setOf({SIGUSR1}));
        std::jthread([] {
            QVERIFY(signalMask().contains(SIGUSR1));
            QVERIFY(unblockSignalSet(setOf({SIGUSR1})));
            QVERIFY(!signalMask().contains(SIGUSR1));
        }).join();
        QVERIFY(signalMask().contains(SIGUSR1));
    }
    // rows: SG-11
    void anUnknownChangeIsAnErrorOfTheSystem()
    {
        const Result<SignalSet> changed =
            changeSignalMask(static_cast<MaskChange>(1700), setOf({SIGUSR1}));
        QCOMPARE(kindOf(changed), ErrorKind::SystemCall);
        QCOMPARE(errnoOf(changed), EINVAL);
    }
    // rows: SG-11 SG-12
    // cases: SG07
    void unblockingDeliversBeforeItReturns()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGUSR1, calls);
        const SignalSet start = required(blockSignalSet(setOf({SIGUSR1})));
        QVERIFY(sendSignal(::getpid(), SIGUSR1));
        QCOMPARE(pendingSignals(), setOf({SIGUSR1}));
        QCOMPARE(calls.load(), 0);
        QVERIFY(unblockSignalSet(setOf({SIGUSR1})));
        QCOMPARE(calls.load(), 1);
        QCOMPARE(signalMask(), start);
        QVERIFY(pendingSignals().isEmpty());
    }
    // rows: SG-11
    void unblockingSaysWhetherTheHandlerGivesUp()
    {
        const InForce handler(SIGUSR1, givingUp());
        const SignalSet start = required(blockSignalSet(setOf({SIGUSR1})));
        QVERIFY(raiseSignal(SIGUSR1));
        QCOMPARE(kindOf(unblockSignalSet(setOf({SIGUSR1}))), ErrorKind::Interrupted);
        QCOMPARE(signalMask(), start);
    }
    // rows: SG-12
    void pendingAreThoseOfTheThreadAndOfTheProcess()
    {
        QVERIFY(pendingSignals().isEmpty());
        const Blocked blocked(setOf({SIGUSR1, SIGUSR2}));
        QVERIFY(pendingSignals().isEmpty());
        QVERIFY(raiseSignal(SIGUSR1));
        QVERIFY(sendSignal(::getpid(), SIGUSR2));
        QCOMPARE(pendingSignals(), setOf({SIGUSR1, SIGUSR2}));
        std::jthread([] { QCOMPARE(pendingSignals(), setOf({SIGUSR2})); }).join();
    }

private:
    std::optional<Leftovers> m_before;
};

int main(int count, char** arguments)
{
    return runWithSignalsBlockedElsewhere<TestSignalMasks>(count, arguments);
}

#include "tst_signal_masks.moc"

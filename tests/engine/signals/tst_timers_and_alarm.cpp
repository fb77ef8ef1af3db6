// SPDX-License-Identifier: GPL-3.0-only
#include "engine/base/descriptor_wait.h"
#include "engine/signals/alarm.h"
#include "engine/signals/signal_wait.h"
#include "tests/engine/signals/signal_fixture.h"
#include "tests/support/leftovers.h"

#include <QtTest>

#include <optional>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

namespace {

/// Sleeps in small pieces until it was called so often; false after ten seconds.
bool sleepsUntilCalled(const std::atomic<int>& calls, int wanted)
{
    const auto begin = std::chrono::steady_clock::now();
    while (calls < wanted && timeSince(begin) < 10s)
        required(sleepUntil(Deadline::after(50ms)));
    return calls >= wanted;
}

/// Computes until it was called so often; false after ten seconds.
bool computesUntilCalled(const std::atomic<int>& calls, int wanted)
{
    const auto begin = std::chrono::steady_clock::now();
    while (calls < wanted && timeSince(begin) < 10s)
        static_cast<void>(runPendingHandlers());
    return calls >= wanted;
}

} // namespace

class TestTimersAndAlarm : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { openWhatStaysOpen(); }
    void init() { m_before.emplace(); }
    void cleanup()
    {
        static_cast<void>(required(setAlarm(0s)));
        QCOMPARE(m_before->text(), std::string());
    }

    // rows: SG-08
    void anAlarmTakesThePlaceOfTheFormerOne()
    {
        QCOMPARE(required(setAlarm(100s)), std::chrono::seconds(0));
        const auto left = required(setAlarm(50s));
        QVERIFY(left == 100s || left == 99s);
        const auto leftAgain = required(setAlarm(0s));
        QVERIFY(leftAgain == 50s || leftAgain == 49s);
        QCOMPARE(required(setAlarm(0s)), std::chrono::seconds(0));
    }
    // rows: SG-08
    void theAlarmIsTheRealTimer()
    {
        static_cast<void>(required(setAlarm(100s)));
        const IntervalTimes alarm = required(intervalTimer(IntervalTimer::Real));
        QVERIFY(alarm.delay > 98s && alarm.delay <= 100s);
        QCOMPARE(alarm.interval.count(), 0);
        required(setIntervalTimer(IntervalTimer::Real, {7s, 0s}));
        QCOMPARE(required(setAlarm(0s)), std::chrono::seconds(7));
        QCOMPARE(required(intervalTimer(IntervalTimer::Real)), IntervalTimes());
    }
    // rows: SG-08
    void anAlarmSetByAnotherThreadIsHandledInTheMainThread()
    {
        std::atomic<int> callsInMain{0};
        const InForce handler(SIGALRM, Disposition::handler([&callsInMain](int) {
            callsInMain += isMainThread() ? 1 : 0;
            return AfterInterruption::GoOn;
        }));
        const auto begin = std::chrono::steady_clock::now();
        std::jthread([] { static_cast<void>(required(setAlarm(1s))); }).join();
        QVERIFY(pauseForSignal());
        QVERIFY(timeSince(begin) >= 990ms);
        QCOMPARE(callsInMain.load(), 1);
    }
    // rows: SG-08
    void noAlarmLastsLessThanNothing()
    {
        QCOMPARE(kindOf(setAlarm(-1s)), ErrorKind::InvalidArgument);
        QCOMPARE(kindOf(setAlarm(std::chrono::seconds(5'000'000'000))), ErrorKind::InvalidArgument);
    }
    // rows: SG-09
    void settingATimerReturnsTheFormerTimes()
    {
        QCOMPARE(required(setIntervalTimer(IntervalTimer::Real, {10s, 3s})), IntervalTimes());
        const IntervalTimes before = required(setIntervalTimer(IntervalTimer::Real, {}));
        QVERIFY(before.delay > 9s && before.delay <= 10s);
        QCOMPARE(before.interval.count(), std::chrono::microseconds(3s).count());
        QCOMPARE(required(intervalTimer(IntervalTimer::Real)), IntervalTimes());
    }
    // rows: SG-09
    void aTimerComesAgainUntilItsOwnHandlerStopsIt()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGALRM, Disposition::handler([&calls](int) {
            if (++calls == 3)
                required(setIntervalTimer(IntervalTimer::Real, {}));
            return AfterInterruption::GoOn;
        }));
        required(setIntervalTimer(IntervalTimer::Real, {20ms, 10ms}));
        QVERIFY(sleepsUntilCalled(calls, 3));
        QCOMPARE(required(intervalTimer(IntervalTimer::Real)), IntervalTimes());
        QVERIFY(sleepUntil(Deadline::after(30ms))); // long enough for a fourth one
        QCOMPARE(calls.load(), 3);
    }
    // rows: SG-09
    void aTimerWithoutAnIntervalComesOnce()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGALRM, calls);
        required(setIntervalTimer(IntervalTimer::Real, {5ms, 0ms}));
        QVERIFY(sleepUntil(Deadline::after(60ms)));
        QCOMPARE(calls.load(), 1);
    }
    // rows: SG-09
    void oneMicrosecondIsNotNothing()
    {
        std::atomic<int> calls{0};
        const InForce handler(SIGALRM, calls);
        required(setIntervalTimer(IntervalTimer::Real, {1us, 0us}));
        QVERIFY(sleepsUntilCalled(calls, 1));
    }
    void theProcessorTimersCountWorkNotSleep_data()
    {
        QTest::addColumn<int>("timer");
        QTest::addColumn<int>("signal");
        QTest::newRow("virtual") << static_cast<int>(ITIMER_VIRTUAL) << SIGVTALRM;
        QTest::newRow("profile") << static_cast<int>(ITIMER_PROF) << SIGPROF;
    }
    // rows: SG-09
    void theProcessorTimersCountWorkNotSleep()
    {
        QFETCH(int, timer);
        QFETCH(int, signal);
        std::atomic<int> calls{0};
        const InForce handler(signal, calls);
        required(setIntervalTimer(static_cast<IntervalTimer>(timer), {60ms, 20ms}));
        QVERIFY(sleepUntil(Deadline::after(150ms)));
        QCOMPARE(calls.load(), 0);
        QVERIFY(computesUntilCalled(calls, 3));
        required(setIntervalTimer(static_cast<IntervalTimer>(timer), {}));
    }
    // rows: SG-09
    void unknownTimersAndNegativeTimesAreErrors()
    {
        const auto unknown = static_cast<IntervalTimer>(-1);
        QCOMPARE(errnoOf(setIntervalTimer(unknown, {1s, 0s})), EINVAL);
        QCOMPARE(errnoOf(intervalTimer(unknown)), EINVAL);
        QCOMPARE(
            kindOf(setIntervalTimer(IntervalTimer::Real, {-1us, 0us})), ErrorKind::InvalidArgument);
        QCOMPARE(
            kindOf(setIntervalTimer(IntervalTimer::Real, {1us, -1us})), ErrorKind::InvalidArgument);
    }

private:
    std::optional<Leftovers> m_before;
};

QTEST_APPLESS_MAIN(TestTimersAndAlarm)
#include "tst_timers_and_alarm.moc"

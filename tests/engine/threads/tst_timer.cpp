// SPDX-License-Identifier: GPL-3.0-only
#include "engine/threads/timer.h"

#include <QtTest>

#include <atomic>
#include <vector>

using namespace heddle;
using namespace std::chrono_literals;

class TestTimer : public QObject
{
    Q_OBJECT

private slots:
    // rows: TH-19
    void aTimerCallsOnceWhenItsTimeHasCome()
    {
        const Deadline earliest = Deadline::after(3ms);
        std::atomic<int> calls{0};
        std::atomic<bool> early{false};
        Timer timer(3ms, [&] {
            early = !earliest.isOver();
            ++calls;
        });
        QVERIFY(timer.start());
        QVERIFY(timer.join());
        QCOMPARE(calls.load(), 1);
        QVERIFY(!early);
        timer.cancel();
    }
    // rows: TH-19
    void eachTimerCallsWithACopyOfItsOwn()
    {
        std::vector<int> seen;
        const auto call = [&seen, count = 0]() mutable { seen.push_back(++count); };
        for (int number = 0; number < 2; ++number) {
            Timer timer(0ns, call);
            QVERIFY(timer.start() && timer.join());
        }
        QCOMPARE(seen, (std::vector{1, 1}));
    }
    // rows: TH-19
    void aCancelledTimerEndsAtOnceAndNeverCalls()
    {
        std::atomic<int> calls{0};
        Timer timer(1h, [&] { ++calls; });
        QVERIFY(timer.start());
        timer.cancel();
        QVERIFY(timer.join());
        QCOMPARE(calls.load(), 0);
    }
};

QTEST_APPLESS_MAIN(TestTimer)

#include "tst_timer.moc"

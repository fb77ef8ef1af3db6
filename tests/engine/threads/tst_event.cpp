// SPDX-License-Identifier: GPL-3.0-only
#include "engine/threads/event.h"
#include "engine/threads/latch.h"
#include "tests/support/eventually.h"
#include "tests/support/race_rounds.h"
#include "tests/support/results.h"

#include <QtTest>

#include <thread>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

class TestEvent : public QObject
{
    Q_OBJECT
private slots:
    // rows: TH-17
    void itIsSetAndClearedAndBothTwice()
    {
        Event event;
        QVERIFY(!event.isSet());
        QCOMPARE(kindOf(event.wait(Deadline::after(2ms))), ErrorKind::Timeout);
        event.set();
        event.set();
        QVERIFY(event.isSet());
        QVERIFY(event.wait());
        event.clear();
        event.clear();
        QCOMPARE(kindOf(event.wait(Deadline::at(0ns))), ErrorKind::Timeout);
    }
    // rows: TH-17
    // cases: TH12
    void settingAndClearingAtOnceLetsAllGoWhoWait()
    {
        const RaceLoad load;
        Event event;
        for (int repetition = 0; repetition < raceRounds(50); ++repetition) {
            std::atomic<int> passed{0};
            std::vector<std::jthread> threads;
            for (int number = 0; number < 5; ++number)
                threads.emplace_back([&] { passed += event.wait() ? 1 : 0; });
            QVERIFY(eventually([&] { return event.waiting() == 5; }));
            event.set();
            event.clear();
            threads.clear();
            QCOMPARE(passed.load(), 5);
        }
    }
    void aWaitCanBeCancelled()
    {
        Event event;
        std::jthread thread([&](const std::stop_token& stop) {
            QCOMPARE(kindOf(event.wait(Deadline::never(), stop)), ErrorKind::Cancelled);
        });
        QVERIFY(eventually([&] { return event.waiting() == 1; }));
        thread.request_stop();
        thread.join();
        QCOMPARE(event.waiting(), std::size_t{0});
    }
    void anAlreadyAskedForStopEndsAWaitToo()
    {
        Event event;
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(kindOf(event.wait(Deadline::never(), stop.get_token())), ErrorKind::Cancelled);
    }

    void aLatchLetsAllGoAtNothingAndStaysOpen()
    {
        Latch latch(3);
        std::atomic<int> passed{0};
        std::vector<std::jthread> threads;
        for (int number = 0; number < 3; ++number)
            threads.emplace_back([&] { passed += latch.wait() ? 1 : 0; });
        QVERIFY(eventually([&] { return latch.waiting() == 3; }));
        QVERIFY(latch.countDown());
        QVERIFY(latch.countDown());
        QCOMPARE(passed.load(), 0);
        QVERIFY(latch.countDown());
        threads.clear();
        QCOMPARE(passed.load(), 3);
        QVERIFY(latch.wait(Deadline::at(0ns)));
    }
    void aLatchDoesNotFallBelowNothing()
    {
        Latch latch(2);
        QCOMPARE(kindOf(latch.countDown(3)), ErrorKind::Overflow);
        QCOMPARE(latch.count(), 2);
        QCOMPARE(kindOf(latch.countDown(0)), ErrorKind::InvalidArgument);
        QVERIFY(latch.countDown(2));
        QCOMPARE(kindOf(latch.countDown()), ErrorKind::Overflow);
    }
    void aLatchThatBeginsBelowNothingRefusesEverything()
    {
        Latch latch(-1);
        QCOMPARE(kindOf(latch.wait()), ErrorKind::InvalidArgument);
        QCOMPARE(kindOf(latch.countDown()), ErrorKind::InvalidArgument);
        QCOMPARE(latch.count(), -1);
    }
    void aLatchIsWaitedForWithALimitOrUntilCancelled()
    {
        Latch latch(1);
        QCOMPARE(kindOf(latch.wait(Deadline::after(2ms))), ErrorKind::Timeout);
        std::jthread thread([&](const std::stop_token& stop) {
            QCOMPARE(kindOf(latch.wait(Deadline::never(), stop)), ErrorKind::Cancelled);
        });
        QVERIFY(eventually([&] { return latch.waiting() == 1; }));
        thread.request_stop();
    }
};

QTEST_APPLESS_MAIN(TestEvent)
#include "tst_event.moc"

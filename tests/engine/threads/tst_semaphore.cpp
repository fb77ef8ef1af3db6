// SPDX-License-Identifier: GPL-3.0-only
#include "engine/threads/semaphore.h"
#include "tests/support/eventually.h"
#include "tests/support/race_rounds.h"
#include "tests/support/results.h"

#include <QtTest>

#include <thread>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

class TestSemaphore : public QObject
{
    Q_OBJECT
private slots:
    // rows: TH-15
    void unitsAreTakenAllAtOnce()
    {
        Semaphore semaphore(3);
        QVERIFY(semaphore.acquire(2));
        QVERIFY(!semaphore.tryAcquire(2));
        QCOMPARE(semaphore.value(), 1);
        QVERIFY(semaphore.tryAcquire());
        QVERIFY(semaphore.release(3));
        QCOMPARE(semaphore.value(), 3);
    }
    // rows: TH-15 TH-16
    // cases: TH14
    void releasingBeyondTheBoundIsAnErrorAndChangesNothing()
    {
        Semaphore bounded(2, 2);
        QCOMPARE(kindOf(bounded.release()), ErrorKind::Overflow);
        QVERIFY(bounded.acquire());
        QCOMPARE(kindOf(bounded.release(2)), ErrorKind::Overflow);
        QCOMPARE(bounded.value(), 1);
        Semaphore unbounded(1);
        QVERIFY(unbounded.release());
        QCOMPARE(unbounded.value(), 2);
    }
    // rows: TH-15
    void fewerThanOneUnitIsNoRequest()
    {
        Semaphore semaphore(1);
        QCOMPARE(kindOf(semaphore.acquire(0)), ErrorKind::InvalidArgument);
        QCOMPARE(kindOf(semaphore.release(-1)), ErrorKind::InvalidArgument);
        QVERIFY(!semaphore.tryAcquire(0));
    }
    // rows: TH-15 TH-16
    void aSemaphoreOfImpossibleCountsRefusesEverything()
    {
        Semaphore negative(-1);
        Semaphore overfull(3, 2);
        Semaphore negativeBound(0, -1);
        for (Semaphore* semaphore : {&negative, &overfull, &negativeBound}) {
            QCOMPARE(kindOf(semaphore->acquire()), ErrorKind::InvalidArgument);
            QVERIFY(!semaphore->tryAcquire());
            QCOMPARE(kindOf(semaphore->release()), ErrorKind::InvalidArgument);
            QCOMPARE(semaphore->value(), 0);
        }
        Semaphore empty(0, 0);
        QCOMPARE(kindOf(empty.release()), ErrorKind::Overflow);
    }
    // rows: TH-15
    void waitsTimeOutNeverEarlyAndAreCancelled()
    {
        Semaphore semaphore(0);
        const Deadline deadline = Deadline::after(5ms);
        QCOMPARE(kindOf(semaphore.acquire(1, deadline)), ErrorKind::Timeout);
        QVERIFY(deadline.isOver());
        std::jthread thread([&](const std::stop_token& stop) {
            QCOMPARE(kindOf(semaphore.acquire(1, Deadline::never(), stop)), ErrorKind::Cancelled);
        });
        QVERIFY(eventually([&] { return semaphore.waiting() == 1; }));
        thread.request_stop();
        thread.join();
        QVERIFY(semaphore.release());
        QCOMPARE(semaphore.value(), 1);
    }
    void oneWhoWantsMuchDoesNotHoldUpOneWhoWantsLittle()
    {
        Semaphore semaphore(0);
        std::jthread much([&] { QVERIFY(semaphore.acquire(3)); });
        QVERIFY(eventually([&] { return semaphore.waiting() == 1; }));
        std::jthread little([&] { QVERIFY(semaphore.acquire(1)); });
        QVERIFY(eventually([&] { return semaphore.waiting() == 2; }));
        QVERIFY(semaphore.release());
        little.join();
        QCOMPARE(semaphore.waiting(), std::size_t{1});
        QVERIFY(semaphore.release(3));
        much.join();
        QCOMPARE(semaphore.value(), 0);
    }
    void neverMoreAreInsideThanThereAreUnits()
    {
        Semaphore semaphore(2, 2);
        std::atomic<int> inside{0};
        std::atomic<int> most{0};
        std::vector<std::jthread> threads;
        for (int number = 0; number < 4; ++number) {
            threads.emplace_back([&] {
                for (int turn = 0; turn < 3'000; ++turn) {
                    QVERIFY(semaphore.acquire());
                    const int now = ++inside;
                    for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) { }
                    --inside;
                    QVERIFY(semaphore.release());
                }
            });
        }
        threads.clear();
        QVERIFY(most <= 2);
        QCOMPARE(semaphore.value(), 2);
    }
    // rows: TH-15
    void limitsAndReleasesRaceWithoutLosingAUnit()
    {
        Semaphore semaphore(0);
        for (int repetition = 0; repetition < raceRounds(100); ++repetition) {
            std::atomic<int> taken{0};
            {
                std::vector<std::jthread> threads;
                for (int number = 0; number < 3; ++number) {
                    threads.emplace_back([&, number] {
                        taken += semaphore.acquire(1, Deadline::after(number * 15us)) ? 1 : 0;
                    });
                }
                QVERIFY(semaphore.release(2));
            }
            QCOMPARE(semaphore.value() + taken, std::int64_t{2});
            for (std::int64_t left = semaphore.value(); left > 0; --left)
                QVERIFY(semaphore.tryAcquire());
            QCOMPARE(semaphore.waiting(), std::size_t{0});
        }
    }
};

QTEST_APPLESS_MAIN(TestSemaphore)
#include "tst_semaphore.moc"

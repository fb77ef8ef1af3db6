// SPDX-License-Identifier: GPL-3.0-only
#include "engine/threads/mutex.h"
#include "engine/threads/recursive_mutex.h"
#include "tests/support/eventually.h"
#include "tests/support/race_rounds.h"
#include "tests/support/results.h"

#include <QtTest>

#include <limits>
#include <thread>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

namespace {

Deadline soon()
{
    return Deadline::after(5ms);
}

const Deadline kAtOnce = Deadline::at(0ns);

} // namespace

class TestMutex : public QObject
{
    Q_OBJECT
private slots:
    // rows: TH-11
    void aFreeMutexIsTakenAndGivenBack()
    {
        Mutex mutex;
        QVERIFY(mutex.lock());
        QVERIFY(mutex.isLocked() && mutex.isHeldByCaller());
        QVERIFY(!mutex.tryLock());
        QVERIFY(mutex.unlock());
        QVERIFY(!mutex.isLocked() && !mutex.isHeldByCaller());
        QVERIFY(mutex.tryLock());
        QVERIFY(mutex.unlock());
    }
    // rows: TH-11
    void givingBackAFreeMutexIsAnError()
    {
        Mutex mutex;
        QCOMPARE(kindOf(mutex.unlock()), ErrorKind::NotOwner);
        QVERIFY(mutex.tryLock());
        QVERIFY(mutex.unlock());
        QCOMPARE(kindOf(mutex.unlock()), ErrorKind::NotOwner);
    }
    // rows: TH-11
    // cases: TH06
    void anyThreadMayGiveBackAPlainMutex()
    {
        Mutex mutex;
        QVERIFY(mutex.lock());
        std::jthread([&] {
            QVERIFY(mutex.unlock());
            QVERIFY(!mutex.isLocked());
            QCOMPARE(kindOf(mutex.unlock()), ErrorKind::NotOwner);
        }).join();
        QCOMPARE(kindOf(mutex.unlock()), ErrorKind::NotOwner);
        QVERIFY(mutex.tryLock());
    }
    void onlyTheHolderMayWhereThatWasAskedFor()
    {
        Mutex mutex({}, {LockOrder::Unfair, UnlockBy::HolderOnly});
        QVERIFY(mutex.lock());
        std::jthread([&] { QCOMPARE(kindOf(mutex.unlock()), ErrorKind::NotOwner); }).join();
        QVERIFY(mutex.isHeldByCaller());
        QVERIFY(mutex.unlock());
    }
    // rows: TH-11
    void aWaitThatTimesOutIsNeverShortAndLeavesItWhole()
    {
        Mutex mutex;
        QVERIFY(mutex.lock());
        std::jthread([&] {
            const Deadline deadline = soon();
            QCOMPARE(kindOf(mutex.lock(deadline)), ErrorKind::Timeout);
            QVERIFY(deadline.isOver());
            QCOMPARE(kindOf(mutex.lock(kAtOnce)), ErrorKind::Timeout);
        }).join();
        QCOMPARE(mutex.waiting(), std::size_t{0});
        QVERIFY(mutex.unlock());
        QVERIFY(mutex.lock(kAtOnce));
    }
    // rows: TH-11
    // cases: TH07
    void aLockIsWholeAfterALimit()
    {
        Mutex mutex;
        QVERIFY(mutex.lock());
        std::jthread([&] {
            const Result<Deadline> limit = Deadline::afterSeconds(0.01);
            QCOMPARE(kindOf(mutex.lock(*limit)), ErrorKind::Timeout);
            QVERIFY(limit->isOver());
        }).join();
        QVERIFY(mutex.unlock());
        QVERIFY(mutex.lock(kAtOnce));
        QVERIFY(mutex.unlock());
    }
    void numbersThatAreNoLimitAreErrors_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<int>("kind");
        const auto invalid = static_cast<int>(ErrorKind::InvalidArgument);
        const auto overflow = static_cast<int>(ErrorKind::Overflow);
        QTest::newRow("negative") << -100.0 << invalid;
        QTest::newRow("just negative") << -1e-9 << invalid;
        QTest::newRow("no number") << std::numeric_limits<double>::quiet_NaN() << invalid;
        QTest::newRow("huge") << 1e100 << overflow;
        QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << overflow;
        QTest::newRow("a second more than fits") << 9.2e9 + 1 << overflow;
    }
    // rows: TH-11 TH-15 TH-21
    // cases: TH07
    void numbersThatAreNoLimitAreErrors()
    {
        QFETCH(double, seconds);
        QFETCH(int, kind);
        const Result<Deadline> limit = Deadline::afterSeconds(seconds);
        QVERIFY(!limit);
        QCOMPARE(static_cast<int>(limit.error().kind), kind);
    }
    // rows: TH-11
    void limitsAreClampedToWhatCanBeCounted()
    {
        QVERIFY(Deadline::afterSeconds(0)->isOver());
        QVERIFY(!Deadline::afterSeconds(9.2e9)->isOver());
        QVERIFY(Deadline::after(-5s).isOver());
        QVERIFY(Deadline::after(nanoseconds::min()).isOver());
        QVERIFY(Deadline::after(nanoseconds::max()).isNever());
        Mutex mutex;
        QVERIFY(mutex.lock());
        QCOMPARE(kindOf(mutex.lock(Deadline::after(-5s))), ErrorKind::Timeout);
    }
    // rows: TH-11
    void lockingAMutexOneHoldsWaitsForOneself()
    {
        Mutex mutex;
        QVERIFY(mutex.lock());
        QCOMPARE(kindOf(mutex.lock(soon())), ErrorKind::Timeout);
        QVERIFY(mutex.isHeldByCaller());
    }
    // rows: TH-11
    void aWaitCanBeCancelled()
    {
        Mutex mutex;
        QVERIFY(mutex.lock());
        std::jthread thread([&](const std::stop_token& stop) {
            QCOMPARE(kindOf(mutex.lock(Deadline::never(), stop)), ErrorKind::Cancelled);
        });
        QVERIFY(eventually([&] { return mutex.waiting() == 1; }));
        thread.request_stop();
        thread.join();
        QCOMPARE(mutex.waiting(), std::size_t{0});
        QVERIFY(mutex.unlock());
    }
    void aFairMutexGoesToTheOnesThatWaitInTheirOrder()
    {
        Mutex mutex({}, {LockOrder::Fair, UnlockBy::AnyThread});
        std::vector<int> order;
        QVERIFY(mutex.lock());
        std::vector<std::jthread> threads;
        for (int number = 0; number < 4; ++number) {
            threads.emplace_back([&, number] {
                QVERIFY(mutex.lock());
                order.push_back(number);
                QVERIFY(mutex.unlock());
            });
            QVERIFY(eventually(
                [&] { return mutex.waiting() == static_cast<std::size_t>(number) + 1; }));
        }
        QVERIFY(mutex.unlock());
        threads.clear();
        QCOMPARE(order, (std::vector{0, 1, 2, 3}));
    }
    void nobodyIsInsideTogether_data()
    {
        QTest::addColumn<bool>("fair");
        QTest::newRow("unfair") << false;
        QTest::newRow("fair") << true;
    }
    // rows: TH-11
    void nobodyIsInsideTogether()
    {
        QFETCH(bool, fair);
        constexpr int kThreads = 4;
        constexpr int kTurns = 5'000;
        Mutex mutex({}, {fair ? LockOrder::Fair : LockOrder::Unfair, UnlockBy::HolderOnly});
        int count = 0;
        std::vector<std::jthread> threads;
        for (int number = 0; number < kThreads; ++number) {
            threads.emplace_back([&] {
                for (int turn = 0; turn < kTurns; ++turn) {
                    QVERIFY(mutex.lock());
                    ++count;
                    QVERIFY(mutex.unlock());
                }
            });
        }
        threads.clear();
        QCOMPARE(count, kThreads * kTurns);
        QVERIFY(!mutex.isLocked());
    }
    void locksLimitsAndWishesToStopRaceWithoutLosingAnybody_data()
    {
        nobodyIsInsideTogether_data();
    }
    void locksLimitsAndWishesToStopRaceWithoutLosingAnybody()
    {
        QFETCH(bool, fair);
        Mutex mutex({}, {fair ? LockOrder::Fair : LockOrder::Unfair, UnlockBy::AnyThread});
        int inside = 0;
        for (int repetition = 0; repetition < raceRounds(300); ++repetition) {
            std::stop_source stop;
            std::vector<std::jthread> threads;
            for (int number = 0; number < 3; ++number) {
                threads.emplace_back([&, number] {
                    const Deadline deadline =
                        number == 0 ? Deadline::after(20us) : Deadline::never();
                    for (int turn = 0; turn < 20; ++turn) {
                        const Result<void> locked = mutex.lock(deadline, stop.get_token());
                        if (!locked)
                            continue;
                        ++inside;
                        --inside;
                        QVERIFY(mutex.unlock());
                    }
                });
            }
            stop.request_stop();
            threads.clear();
            QVERIFY(mutex.lock(kAtOnce)); // whatever happened, it is free again
            QCOMPARE(inside, 0);
            QVERIFY(mutex.unlock());
        }
    }

    // rows: TH-12
    // cases: TH08
    void aRecursiveMutexCountsItsLevels()
    {
        RecursiveMutex mutex;
        for (int level = 0; level < 3; ++level)
            QVERIFY(mutex.lock());
        QCOMPARE(mutex.depth(), 3U);
        std::jthread([&] {
            QCOMPARE(kindOf(mutex.unlock()), ErrorKind::NotOwner);
            QVERIFY(!mutex.tryLock());
        }).join();
        QCOMPARE(mutex.depth(), 3U);
        QVERIFY(mutex.unlock());
        QVERIFY(mutex.unlock());
        std::jthread second([&] {
            QVERIFY(mutex.lock());
            QVERIFY(mutex.unlock());
        });
        QVERIFY(eventually([&] { return mutex.waiting() == 1; }));
        QVERIFY(mutex.isHeldByCaller());
        QVERIFY(mutex.unlock());
        second.join();
        QCOMPARE(kindOf(mutex.unlock()), ErrorKind::NotOwner);
    }
    // rows: TH-12
    void aRecursiveMutexTimesOutAndIsCancelledForOthers()
    {
        RecursiveMutex mutex;
        QVERIFY(mutex.lock());
        std::jthread thread([&](const std::stop_token& stop) {
            QCOMPARE(kindOf(mutex.lock(soon())), ErrorKind::Timeout);
            QCOMPARE(kindOf(mutex.lock(Deadline::never(), stop)), ErrorKind::Cancelled);
        });
        QVERIFY(eventually([&] { return mutex.waiting() == 1; }));
        thread.request_stop();
        thread.join();
        QVERIFY(mutex.unlock());
    }
    void allLevelsAreGivenBackAndRestored()
    {
        RecursiveMutex mutex;
        QCOMPARE(mutex.unlockAll().error().kind, ErrorKind::NotOwner);
        QVERIFY(mutex.lock());
        QVERIFY(mutex.lock());
        const Result<std::uint32_t> depth = mutex.unlockAll();
        QVERIFY(depth);
        QVERIFY(!mutex.isLocked());
        mutex.restore(*depth);
        QCOMPARE(mutex.depth(), 2U);
        QVERIFY(mutex.unlock());
        QVERIFY(mutex.unlock());
    }
};

QTEST_APPLESS_MAIN(TestMutex)
#include "tst_mutex.moc"

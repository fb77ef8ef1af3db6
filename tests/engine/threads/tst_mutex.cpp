// SPDX-License-Identifier: GPL-3.0-only
#include "engine/threads/mutex.h"
#include "engine/threads/recursive_mutex.h"
#include "tests/support/eventually.h"

#include <QtTest>

#include <thread>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

namespace {

ErrorKind kindOf(const Result<void>& result)
{
    return result ? ErrorKind::SystemCall : result.error().kind;
}

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
    void givingBackAFreeMutexIsAnError()
    {
        Mutex mutex;
        QCOMPARE(kindOf(mutex.unlock()), ErrorKind::NotOwner);
        QVERIFY(mutex.tryLock());
        QVERIFY(mutex.unlock());
        QCOMPARE(kindOf(mutex.unlock()), ErrorKind::NotOwner);
    }
    void anyThreadMayGiveBackAPlainMutex()
    {
        Mutex mutex;
        QVERIFY(mutex.lock());
        std::jthread([&] { QVERIFY(mutex.unlock()); }).join();
        QVERIFY(!mutex.isLocked());
    }
    void onlyTheHolderMayWhereThatWasAskedFor()
    {
        Mutex mutex({}, {LockOrder::Unfair, UnlockBy::HolderOnly});
        QVERIFY(mutex.lock());
        std::jthread([&] { QCOMPARE(kindOf(mutex.unlock()), ErrorKind::NotOwner); }).join();
        QVERIFY(mutex.isHeldByCaller());
        QVERIFY(mutex.unlock());
    }
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
    void lockingAMutexOneHoldsWaitsForOneself()
    {
        Mutex mutex;
        QVERIFY(mutex.lock());
        QCOMPARE(kindOf(mutex.lock(soon())), ErrorKind::Timeout);
        QVERIFY(mutex.isHeldByCaller());
    }
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
        for (int repetition = 0; repetition < 300; ++repetition) {
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

// SPDX-License-Identifier: GPL-3.0-only
#include "engine/threads/condition.h"
#include "tests/support/eventually.h"
#include "tests/support/race_rounds.h"
#include "tests/support/results.h"

#include <QtTest>

#include <thread>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

namespace {

// So many threads that each wait twice, with what has become of them.
class Waiters
{
public:
    Waiters(int count, Mutex& mutex, Condition& condition)
    {
        for (int number = 0; number < count; ++number) {
            m_threads.emplace_back([this, &mutex, &condition] {
                for (int turn = 0; turn < 2; ++turn) {
                    QVERIFY(mutex.lock());
                    QVERIFY(condition.wait());
                    ++woken;
                    QVERIFY(mutex.unlock());
                }
            });
        }
    }

    std::atomic<int> woken{0};

private:
    std::vector<std::jthread> m_threads;
};

} // namespace

class TestCondition : public QObject
{
    Q_OBJECT
private slots:
    // rows: TH-13
    // cases: TH10
    void notifyLetsGoJustThoseWhoWaitAndOnlyAfterTheNotifierLetsThem()
    {
        Mutex mutex;
        Condition condition(mutex);
        Waiters waiters(5, mutex, condition);
        QVERIFY(eventually([&] { return condition.waiting() == 5; }));
        QVERIFY(mutex.lock());
        QCOMPARE(condition.notify(3).value(), std::size_t{3});
        QCOMPARE(waiters.woken.load(), 0);
        QVERIFY(mutex.unlock());
        QVERIFY(
            eventually([&] { return condition.waiting() == 5; })); // two first, three second waits
        QVERIFY(mutex.lock());
        QCOMPARE(waiters.woken.load(), 3);
        QCOMPARE(condition.notify(5).value(), std::size_t{5});
        QVERIFY(mutex.unlock());
        QVERIFY(eventually([&] { return waiters.woken == 8 && condition.waiting() == 2; }));
        QVERIFY(mutex.lock());
        QCOMPARE(condition.notifyAll().value(), std::size_t{2});
        QVERIFY(mutex.unlock());
    }
    // rows: TH-13
    void aNotifyWithNobodyThereIsLost()
    {
        Mutex mutex;
        Condition condition(mutex);
        QVERIFY(mutex.lock());
        QCOMPARE(condition.notify().value(), std::size_t{0});
        QCOMPARE(kindOf(condition.wait(Deadline::after(2ms))), ErrorKind::Timeout);
        QVERIFY(mutex.isHeldByCaller());
    }
    // rows: TH-13
    void waitingAndNotifyingAskForTheMutex()
    {
        Mutex mutex;
        Condition condition(mutex);
        QCOMPARE(kindOf(condition.wait()), ErrorKind::NotOwner);
        QCOMPARE(condition.notify().error().kind, ErrorKind::NotOwner);
        QVERIFY(mutex.lock());
        std::jthread([&] { QCOMPARE(kindOf(condition.wait()), ErrorKind::NotOwner); }).join();
        QVERIFY(mutex.isHeldByCaller());
    }
    void notifyingWithoutTheMutexCanBeAllowed()
    {
        Mutex mutex;
        Condition condition(mutex, {}, {NotifyOrder::Any, NotifyBy::AnyThread, 7});
        QCOMPARE(condition.notify().value(), std::size_t{0});
        std::jthread thread([&] {
            QVERIFY(mutex.lock());
            QVERIFY(condition.wait());
        });
        QVERIFY(eventually([&] { return condition.waiting() == 1; }));
        QCOMPARE(condition.notify().value(), std::size_t{1});
    }
    void aWaitEndsForNothingWhereThatIsAllowed()
    {
        Mutex mutex;
        ConditionOptions options;
        options.spurious = SpuriousWakeups::Rarely;
        Condition condition(mutex, {}, options);
        QVERIFY(mutex.lock());
        QVERIFY(condition.wait()); // nobody notifies
        QVERIFY(mutex.isHeldByCaller());
        QCOMPARE(condition.waiting(), std::size_t{0});
    }
    // rows: TH-13
    void allLevelsOfARecursiveMutexAreFreeWhileItIsWaited()
    {
        RecursiveMutex mutex;
        Condition condition(mutex);
        std::jthread thread([&] {
            for (int level = 0; level < 3; ++level)
                QVERIFY(mutex.lock());
            QVERIFY(condition.wait());
            QCOMPARE(mutex.depth(), 3U);
            for (int level = 0; level < 3; ++level)
                QVERIFY(mutex.unlock());
        });
        QVERIFY(eventually([&] { return condition.waiting() == 1; }));
        QVERIFY(mutex.lock());
        QVERIFY(condition.notify());
        QVERIFY(mutex.unlock());
        thread.join();
        QVERIFY(!mutex.isLocked());
    }
    void aCancelledWaitHoldsTheMutexAgain()
    {
        Mutex mutex;
        Condition condition(mutex);
        std::jthread thread([&](const std::stop_token& stop) {
            QVERIFY(mutex.lock());
            QCOMPARE(kindOf(condition.wait(Deadline::never(), stop)), ErrorKind::Cancelled);
            QVERIFY(mutex.isHeldByCaller());
            QVERIFY(mutex.unlock());
        });
        QVERIFY(eventually([&] { return condition.waiting() == 1; }));
        thread.request_stop();
    }
    // rows: TH-14
    // cases: TH11
    void uselessNotifiesDoNotLengthenALimit()
    {
        Mutex mutex;
        Condition condition(mutex);
        std::atomic<bool> over{false};
        std::jthread notifier([&] {
            while (!over) {
                QVERIFY(mutex.lock());
                QVERIFY(condition.notify());
                QVERIFY(mutex.unlock());
            }
        });
        QVERIFY(mutex.lock());
        const Deadline deadline = Deadline::after(20ms);
        const Result<bool> result = condition.waitUntil([] { return false; }, deadline);
        QVERIFY(mutex.unlock());
        over = true;
        QVERIFY(result);
        QVERIFY(!*result);
        QVERIFY(deadline.isOver());
    }
    // rows: TH-14
    void waitUntilEndsWhenItIsTrue()
    {
        Mutex mutex;
        Condition condition(mutex);
        int count = 0;
        std::jthread thread([&] {
            for (int turn = 0; turn < 3; ++turn) {
                QVERIFY(mutex.lock());
                ++count;
                QVERIFY(condition.notifyAll());
                QVERIFY(mutex.unlock());
            }
        });
        QVERIFY(mutex.lock());
        const Result<bool> reached = condition.waitUntil([&] { return count == 3; });
        QVERIFY(reached && *reached);
        QVERIFY(mutex.unlock());
    }
    // rows: TH-13
    void everyNotifyIsTakenByOneWhoWaitsOrTimesOut()
    {
        Mutex mutex;
        Condition condition(mutex, {}, {NotifyOrder::Any, NotifyBy::HolderOnly, 1});
        for (int repetition = 0; repetition < raceRounds(100); ++repetition) {
            std::atomic<std::size_t> woken{0};
            std::size_t notified = 0;
            {
                std::vector<std::jthread> threads;
                for (int number = 0; number < 3; ++number) {
                    threads.emplace_back([&, number] {
                        QVERIFY(mutex.lock());
                        woken += condition.wait(Deadline::after(number * 20us)) ? 1 : 0;
                        QVERIFY(mutex.unlock());
                    });
                }
                for (int turn = 0; turn < 3; ++turn) {
                    QVERIFY(mutex.lock());
                    notified += *condition.notify();
                    QVERIFY(mutex.unlock());
                }
            }
            QCOMPARE(woken.load(), notified);
        }
    }
};

QTEST_APPLESS_MAIN(TestCondition)
#include "tst_condition.moc"

// SPDX-License-Identifier: GPL-3.0-only
#include "engine/threads/queue.h"
#include "tests/support/eventually.h"
#include "tests/support/race_rounds.h"
#include "tests/support/results.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <atomic>
#include <deque>
#include <memory>
#include <thread>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

namespace {

const Deadline kAtOnce = Deadline::at(0ns);

} // namespace

class TestQueue : public QObject
{
    Q_OBJECT
private slots:
    void itemsComeOutInTheOrderOfTheQueue_data()
    {
        QTest::addColumn<int>("order");
        QTest::addColumn<QList<int>>("expected");
        QTest::newRow("fifo") << static_cast<int>(QueueOrder::Fifo) << QList{5, 1, 3, 1};
        QTest::newRow("lifo") << static_cast<int>(QueueOrder::Lifo) << QList{1, 3, 1, 5};
        QTest::newRow("priority") << static_cast<int>(QueueOrder::Priority) << QList{1, 1, 3, 5};
    }
    // rows: TH-21
    void itemsComeOutInTheOrderOfTheQueue()
    {
        QFETCH(int, order);
        QFETCH(QList<int>, expected);
        Queue<int> queue({10, static_cast<QueueOrder>(order), {}});
        for (const int item : {5, 1, 3, 1})
            QVERIFY(queue.put(item));
        QList<int> got;
        while (!queue.isEmpty())
            got.append(*queue.get());
        QCOMPARE(got, expected);
    }
    // rows: TH-21
    void equalPrioritiesKeepTheirOrder()
    {
        struct Job
        {
            int priority;
            int number;
            bool operator<(const Job& other) const { return priority < other.priority; }
        };
        Queue<Job> queue({0, QueueOrder::Priority, {}});
        for (int number = 0; number < 20; ++number)
            QVERIFY(queue.put({number % 2, number}));
        for (int number = 0; number < 20; ++number)
            QCOMPARE(queue.get()->number, number < 10 ? number * 2 : (number - 10) * 2 + 1);
    }
    // rows: TH-21
    void fullAndEmptyAreErrorsForATry()
    {
        Queue<int> queue({1, QueueOrder::Fifo, {}});
        QCOMPARE(kindOf(queue.get(kAtOnce)), ErrorKind::Timeout);
        QVERIFY(queue.put(1, kAtOnce));
        QVERIFY(queue.isFull());
        QCOMPARE(kindOf(queue.put(2, kAtOnce)), ErrorKind::Timeout);
        QCOMPARE(queue.get(kAtOnce).value(), 1);
    }
    // rows: TH-21
    void waitsTimeOutNeverEarlyAndLoseNothing()
    {
        Queue<int> queue({1, QueueOrder::Fifo, {}});
        Deadline deadline = Deadline::after(3ms);
        QCOMPARE(kindOf(queue.get(deadline)), ErrorKind::Timeout);
        QVERIFY(deadline.isOver());
        QVERIFY(queue.put(1));
        deadline = Deadline::after(3ms);
        QCOMPARE(kindOf(queue.put(2, deadline)), ErrorKind::Timeout);
        QVERIFY(deadline.isOver());
        QCOMPARE(queue.size(), std::size_t{1});
        QCOMPARE(queue.unfinished(), std::size_t{1});
    }
    void cancelledWaitersLoseNothing()
    {
        Queue<int> queue({1, QueueOrder::Fifo, {}});
        std::jthread getter([&](const std::stop_token& stop) {
            QCOMPARE(kindOf(queue.get(Deadline::never(), stop)), ErrorKind::Cancelled);
        });
        QVERIFY(eventually([&] { return queue.waiting() == 1; }));
        getter.request_stop();
        getter.join();
        QVERIFY(queue.put(1));
        QCOMPARE(queue.get(kAtOnce).value(), 1);
    }
    void itemsThatCanOnlyBeMovedGoStraightToOneWhoWaits()
    {
        Queue<std::unique_ptr<int>> queue;
        std::jthread getter([&] {
            const auto item = queue.get();
            QVERIFY(item);
            QCOMPARE(**item, 7);
        });
        QVERIFY(eventually([&] { return queue.waiting() == 1; }));
        QVERIFY(queue.put(std::make_unique<int>(7)));
        getter.join();
        QVERIFY(queue.isEmpty());
    }
    // rows: TH-21
    // cases: TH19
    void joinReturnsWhenAllIsMarkedAndOneMarkTooManyIsAnError()
    {
        constexpr int kItems = 100;
        Queue<int> queue;
        std::atomic<int> handled{0};
        std::vector<std::jthread> workers;
        for (int number = 0; number < 2; ++number) {
            workers.emplace_back([&] {
                while (queue.get()) {
                    ++handled;
                    QVERIFY(queue.taskDone());
                }
            });
        }
        for (int item = 0; item < kItems; ++item)
            QVERIFY(queue.put(item));
        QVERIFY(queue.join());
        QCOMPARE(handled.load(), kItems);
        QCOMPARE(kindOf(queue.taskDone()), ErrorKind::Overflow);
        queue.close();
    }
    void aJoinHasALimitAndCanBeCancelled()
    {
        Queue<int> queue;
        QVERIFY(queue.put(1));
        QCOMPARE(kindOf(queue.join(Deadline::after(2ms))), ErrorKind::Timeout);
        std::jthread joiner([&](const std::stop_token& stop) {
            QCOMPARE(kindOf(queue.join(Deadline::never(), stop)), ErrorKind::Cancelled);
        });
        QVERIFY(eventually([&] { return queue.waiting() == 1; }));
        joiner.request_stop();
    }
    // rows: TH-22
    // cases: TH19
    void closingLetsGettersDrainAndThenFail()
    {
        Queue<int> queue;
        QVERIFY(queue.put(1));
        queue.close();
        QVERIFY(queue.isClosed());
        QCOMPARE(kindOf(queue.put(2)), ErrorKind::Closed);
        QCOMPARE(queue.get().value(), 1);
        QCOMPARE(kindOf(queue.get()), ErrorKind::Closed);
    }
    // rows: TH-22
    void closingFreesAllWhoWait()
    {
        Queue<int> full({1, QueueOrder::Fifo, {}});
        QVERIFY(full.put(1));
        Queue<int> empty;
        std::jthread putter([&] { QCOMPARE(kindOf(full.put(2)), ErrorKind::Closed); });
        std::jthread getter([&] { QCOMPARE(kindOf(empty.get()), ErrorKind::Closed); });
        QVERIFY(eventually([&] { return full.waiting() == 1 && empty.waiting() == 1; }));
        full.close();
        empty.close();
        putter.join();
        getter.join();
        QCOMPARE(full.size(), std::size_t{1});
    }
    // rows: TH-22
    // cases: TH19
    void closingAtOnceDropsWhatIsThereAndFreesJoiners()
    {
        Queue<int> queue;
        for (int item = 0; item < 3; ++item)
            QVERIFY(queue.put(item));
        std::jthread joiner([&] { QVERIFY(queue.join()); });
        QVERIFY(eventually([&] { return queue.waiting() == 1; }));
        queue.closeNow();
        joiner.join();
        QVERIFY(queue.isEmpty());
        QCOMPARE(kindOf(queue.get()), ErrorKind::Closed);
        QCOMPARE(kindOf(queue.taskDone()), ErrorKind::Overflow);
    }
    // An endless queue hands its items to those who get in pieces, which nobody may notice.
    // rows: TH-21 TH-22
    void itemsThatCameTogetherCountAndGoOneByOne()
    {
        const auto marker = std::make_shared<int>(0);
        Queue<std::shared_ptr<int>> queue;
        for (int item = 0; item < 5; ++item)
            QVERIFY(queue.put(marker));
        QVERIFY(queue.get());
        QCOMPARE(queue.size(), std::size_t{4});
        QVERIFY(queue.put(marker));
        QVERIFY(queue.put(marker));
        QCOMPARE(queue.size(), std::size_t{6});
        QCOMPARE(queue.unfinished(), std::size_t{7});
        queue.close();
        for (int item = 0; item < 3; ++item)
            QVERIFY(queue.get(kAtOnce));
        QCOMPARE(queue.size(), std::size_t{3});
        queue.closeNow();
        QVERIFY(queue.isEmpty());
        QCOMPARE(queue.unfinished(), std::size_t{4}); // taken and not marked yet
        QCOMPARE(marker.use_count(), 1L);
        QCOMPARE(kindOf(queue.get()), ErrorKind::Closed);
    }
    // rows: TH-21
    void eachGetterMeetsTheItemsOfEachPutterInTheirOrder()
    {
        constexpr int kItems = 1'000;
        for (int round = 0; round < raceRounds(10); ++round) {
            Queue<std::pair<int, int>> queue; // putter, number
            std::atomic<int> disorders{0};
            std::atomic<int> got{0};
            std::vector<std::jthread> getters;
            for (int number = 0; number < 2; ++number) {
                getters.emplace_back([&] {
                    std::array<int, 2> last{-1, -1};
                    while (const auto item = queue.get()) {
                        int& before = last[static_cast<std::size_t>(item->first)];
                        disorders += item->second <= before ? 1 : 0;
                        before = item->second;
                        ++got;
                    }
                });
            }
            {
                const auto putAll = [&](int putter) {
                    for (int number = 0; number < kItems; ++number)
                        QVERIFY(queue.put({putter, number}));
                };
                const std::jthread first(putAll, 0);
                const std::jthread second(putAll, 1);
            }
            queue.close();
            getters.clear();
            QCOMPARE(got.load(), 2 * kItems);
            QCOMPARE(disorders.load(), 0);
        }
    }
    // rows: TH-22
    // cases: TH19
    void closingAtOnceFreesGettersToo()
    {
        Queue<int> queue;
        std::atomic<int> closed{0};
        std::vector<std::jthread> getters;
        for (int number = 0; number < 3; ++number)
            getters.emplace_back(
                [&] { closed += kindOf(queue.get()) == ErrorKind::Closed ? 1 : 0; });
        QVERIFY(eventually([&] { return queue.waiting() == 3; }));
        queue.closeNow();
        getters.clear();
        QCOMPARE(closed.load(), 3);
    }
    // rows: TH-22
    // cases: TH19
    void closingKeepsAJoinerUntilTheRestIsHandled()
    {
        Queue<int> queue;
        for (int item = 0; item < 2; ++item)
            QVERIFY(queue.put(item));
        std::jthread joiner([&] { QVERIFY(queue.join()); });
        QVERIFY(eventually([&] { return queue.waiting() == 1; }));
        queue.close();
        for (int item = 0; item < 2; ++item) {
            QCOMPARE(queue.get().value(), item);
            QCOMPARE(queue.waiting(), std::size_t{1});
            QVERIFY(queue.taskDone());
        }
        joiner.join();
        QCOMPARE(kindOf(queue.get()), ErrorKind::Closed);
    }
    // rows: TH-22
    // cases: TH19
    void closingAtOnceFreesPuttersAndWaitsForWhatIsBeingHandled()
    {
        Queue<int> queue({2, QueueOrder::Fifo, {}});
        for (int item = 0; item < 2; ++item)
            QVERIFY(queue.put(item));
        QVERIFY(queue.get()); // in hand, not handled yet
        QVERIFY(queue.put(2));
        std::jthread putter([&] { QCOMPARE(kindOf(queue.put(3)), ErrorKind::Closed); });
        std::jthread joiner([&] { QVERIFY(queue.join()); });
        QVERIFY(eventually([&] { return queue.waiting() == 2; }));
        queue.closeNow();
        putter.join();
        QCOMPARE(queue.unfinished(), std::size_t{1});
        QVERIFY(queue.taskDone());
        joiner.join();
        QCOMPARE(kindOf(queue.taskDone()), ErrorKind::Overflow);
        QCOMPARE(kindOf(queue.get()), ErrorKind::Closed);
    }
    void everyItemArrivesOnceWhateverItsTakersDo()
    {
        constexpr int kItems = 4'000;
        Queue<int> queue({3, QueueOrder::Fifo, {}});
        std::vector<std::atomic<int>> seen(kItems);
        std::vector<std::jthread> threads;
        for (int number = 0; number < 2; ++number) {
            threads.emplace_back([&, number] {
                for (int item = number; item < kItems; item += 2) {
                    while (!queue.put(item, Deadline::after(20us))) { }
                }
            });
            threads.emplace_back([&] {
                for (;;) {
                    const Result<int> item = queue.get(Deadline::after(20us));
                    if (item)
                        ++seen[static_cast<std::size_t>(*item)];
                    else if (item.error().kind == ErrorKind::Closed)
                        return;
                }
            });
        }
        threads[0].join();
        threads[2].join();
        queue.close();
        threads.clear();
        QVERIFY(
            std::all_of(seen.begin(), seen.end(), [](const auto& count) { return count == 1; }));
    }
    // Nobody may sleep on: the test would not end.
    void closingInTheMidstOfPutsAndGetsLosesNothingAndFreesAll()
    {
        for (int round = 0; round < raceRounds(30); ++round) {
            constexpr int kThreads = 3;
            constexpr int kItemsBeforeClose = 200;
            Queue<int> queue({round % 2 == 0 ? std::size_t{2} : std::size_t{0}, {}, {}});
            std::atomic<int> put{0};
            std::atomic<int> got{0};
            std::vector<std::jthread> threads;
            for (int number = 0; number < kThreads; ++number) {
                threads.emplace_back([&] {
                    while (queue.put(1))
                        ++put;
                });
                threads.emplace_back([&] {
                    while (queue.get())
                        ++got;
                });
            }
            while (got < kItemsBeforeClose)
                std::this_thread::yield();
            queue.close();
            threads.clear();
            QCOMPARE(got.load(), put.load());
            QCOMPARE(queue.size(), std::size_t{0});
            QCOMPARE(queue.waiting(), std::size_t{0});
        }
    }
    void theOrderHoldsWhileTheQueueGrowsAndEmpties_data()
    {
        QTest::addColumn<int>("order");
        QTest::newRow("fifo") << static_cast<int>(QueueOrder::Fifo);
        QTest::newRow("lifo") << static_cast<int>(QueueOrder::Lifo);
    }
    void theOrderHoldsWhileTheQueueGrowsAndEmpties()
    {
        QFETCH(int, order);
        const bool isFifo = static_cast<QueueOrder>(order) == QueueOrder::Fifo;
        constexpr std::array<std::size_t, 6> kMosts{1, 31, 33, 5'000, 2, 9'000};
        Queue<std::unique_ptr<int>> queue({0, static_cast<QueueOrder>(order), {}});
        std::deque<int> expected;
        int next = 0;
        const auto getOne = [&] {
            const int item = isFifo ? expected.front() : expected.back();
            isFifo ? expected.pop_front() : expected.pop_back();
            return **queue.get(kAtOnce) == item;
        };
        for (const std::size_t most : kMosts) {
            while (expected.size() < most) {
                for (int turn = 0; turn < 3; ++turn) {
                    expected.push_back(next);
                    QVERIFY(queue.put(std::make_unique<int>(next++)));
                }
                QVERIFY(getOne() && getOne());
            }
            QCOMPARE(queue.size(), expected.size());
            while (!expected.empty())
                QVERIFY(getOne());
            QVERIFY(queue.isEmpty());
        }
    }
};

QTEST_APPLESS_MAIN(TestQueue)
#include "tst_queue.moc"

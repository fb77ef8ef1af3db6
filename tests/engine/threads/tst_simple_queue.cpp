// SPDX-License-Identifier: GPL-3.0-only
#include "engine/threads/simple_queue.h"
#include "tests/support/eventually.h"
#include "tests/support/race_rounds.h"

#include <QtTest>

#include <array>
#include <atomic>
#include <memory>
#include <thread>

#include <signal.h>

using namespace heddle;
using namespace heddle::tests;
using namespace std::chrono_literals;

namespace {

const Deadline kAtOnce = Deadline::at(0ns);

struct Numbered
{
    int putter = 0;
    int number = 0;
};

// What the handler below puts, and where.
struct Handled
{
    SimpleQueue<int>* queue = nullptr;
    std::array<SimpleQueue<int>::Parcel, 64> parcels;
    std::atomic<std::size_t> next{0};
};
std::atomic<Handled*> handled{nullptr};

void putInHandler(int)
{
    Handled* const current = handled;
    if (current == nullptr)
        return;
    const std::size_t index = current->next.fetch_add(1);
    if (index < current->parcels.size())
        current->queue->put(std::move(current->parcels[index]));
}

// Puts and gets the numbers to 500 while signals come; the sum of all that comes out.
int putAndGetUnderFire(SimpleQueue<int>& queue, std::size_t count)
{
    std::atomic<bool> isOver{false};
    const pthread_t target = ::pthread_self();
    std::jthread sender([&] {
        for (std::size_t sent = 0; sent < count && !isOver; ++sent)
            static_cast<void>(::pthread_kill(target, SIGUSR2));
    });
    int sum = 0;
    for (int item = 1; item <= 500; ++item) {
        queue.put(item);
        sum += queue.get().value();
    }
    isOver = true;
    sender.join();
    while (const Result<int> item = queue.get(kAtOnce))
        sum += *item;
    return sum;
}

} // namespace

class TestSimpleQueue : public QObject
{
    Q_OBJECT
private slots:
    // rows: TH-23
    void itemsComeOutInTheirOrderAndAnEmptyQueueIsATimeout()
    {
        SimpleQueue<int> queue;
        QVERIFY(queue.isEmpty());
        QCOMPARE(queue.get(kAtOnce).error().kind, ErrorKind::Timeout);
        for (int item = 0; item < 200; ++item)
            queue.put(item);
        QCOMPARE(queue.size(), std::size_t{200});
        for (int item = 0; item < 200; ++item) {
            QCOMPARE(queue.get(kAtOnce).value(), item);
            QCOMPARE(queue.size(), static_cast<std::size_t>(199 - item));
        }
        QVERIFY(queue.isEmpty());
        const Deadline deadline = Deadline::after(3ms);
        QCOMPARE(queue.get(deadline).error().kind, ErrorKind::Timeout);
        QVERIFY(deadline.isOver());
    }
    // rows: TH-23
    void aWaitCanBeCancelledAndLosesNothing()
    {
        SimpleQueue<std::unique_ptr<int>> queue;
        std::jthread getter([&](const std::stop_token& stop) {
            QCOMPARE(queue.get(Deadline::never(), stop).error().kind, ErrorKind::Cancelled);
        });
        getter.request_stop();
        getter.join();
        queue.put(std::make_unique<int>(7));
        QCOMPARE(**queue.get(), 7);
    }
    // rows: TH-23
    void eachPuttersItemsArriveOnceAndInItsOrder()
    {
        constexpr int kPutters = 3;
        constexpr int kItems = 3'000;
        SimpleQueue<Numbered> queue;
        std::array<std::atomic<int>, kPutters> counts{};
        std::atomic<int> disorders{0};
        std::vector<std::jthread> threads;
        for (int getter = 0; getter < 2; ++getter) {
            threads.emplace_back([&] {
                std::array<int, kPutters> last{-1, -1, -1};
                for (;;) {
                    const Result<Numbered> item = queue.get();
                    if (!item || item->number < 0)
                        return;
                    const auto putter = static_cast<std::size_t>(item->putter);
                    disorders += item->number > last[putter] ? 0 : 1;
                    last[putter] = item->number;
                    ++counts[putter];
                }
            });
        }
        {
            std::vector<std::jthread> putters;
            for (int putter = 0; putter < kPutters; ++putter) {
                putters.emplace_back([&, putter] {
                    for (int number = 0; number < kItems; ++number)
                        queue.put({putter, number});
                });
            }
        }
        queue.put({0, -1});
        queue.put({0, -1});
        threads.clear();
        QCOMPARE(disorders.load(), 0);
        QVERIFY(std::all_of(
            counts.begin(), counts.end(), [](const auto& count) { return count == kItems; }));
    }
    // rows: TH-23
    void itsSizeCanBeAskedWhileOthersPutAndGet()
    {
        constexpr int kItems = 2'000;
        SimpleQueue<int> queue;
        std::atomic<bool> isOver{false};
        std::atomic<bool> isTooMany{false};
        {
            std::jthread asker([&] {
                while (!isOver)
                    isTooMany = isTooMany || queue.size() > kItems;
            });
            std::jthread getter([&] {
                for (int item = 0; item < kItems; ++item)
                    static_cast<void>(queue.get());
                isOver = true;
            });
            for (int item = 0; item < kItems; ++item)
                queue.put(item);
        }
        QVERIFY(!isTooMany);
        QCOMPARE(queue.size(), std::size_t{0});
    }
    // rows: TH-23
    void gettersThatGiveUpTakeNoWakeUpFromThoseWhoStay()
    {
        for (int round = 0; round < raceRounds(20); ++round) {
            constexpr int kItems = 200;
            SimpleQueue<int> queue;
            std::atomic<int> got{0};
            std::vector<std::jthread> threads;
            for (int getter = 0; getter < 2; ++getter) {
                threads.emplace_back([&] { // stays until it gets a 0
                    while (queue.get().value() != 0)
                        ++got;
                });
            }
            for (int getter = 0; getter < 2; ++getter) {
                threads.emplace_back([&](const std::stop_token& stop) {
                    while (!stop.stop_requested())
                        got += queue.get(Deadline::after(5us), stop) ? 1 : 0;
                });
            }
            for (int item = 1; item <= kItems; ++item)
                queue.put(item);
            QVERIFY(eventually([&] { return got == kItems; }));
            threads[2].request_stop();
            threads[3].request_stop();
            threads[2].join();
            threads[3].join();
            queue.put(0);
            queue.put(0);
            threads.clear();
            QVERIFY(queue.isEmpty());
        }
    }
    // rows: TH-23
    void aDestructorMayPutWithinAPutOrAGet()
    {
        struct Echo
        {
            explicit Echo(SimpleQueue<int>* given)
                : queue(given)
            {
            }
            Echo(Echo&& other) noexcept = default;
            Echo& operator=(Echo&& other) noexcept = default;
            ~Echo() { queue->put(1); }
            SimpleQueue<int>* queue;
        };
        SimpleQueue<int> echoes;
        SimpleQueue<Echo> queue;
        queue.put(Echo(&echoes));
        static_cast<void>(queue.get());
        int count = 0;
        while (echoes.get(kAtOnce))
            ++count;
        QVERIFY(count >= 2); // the one that was put and the one that was got, at least
        QVERIFY(echoes.isEmpty());
    }
    // rows: TH-23
    void aSignalHandlerMayPutWhateverItInterrupts()
    {
        struct sigaction action = {};
        action.sa_handler = putInHandler;
        action.sa_flags = SA_RESTART;
        QCOMPARE(::sigaction(SIGUSR2, &action, nullptr), 0); // stays: a signal may come late
        for (int round = 0; round < raceRounds(20); ++round) {
            SimpleQueue<int> queue;
            Handled own;
            own.queue = &queue;
            for (auto& parcel : own.parcels)
                parcel = SimpleQueue<int>::pack(-1);
            handled = &own;
            const int sum = putAndGetUnderFire(queue, own.parcels.size());
            handled = nullptr;
            const auto handlers = static_cast<int>(std::min(own.next.load(), own.parcels.size()));
            QCOMPARE(sum, 500 * 501 / 2 - handlers);
        }
    }
};

QTEST_APPLESS_MAIN(TestSimpleQueue)
#include "tst_simple_queue.moc"

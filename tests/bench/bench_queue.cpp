// SPDX-License-Identifier: GPL-3.0-only
// bench_queue [--json]: the engine's queues beside moodycamel's, one thread putting and one getting.
#include "engine/threads/queue.h"
#include "engine/threads/simple_queue.h"
#include "tests/bench/bench_report.h"

#if defined(HEDDLE_HAS_MOODYCAMEL)
#include <blockingconcurrentqueue.h>
#endif

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using namespace heddle;
using namespace heddle::bench;

constexpr int kRounds = 15;
constexpr std::uint64_t kItems = 200'000;

constexpr std::uint64_t kSlowItems = 20'000;

// How fast the putting thread puts.
enum class Pace
{
    Full,
    Slow ///< so that the getting thread has to wait for nearly each item
};

template <typename T> T itemOf(std::uint64_t number)
{
    if constexpr (std::is_same_v<T, std::string>) {
        char text[32]; // longer than what a string holds without allocating
        static_cast<void>(std::snprintf(text, sizeof text, "an item with the number %06u",
            static_cast<unsigned>(number % 1'000'000)));
        return text;
    } else {
        return number;
    }
}

void dawdle()
{
    const nanoseconds until = monotonicNow() + nanoseconds{500};
    while (monotonicNow() < until) { }
}

// Gets every item in the order it was put, or there is no figure.
template <typename T, typename Put, typename Get>
double handOver(Pace pace, const Put& put, const Get& get)
{
    const std::uint64_t count = pace == Pace::Full ? kItems : kSlowItems;
    std::vector<T> items;
    for (std::uint64_t number = 0; number < count; ++number)
        items.push_back(itemOf<T>(number));
    std::vector<T> got(count);
    const double took = timed(count, [&] {
        const std::jthread putter([&] {
            for (const T& item : items) {
                if (pace == Pace::Slow)
                    dawdle();
                put(item);
            }
        });
        for (T& item : got)
            item = get();
    });
    if (got != items) {
        static_cast<void>(std::fprintf(stderr, "bench_queue: an item came out of order\n"));
        std::exit(1); // NOLINT(concurrency-mt-unsafe): the putting thread has ended
    }
    return took;
}

template <typename OwnQueue, typename T> double throughOwn(Pace pace)
{
    OwnQueue queue;
    return handOver<T>(
        pace,
        [&](const T& item) {
            if constexpr (std::is_void_v<decltype(queue.put(item))>)
                queue.put(item);
            else
                static_cast<void>(queue.put(item));
        },
        [&] { return *queue.get(); });
}

template <typename T> double throughPeer(Pace pace)
{
#if defined(HEDDLE_HAS_MOODYCAMEL)
    moodycamel::BlockingConcurrentQueue<T> queue;
    return handOver<T>(
        pace, [&](const T& item) { queue.enqueue(item); },
        [&] {
            T item{};
            queue.wait_dequeue(item);
            return item;
        });
#else
    static_cast<void>(pace);
    return 0;
#endif
}

template <typename OwnQueue, typename T>
void measure(BenchReport& report, const char* work, Pace pace)
{
    Row row{work, {}, {}, {}};
#if defined(HEDDLE_HAS_MOODYCAMEL)
    row.peers.push_back({"moodycamel::BlockingConcurrentQueue", {}});
#endif
    for (int round = 0; round < kRounds; ++round) {
        row.heddle.push_back(throughOwn<OwnQueue, T>(pace));
        for (auto& [name, rounds] : row.peers)
            rounds.push_back(throughPeer<T>(pace));
    }
    report.add(std::move(row));
}

} // namespace

int main(int count, char** arguments)
{
    const bool asJson = count > 1 && std::string_view(arguments[1]) == "--json";
    BenchReport report("queue");
    using Number = std::uint64_t;
    measure<SimpleQueue<Number>, Number>(report, "simple queue: numbers", Pace::Full);
    measure<SimpleQueue<Number>, Number>(report, "simple queue: numbers, slowly", Pace::Slow);
    measure<SimpleQueue<std::string>, std::string>(report, "simple queue: texts", Pace::Full);
    measure<SimpleQueue<std::string>, std::string>(
        report, "simple queue: texts, slowly", Pace::Slow);
    measure<Queue<Number>, Number>(report, "queue: numbers", Pace::Full);
    measure<Queue<Number>, Number>(report, "queue: numbers, slowly", Pace::Slow);
    measure<Queue<std::string>, std::string>(report, "queue: texts", Pace::Full);
    measure<Queue<std::string>, std::string>(report, "queue: texts, slowly", Pace::Slow);
#if !defined(HEDDLE_HAS_MOODYCAMEL)
    static_cast<void>(std::fprintf(stderr, "bench_queue: moodycamel's queue is not installed\n"));
#endif
    report.print(asJson);
}

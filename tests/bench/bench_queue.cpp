// SPDX-License-Identifier: GPL-3.0-only
// bench_queue [--json]: the engine's queues beside moodycamel's, one thread putting and one getting.
#include "engine/threads/queue.h"
#include "engine/threads/simple_queue.h"
#include "tests/bench/bench_report.h"

#if defined(HEDDLE_HAS_MOODYCAMEL)
#include <blockingconcurrentqueue.h>
#endif

#include <cstdlib>
#include <string_view>
#include <thread>

namespace {

using namespace heddle;
using namespace heddle::bench;

constexpr int kRounds = 15;
constexpr std::uint64_t kItems = 200'000;

// Gets every item in the order it was put, or there is no figure.
template <typename Put, typename Get> double handOver(const Put& put, const Get& get)
{
    bool isInOrder = true;
    const double took = timed(kItems, [&] {
        const std::jthread putter([&] {
            for (std::uint64_t item = 0; item < kItems; ++item)
                put(item);
        });
        for (std::uint64_t item = 0; item < kItems; ++item)
            isInOrder = get() == item && isInOrder;
    });
    if (!isInOrder) {
        static_cast<void>(std::fprintf(stderr, "bench_queue: an item came out of order\n"));
        std::exit(1);
    }
    return took;
}

template <typename OwnQueue> double throughOwn()
{
    OwnQueue queue;
    return handOver(
        [&](std::uint64_t item) {
            if constexpr (std::is_void_v<decltype(queue.put(item))>)
                queue.put(item);
            else
                static_cast<void>(queue.put(item));
        },
        [&] { return *queue.get(); });
}

double throughPeer()
{
#if defined(HEDDLE_HAS_MOODYCAMEL)
    moodycamel::BlockingConcurrentQueue<std::uint64_t> queue;
    return handOver([&](std::uint64_t item) { queue.enqueue(item); },
        [&] {
            std::uint64_t item = 0;
            queue.wait_dequeue(item);
            return item;
        });
#else
    return 0;
#endif
}

template <typename OwnQueue> void measure(BenchReport& report, const char* work)
{
    Row row{work, {}, {}, {}};
#if defined(HEDDLE_HAS_MOODYCAMEL)
    row.peers.push_back({"moodycamel::BlockingConcurrentQueue", {}});
#endif
    for (int round = 0; round < kRounds; ++round) {
        row.heddle.push_back(throughOwn<OwnQueue>());
        for (auto& [name, rounds] : row.peers)
            rounds.push_back(throughPeer());
    }
    report.add(std::move(row));
}

} // namespace

int main(int count, char** arguments)
{
    const bool asJson = count > 1 && std::string_view(arguments[1]) == "--json";
    BenchReport report("queue");
    measure<SimpleQueue<std::uint64_t>>(report, "simple queue: one puts, one gets");
    measure<Queue<std::uint64_t>>(report, "queue: one puts, one gets");
#if !defined(HEDDLE_HAS_MOODYCAMEL)
    static_cast<void>(std::fprintf(stderr, "bench_queue: moodycamel's queue is not installed\n"));
#endif
    report.print(asJson);
}

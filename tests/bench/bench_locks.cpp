// SPDX-License-Identifier: GPL-3.0-only
// bench_locks [--json]: the engine's primitives beside those of the standard library, in alternation.
#include "engine/record/collector.h"
#include "engine/threads/condition.h"
#include "engine/threads/mutex.h"
#include "engine/threads/semaphore.h"
#include "tests/bench/bench_report.h"

#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <semaphore>
#include <string_view>
#include <thread>

namespace {

using namespace heddle;
using namespace heddle::bench;

constexpr int kRounds = 15;

void require(bool holds, const char* what)
{
    if (holds)
        return;
    static_cast<void>(std::fprintf(stderr, "bench_locks: %s\n", what));
    std::exit(1);
}

// Both sides do `turns` turns each round, one after the other.
template <typename Ours, typename Theirs>
Row alternate(
    const char* work, const char* peer, std::uint64_t turns, const Ours& ours, const Theirs& theirs)
{
    Row row{work, {}, {{peer, {}}}, {}};
    for (int round = 0; round < kRounds; ++round) {
        row.heddle.push_back(timed(turns, [&] { ours(turns); }));
        row.peers.front().second.push_back(timed(turns, [&] { theirs(turns); }));
    }
    return row;
}

void takeAndGive(Mutex& mutex, std::uint64_t turns, std::uint64_t& counter)
{
    for (std::uint64_t turn = 0; turn < turns; ++turn) {
        static_cast<void>(mutex.lock());
        ++counter;
        static_cast<void>(mutex.unlock());
    }
}

void takeAndGive(std::mutex& mutex, std::uint64_t turns, std::uint64_t& counter)
{
    for (std::uint64_t turn = 0; turn < turns; ++turn) {
        const std::lock_guard lock(mutex);
        ++counter;
    }
}

template <typename Lock> void contend(Lock& lock, std::uint64_t turns, std::uint64_t& counter)
{
    std::jthread other([&] { takeAndGive(lock, turns / 2, counter); });
    takeAndGive(lock, turns / 2, counter);
}

void measureMutex(BenchReport& report)
{
    constexpr std::uint64_t kAlone = 500'000;
    constexpr std::uint64_t kContended = 400'000;
    Mutex mine;
    std::mutex peer;
    std::uint64_t counts[2] = {0, 0};
    report.add(alternate(
        "mutex: lock and unlock, alone", "std::mutex", kAlone,
        [&](std::uint64_t turns) { takeAndGive(mine, turns, counts[0]); },
        [&](std::uint64_t turns) { takeAndGive(peer, turns, counts[1]); }));
    report.add(alternate(
        "mutex: lock and unlock, two threads", "std::mutex", kContended,
        [&](std::uint64_t turns) { contend(mine, turns, counts[0]); },
        [&](std::uint64_t turns) { contend(peer, turns, counts[1]); }));
    require(counts[0] == kRounds * (kAlone + kContended) && counts[1] == counts[0],
        "a lock let two in");
}

void measureSemaphore(BenchReport& report)
{
    constexpr std::uint64_t kTurns = 200'000;
    Semaphore mine(1);
    std::binary_semaphore peer(1);
    report.add(alternate(
        "semaphore: acquire and release, alone", "std::binary_semaphore", kTurns,
        [&](std::uint64_t turns) {
            for (std::uint64_t turn = 0; turn < turns; ++turn) {
                static_cast<void>(mine.acquire());
                static_cast<void>(mine.release());
            }
        },
        [&](std::uint64_t turns) {
            for (std::uint64_t turn = 0; turn < turns; ++turn) {
                peer.acquire();
                peer.release();
            }
        }));
    require(mine.value() == 1, "a unit was lost");
}

void measureSemaphorePingPong(BenchReport& report)
{
    constexpr std::uint64_t kTurns = 5'000;
    Semaphore mine[2] = {Semaphore(0), Semaphore(0)};
    std::counting_semaphore<> peer[2] = {
        std::counting_semaphore<>(0), std::counting_semaphore<>(0)};
    report.add(alternate(
        "semaphore: there and back", "std::counting_semaphore", kTurns,
        [&](std::uint64_t turns) {
            std::jthread other([&] {
                for (std::uint64_t turn = 0; turn < turns; ++turn) {
                    static_cast<void>(mine[0].acquire());
                    static_cast<void>(mine[1].release());
                }
            });
            for (std::uint64_t turn = 0; turn < turns; ++turn) {
                static_cast<void>(mine[0].release());
                static_cast<void>(mine[1].acquire());
            }
        },
        [&](std::uint64_t turns) {
            std::jthread other([&] {
                for (std::uint64_t turn = 0; turn < turns; ++turn) {
                    peer[0].acquire();
                    peer[1].release();
                }
            });
            for (std::uint64_t turn = 0; turn < turns; ++turn) {
                peer[0].release();
                peer[1].acquire();
            }
        }));
    require(mine[0].value() == 0 && mine[1].value() == 0, "a unit was lost");
}

void ownPingPong(std::uint64_t turns)
{
    Mutex mutex;
    Condition condition(mutex);
    std::uint64_t stage = 0;
    const auto play = [&](std::uint64_t parity) {
        for (std::uint64_t turn = 0; turn < turns; ++turn) {
            static_cast<void>(mutex.lock());
            static_cast<void>(condition.waitUntil([&] { return stage % 2 == parity; }));
            ++stage;
            static_cast<void>(condition.notify());
            static_cast<void>(mutex.unlock());
        }
    };
    {
        std::jthread other([&] { play(1); });
        play(0);
    }
    require(stage == 2 * turns, "a turn was lost");
}

void peerPingPong(std::uint64_t turns)
{
    std::mutex mutex;
    std::condition_variable condition;
    std::uint64_t stage = 0;
    const auto play = [&](std::uint64_t parity) {
        for (std::uint64_t turn = 0; turn < turns; ++turn) {
            std::unique_lock lock(mutex);
            condition.wait(lock, [&] { return stage % 2 == parity; });
            ++stage;
            condition.notify_one();
        }
    };
    std::jthread other([&] { play(1); });
    play(0);
}

// A lock that is recorded costs two events more.
void measureRecorded(BenchReport& report)
{
    constexpr std::uint64_t kTurns = std::uint64_t{16} * 1024;
    Result<Session> made = Session::create();
    require(made.has_value(), "no session");
    const auto session = std::make_shared<Session>(std::move(*made));
    require(startRecording(session).has_value(), "no recording");
    Collector collector(session);
    bindThread(defineActor(ActorKind::Thread, "main"));
    Mutex mutex(defineObject(PrimitiveKind::Mutex, "mutex"));
    Row row{"mutex: lock and unlock, alone, recorded", {}, {}, {}};
    std::uint64_t counter = 0;
    for (int round = 0; round < kRounds; ++round) {
        row.heddle.push_back(timed(kTurns, [&] { takeAndGive(mutex, kTurns, counter); }));
        collector.drain();
    }
    unbindThread();
    stopRecording();
    collector.finish();
    require(
        collector.trace()->recorder().events == kRounds * kTurns * 2 + 2, "an event is missing");
    report.add(std::move(row));
}

} // namespace

int main(int count, char** arguments)
{
    constexpr std::uint64_t kPingPongs = 3'000;
    const bool asJson = count > 1 && std::string_view(arguments[1]) == "--json";
    BenchReport report("locks");
    // While a process has never had a second thread, the C library's locks do without the atomic
    // instructions that ours always use; nobody locks in such a process.
    std::jthread([] {}).join();
    measureMutex(report);
    measureSemaphore(report);
    measureSemaphorePingPong(report);
    report.add(alternate("condition: there and back", "std::condition_variable", kPingPongs,
        ownPingPong, peerPingPong));
    measureRecorded(report);
    report.print(asJson);
}

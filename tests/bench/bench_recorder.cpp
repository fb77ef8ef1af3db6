// SPDX-License-Identifier: GPL-3.0-only
// bench_recorder [--json] [SECONDS]: what recording costs, and whether the collector keeps up with five
// million events a second from two writers.
#include "engine/record/collector.h"
#include "engine/record/recorder.h"
#include "tests/bench/bench_report.h"

#include <cstdlib>
#include <string_view>
#include <thread>

#include <time.h>

namespace {

using namespace heddle;
using namespace heddle::bench;
using namespace std::chrono_literals;

constexpr int kRounds = 31;
constexpr std::uint64_t kBatch = std::uint64_t{16} * 1024; // a quarter of a ring: it is never full

[[noreturn]] void fail(const std::string& why)
{
    static_cast<void>(std::fprintf(stderr, "bench_recorder: %s\n", why.c_str()));
    std::exit(1);
}

std::shared_ptr<Session> makeSession()
{
    Result<Session> made = Session::create();
    if (!made)
        fail(made.error().text());
    return std::make_shared<Session>(std::move(*made));
}

void measureOff(BenchReport& report)
{
    constexpr std::uint64_t kCalls = 2'000'000;
    Row row{"record() while nothing is recorded", {}, {}, {}};
    for (int round = 0; round < kRounds; ++round) {
        row.heddle.push_back(timed(kCalls, [] {
            for (std::uint64_t call = 0; call < kCalls; ++call)
                record(EventKind::Progressed, call, call);
        }));
    }
    report.add(std::move(row));
}

template <typename Record>
Row measureWarm(
    Collector& collector, const char* work, std::uint64_t eventsEach, const Record& recordOne)
{
    Row row{work, {}, {}, {}};
    for (int round = 0; round < kRounds + 1; ++round) {
        const double cost = timed(kBatch / eventsEach, [&] {
            for (std::uint64_t count = 0; count < kBatch / eventsEach; ++count)
                recordOne(count);
        });
        if (round > 0) // the first one warms
            row.heddle.push_back(cost);
        if (collector.drain() < kBatch)
            fail("events are missing");
    }
    return row;
}

void measureOn(BenchReport& report)
{
    const auto session = makeSession();
    if (!startRecording(session))
        fail("recording does not start");
    Collector collector(session);
    bindThread(defineActor(ActorKind::Thread, "writer"));
    const NameId name = defineName("work");
    report.add(measureWarm(collector, "record() one event, warm", 1,
        [](std::uint64_t count) { record(EventKind::StepBegan, 0, count, 1); }));
    report.add(measureWarm(collector, "begin and end of a slice, warm", 2, [name](std::uint64_t) {
        record(EventKind::SliceBegan, name.value);
        record(EventKind::SliceEnded, name.value);
    }));
    unbindThread();
    stopRecording();
    collector.finish();
    if (collector.trace()->recorder().lost != 0)
        fail("events were lost");
}

// Writes so many pairs each millisecond, as a busy program would, until it is time to stop.
std::uint64_t writeSteadily(std::uint64_t pairsEachMillisecond, Deadline end)
{
    const NameId name = defineName("work");
    std::uint64_t events = 0;
    for (nanoseconds next = monotonicNow(); !end.isOver(); next += 1ms) {
        for (std::uint64_t pair = 0; pair < pairsEachMillisecond; ++pair) {
            record(EventKind::SliceBegan, name.value);
            record(EventKind::SliceEnded, name.value);
        }
        events += 2 * pairsEachMillisecond;
        std::this_thread::sleep_until(std::chrono::steady_clock::time_point(next + 1ms));
    }
    return events;
}

double threadSeconds()
{
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

void measureStream(BenchReport& report, double seconds)
{
    constexpr std::uint64_t kWriters = 2;
    constexpr std::uint64_t kPairs = 1'300; // 5.2 million events a second from both
    const auto session = makeSession();
    if (!startRecording(session))
        fail("recording does not start");
    Collector collector(session);
    const Deadline end = Deadline::after(nanoseconds(static_cast<std::int64_t>(seconds * 1e9)));
    std::vector<std::uint64_t> written(kWriters, 0);
    std::vector<std::jthread> writers;
    for (std::uint64_t number = 0; number < kWriters; ++number) {
        writers.emplace_back([&written, number, end] {
            bindThread(defineActor(ActorKind::Thread, "writer " + std::to_string(number)));
            written[number] = writeSteadily(kPairs, end) + 2; // and its start and end
            unbindThread();
        });
    }
    const nanoseconds began = monotonicNow();
    const double usedBefore = threadSeconds();
    while (!end.isOver()) {
        collector.drain();
        if (!collector.isUrgent())
            std::this_thread::sleep_for(5ms);
    }
    writers.clear();
    const double ran = std::chrono::duration<double>(monotonicNow() - began).count();
    collector.finish();
    const double used = threadSeconds() - usedBefore;
    stopRecording();

    const RecorderFigures figures = collector.trace()->recorder();
    const std::uint64_t sum = written[0] + written[1];
    if (figures.events + figures.lost != sum)
        fail("of " + std::to_string(sum) + " events " + std::to_string(figures.events) + " came");
    Row row{"collector's own time for an event, two writers", {}, {}, {}};
    row.heddle.push_back(used * 1e9 / static_cast<double>(figures.events));
    row.extra = {{"events_per_second", static_cast<double>(figures.events) / ran},
        {"lost", static_cast<double>(figures.lost)}, {"seconds", ran},
        {"share_of_run", figures.shareOfRun}};
    report.add(std::move(row));
}

} // namespace

int main(int count, char** arguments)
{
    bool asJson = false;
    double seconds = 3;
    for (int index = 1; index < count; ++index) {
        if (std::string_view(arguments[index]) == "--json")
            asJson = true;
        else
            seconds = std::clamp(std::atof(arguments[index]), 0.1, 10.0);
    }
    BenchReport report("recorder");
    measureOff(report);
    measureOn(report);
    measureStream(report, seconds);
    report.print(asJson);
}

// SPDX-License-Identifier: GPL-3.0-only
// bench_trace [--json] [EVENTS]: the trace store and its index: taking in, memory, questions, files.
#include "engine/base/clock.h"
#include "engine/model/trace/perfetto_format.h"
#include "engine/model/trace/track.h"
#include "tests/bench/synthetic_run.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace {

using namespace heddle;

constexpr std::size_t kColumns = 1920;
constexpr std::size_t kTracks = 56;

struct Row
{
    std::string work;
    std::string unit;
    std::vector<double> values;
};

double secondsSince(nanoseconds start)
{
    return std::chrono::duration<double>(monotonicNow() - start).count();
}

double percentile(std::vector<double> values, double percent)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(
        std::lround(percent / 100 * static_cast<double>(values.size() - 1)))];
}

class Bench
{
public:
    explicit Bench(std::uint64_t events)
        : m_wanted(events)
    {
    }

    bool run()
    {
        append();
        memory();
        shares();
        sums();
        return files();
    }

    void print(bool isJson) const;

private:
    void append();
    void memory();
    void shares();
    void sums();
    bool files();
    void add(std::string work, std::string unit, std::vector<double> values)
    {
        m_rows.push_back({std::move(work), std::move(unit), std::move(values)});
    }

    std::uint64_t m_wanted;
    std::shared_ptr<const Trace> m_trace;
    std::vector<const Track*> m_tracks; ///< those with most slices
    std::vector<Row> m_rows;
};

void Bench::append()
{
    std::vector<double> rates;
    std::vector<double> slices;
    for (int round = 0; round < 3; ++round) {
        TraceBuilder builder;
        bench::SyntheticRun run(64, 1);
        run.define(builder);
        std::uint64_t events = 0;
        double seconds = 0;
        while (events < m_wanted) {
            run.advance();
            const nanoseconds start = monotonicNow();
            builder.append(run.events());
            builder.setEnd(run.completeUpTo());
            seconds += secondsSince(start);
            events += run.events().size();
        }
        rates.push_back(static_cast<double>(events) / seconds / 1e6);
        builder.finish();
        slices.push_back(static_cast<double>(builder.trace()->eventCount()) / seconds / 1e6);
        m_trace = builder.trace();
    }
    add("take in events: builder, store and index", "M events/s", rates);
    add("the same, counted in stored slices, moments and edges", "M/s", slices);

    std::vector<double> direct;
    for (int round = 0; round < 5; ++round) {
        TraceBuilder builder;
        const TrackId track = builder.addTrack(builder.addLane({}), TrackKind::Activity, 0);
        const std::uint64_t count = std::min<std::uint64_t>(m_wanted, 5'000'000);
        Slice slice;
        std::uint64_t seed = 1;
        const nanoseconds start = monotonicNow();
        for (std::uint64_t i = 0; i < count; ++i) {
            seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
            slice.begin = slice.end + static_cast<std::int64_t>(seed >> 60U);
            slice.end = slice.begin + static_cast<std::int64_t>(seed >> 52U);
            slice.state = static_cast<State>(1 + (seed >> 40U) % 4);
            builder.addSlice(track, slice);
        }
        direct.push_back(static_cast<double>(count) / secondsSince(start) / 1e6);
    }
    add("append slices to one track: store and index", "M slices/s", direct);
}

void Bench::memory()
{
    std::size_t bytes = 0;
    std::size_t slices = 0;
    for (const Lane& lane : m_trace->lanes()) {
        for (const TrackId id : lane.tracks) {
            const Track* track = m_trace->track(id);
            bytes += track->sizeBytes();
            slices += track->sliceCount();
            m_tracks.push_back(track);
        }
    }
    add("memory of a slice, index included", "B",
        {static_cast<double>(bytes) / static_cast<double>(slices)});
    std::stable_sort(m_tracks.begin(), m_tracks.end(), [](const Track* left, const Track* right) {
        return left->sliceCount() > right->sliceCount();
    });
    m_tracks.resize(std::min(m_tracks.size(), kTracks));
}

void Bench::shares()
{
    const std::int64_t end = m_trace->end();
    std::vector<double> lanes;
    std::vector<double> frames;
    double checked = 0;
    for (std::int64_t span = end; span > 100'000; span = span * 2 / 3) {
        for (int place = 0; place < 7; ++place) {
            const std::int64_t from = (end - span) * place / 6;
            const nanoseconds frame = monotonicNow();
            for (const Track* track : m_tracks) {
                const nanoseconds start = monotonicNow();
                const auto columns = track->shares(from, from + span, kColumns);
                lanes.push_back(secondsSince(start) * 1e3);
                checked += static_cast<double>(columns[kColumns / 2].share[0]);
            }
            frames.push_back(secondsSince(frame) * 1e3);
        }
    }
    if (checked <= 0)
        static_cast<void>(std::fputs("bench_trace: no share was found\n", stderr));
    add("shares of a lane in 1,920 columns, every zoom, p50", "ms", {percentile(lanes, 50)});
    add("shares of a lane in 1,920 columns, every zoom, p99", "ms", {percentile(lanes, 99)});
    add("shares of 56 lanes (a frame), every zoom, p50", "ms", {percentile(frames, 50)});
    add("shares of 56 lanes (a frame), every zoom, p99", "ms", {percentile(frames, 99)});
}

void Bench::sums()
{
    std::vector<double> exact;
    std::vector<double> percentiles;
    const std::vector<double> wanted{50, 90, 99, 99.9};
    for (int round = 0; round < 21; ++round) {
        const std::int64_t from = m_trace->end() / 50 * round;
        nanoseconds start = monotonicNow();
        std::int64_t sum = 0;
        for (const Track* track : m_tracks)
            sum += track->sums(from, m_trace->end())[static_cast<std::size_t>(State::Computing)];
        exact.push_back(secondsSince(start) * 1e6);
        start = monotonicNow();
        for (const Track* track : m_tracks)
            sum += track->percentiles(State::Computing, from, m_trace->end(), wanted)[0];
        percentiles.push_back(secondsSince(start) * 1e6);
        if (sum == 0)
            static_cast<void>(std::fputs("bench_trace: nothing was summed\n", stderr));
    }
    add("exact sums of a selection over 56 lanes", "us", exact);
    add("four percentiles of a selection over 56 lanes", "us", percentiles);
}

bool Bench::files()
{
    const std::string path = std::filesystem::temp_directory_path()
        / ("bench_trace." + std::to_string(::getpid()) + ".pftrace");
    std::vector<double> saves;
    std::vector<double> loads;
    bool isRight = true;
    for (int round = 0; round < 3 && isRight; ++round) {
        nanoseconds start = monotonicNow();
        isRight = static_cast<bool>(savePerfetto(*m_trace, path));
        const double saving = secondsSince(start);
        const double megabytes =
            isRight ? static_cast<double>(std::filesystem::file_size(path)) / 1e6 : 0;
        start = monotonicNow();
        const Result<LoadedTrace> loaded = loadPerfetto(path);
        const double loading = secondsSince(start);
        isRight = isRight && loaded && loaded->trace->eventCount() == m_trace->eventCount();
        saves.push_back(megabytes / saving);
        loads.push_back(megabytes / loading);
    }
    std::filesystem::remove(path);
    add("save .pftrace", "MB/s", saves);
    add("load .pftrace", "MB/s", loads);
    if (!isRight)
        static_cast<void>(std::fputs("bench_trace: what was saved did not come back\n", stderr));
    return isRight;
}

void Bench::print(bool isJson) const
{
    std::string text = isJson ? R"({"name":"trace","unit":"see rows","rows":[)" : "";
    bool isFirst = true;
    for (const Row& row : m_rows) {
        const auto [least, most] = std::minmax_element(row.values.begin(), row.values.end());
        const double median = percentile(row.values, 50);
        char line[512];
        if (isJson)
            static_cast<void>(std::snprintf(line, sizeof line,
                R"(%s{"work":"%s","unit":"%s","heddle":{"median":%.6g,"min":%.6g,"max":%.6g,"n":%zu},"peers":{},"ratio_to_best":null})",
                isFirst ? "" : ",", row.work.c_str(), row.unit.c_str(), median, *least, *most,
                row.values.size()));
        else
            static_cast<void>(
                std::snprintf(line, sizeof line, "%-60s %10.4g %s  (%.4g … %.4g, n=%zu)\n",
                    row.work.c_str(), median, row.unit.c_str(), *least, *most, row.values.size()));
        text += line;
        isFirst = false;
    }
    static_cast<void>(std::fputs((text + (isJson ? "]}\n" : "")).c_str(), stdout));
}

} // namespace

int main(int argc, char** argv)
{
    bool isJson = false;
    std::uint64_t events = 10'000'000;
    for (int i = 1; i < argc; ++i) {
        if (std::string_view(argv[i]) == "--json")
            isJson = true;
        else
            events = std::strtoull(argv[i], nullptr, 10);
    }
    if (events == 0) {
        static_cast<void>(std::fputs("usage: bench_trace [--json] [EVENTS=10000000]\n", stderr));
        return 2;
    }
    Bench bench(events);
    const bool isRight = bench.run();
    bench.print(isJson);
    return isRight ? 0 : 1;
}

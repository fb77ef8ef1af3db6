// SPDX-License-Identifier: GPL-3.0-only
// generate_trace OUT.pftrace [EVENTS] [LANES]: a large trace to draw and to measure with.
#include "engine/model/trace/perfetto_format.h"
#include "tests/bench/synthetic_run.h"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv)
{
    using namespace heddle;
    if (argc < 2 || argc > 4) {
        static_cast<void>(
            std::fputs("usage: generate_trace OUT.pftrace [EVENTS=10000000] [LANES=64]\n", stderr));
        return 2;
    }
    const std::uint64_t wanted = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 10'000'000;
    const auto lanes =
        static_cast<std::uint32_t>(argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 64);
    if (wanted == 0 || lanes == 0) {
        static_cast<void>(
            std::fputs("generate_trace: events and lanes are positive numbers\n", stderr));
        return 2;
    }

    TraceBuilder builder;
    bench::SyntheticRun run(lanes, 1);
    run.define(builder);
    builder.setProperty("program", "generated");
    std::uint64_t events = 0;
    while (builder.trace()->eventCount() < wanted) {
        run.advance();
        builder.append(run.events());
        builder.setEnd(run.completeUpTo());
        events += run.events().size();
    }
    builder.setRecorder({events, 0, 0, 0, "kernel"});
    builder.finish();
    if (const Result<void> saved = savePerfetto(*builder.trace(), argv[1]); !saved) {
        static_cast<void>(
            std::fprintf(stderr, "generate_trace: %s\n", saved.error().text().c_str()));
        return 6;
    }
    static_cast<void>(std::printf("%s: %llu events, %.3f s\n", argv[1],
        static_cast<unsigned long long>(builder.trace()->eventCount()),
        static_cast<double>(builder.trace()->end()) / 1e9));
    return 0;
}

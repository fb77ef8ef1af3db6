// SPDX-License-Identifier: GPL-3.0-only
// bench_explorer [--json]: the explorer beside pan (spin -a, gcc -O2 -DSAFETY, pan's own reduction)
// on the same programs, one after the other in the same run. A row's nanoseconds are for one whole
// search; from pan's the time is taken away that it needs for a model without states. Beside it
// stand the ratios of stored states and of time with pan's build. "as it is" means that no like
// actors are exchanged for each other.
#include "engine/explore/explorer.h"
#include "engine/explore/promela_export.h"
#include "engine/model/program/compiler.h"
#include "tests/bench/bench_report.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace {

using namespace heddle;
using namespace heddle::bench;

constexpr int kRounds = 3;

void require(bool holds, const std::string& what)
{
    if (holds)
        return;
    std::cerr << "bench_explorer: " << what << '\n';
    std::exit(1);
}

std::shared_ptr<const Code> compiled(const std::string& text)
{
    std::shared_ptr<const Code> code = compileProgram("program \"bench\"\n" + text).code;
    require(code != nullptr, "a program does not compile");
    return code;
}

/// What the shell says, in the folder.
void shell(const std::filesystem::path& folder, const std::string& command)
{
    const std::string line = "cd '" + folder.string() + "' && " + command + " >output 2>&1";
    // NOLINTNEXTLINE(concurrency-mt-unsafe, cert-env33-c): this program has one thread
    require(std::system(line.c_str()) == 0, command + " failed");
}

double panStates(const std::filesystem::path& folder)
{
    std::ifstream output(folder / "output");
    std::string line;
    while (std::getline(output, line)) {
        if (line.find("states, stored") != std::string::npos)
            return std::stod(line);
        require(line.find("max search depth too small") == std::string::npos, "pan's depth");
    }
    return 0;
}

constexpr const char* kBuild = "spin -a model.pml && gcc -O2 -w -DSAFETY -o pan pan.c";
constexpr const char* kRun = "./pan -c0 -n -E -m4000000";

std::filesystem::path modelFolder(const std::string& model)
{
    static int number = 0;
    std::filesystem::path folder = std::filesystem::temp_directory_path()
        / ("bench_explorer." + std::to_string(::getpid()) + "." + std::to_string(++number));
    std::filesystem::create_directory(folder);
    std::ofstream(folder / "model.pml") << model;
    return folder;
}

/// What pan takes before its first state.
double panStart()
{
    const std::filesystem::path folder = modelFolder("init { skip }\n");
    shell(folder, kBuild);
    std::vector<double> times;
    times.reserve(2 * kRounds + 1);
    for (int round = 0; round < 2 * kRounds + 1; ++round)
        times.push_back(timed(1, [&] { shell(folder, kRun); }));
    std::filesystem::remove_all(folder);
    return median(times);
}

enum class Twins
{
    Merged,
    AsTheyAre
};

void measure(BenchReport& report, const std::string& work, const std::string& text, Twins twins)
{
    static const double start = panStart();
    const std::shared_ptr<const Code> code = compiled(text);
    const Result<std::string> model = toPromela(*code);
    require(model.has_value(), "no model");
    const std::filesystem::path folder = modelFolder(*model);
    const double build = timed(1, [&] { shell(folder, kBuild); });
    Row row{work, {}, {{"pan", {}}}, {}};
    double states = 0;
    double bytes = 0;
    for (int round = 0; round < kRounds; ++round) {
        row.heddle.push_back(timed(1, [&] {
            SearchOptions options;
            options.machine.mergesTwins = twins == Twins::Merged;
            options.usesSleepSets = true;
            options.joinsLocalSteps = true;
            options.keepsGraph = false;
            ExplorerLimits limits;
            limits.states = 100'000'000;
            limits.bytes = std::size_t{4} << 30U;
            limits.time = std::chrono::seconds(120);
            Explorer explorer(code, limits, options);
            explorer.search();
            require(!explorer.limit(), "the search was not finished");
            states = static_cast<double>(explorer.states().size());
            bytes = static_cast<double>(explorer.bytes());
        }));
        row.peers.front().second.push_back(
            std::max(timed(1, [&] { shell(folder, kRun); }) - start, 1.0));
    }
    const double pan = median(row.peers.front().second);
    row.extra = {{"states", states}, {"states_to_pan", states / panStates(folder)},
        {"time_to_pan_with_build", median(row.heddle) / (pan + build)},
        {"states_per_second", states / median(row.heddle) * 1e9},
        {"bytes_per_state", bytes / states}};
    std::filesystem::remove_all(folder);
    report.add(std::move(row));
}

std::string dining(int seats)
{
    return "const N = " + std::to_string(seats)
        + "\nmutex fork[N]\nthread philosopher[i in 0..N-1]:\n    forever:\n"
          "        lock fork[i]\n        lock fork[(i + 1) % N]\n"
          "        unlock fork[i]\n        unlock fork[(i + 1) % N]\n";
}

std::string meal(int seats)
{
    std::string text = dining(seats);
    return text.replace(text.find("forever"), 7, "repeat 1");
}

std::string buffer(int each, int turns)
{
    const auto side = [&](const char* name, const char* until, const char* change) {
        return std::string("thread ") + name + "[i in 1.." + std::to_string(each)
            + "]:\n    repeat " + std::to_string(turns) + ":\n        with m:\n            while "
            + until + ":\n                wait changed\n            count " + change
            + " 1\n            notify changed\n";
    };
    return "shared count = 0\nmutex m\ncondition changed on m\n"
        + side("producer", "count == 1", "+=") + side("consumer", "count == 0", "-=");
}

std::string lostUpdate(int actors, int times)
{
    return "shared x = 0\nthread adder[i in 1.." + std::to_string(actors) + "]:\n    repeat "
        + std::to_string(times) + ":\n        x = x + 1\n";
}

void measureWitness(BenchReport& report)
{
    const std::shared_ptr<const Code> code = compiled(dining(8));
    Row row{"dining N=8: first deadlock", {}, {}, {}};
    double states = 0;
    for (int round = 0; round < 9; ++round)
        row.heddle.push_back(timed(1, [&] {
            ExplorerLimits limits;
            limits.find = Find::Deadlock;
            SearchOptions options;
            options.keepsGraph = false;
            Explorer explorer(code, limits, options);
            explorer.search();
            require(explorer.findings().deadlock.has_value(), "no deadlock was found");
            states = static_cast<double>(explorer.states().size());
        }));
    row.extra = {{"states", states}};
    report.add(std::move(row));
}

} // namespace

int main(int count, char** arguments)
{
    const bool asJson = count > 1 && std::string_view(arguments[1]) == "--json";
    BenchReport report("explorer");
    measureWitness(report);
    measure(report, "dining N=8, one meal, as it is", meal(8), Twins::AsTheyAre);
    measure(report, "dining N=12, for ever, as it is", dining(12), Twins::AsTheyAre);
    measure(report, "dining N=13, for ever, as it is", dining(13), Twins::AsTheyAre);
    measure(report, "buffer 3+3, as it is", buffer(3, 2), Twins::AsTheyAre);
    measure(report, "lost update 3 x 4, as it is", lostUpdate(3, 4), Twins::AsTheyAre);
    measure(report, "lost update 4 x 2, as it is", lostUpdate(4, 2), Twins::AsTheyAre);
    measure(report, "dining N=8, one meal", meal(8), Twins::Merged);
    measure(report, "dining N=12, for ever", dining(12), Twins::Merged);
    measure(report, "dining N=13, for ever", dining(13), Twins::Merged);
    measure(report, "buffer 3+3", buffer(3, 2), Twins::Merged);
    measure(report, "lost update 3 x 4", lostUpdate(3, 4), Twins::Merged);
    measure(report, "lost update 4 x 2", lostUpdate(4, 2), Twins::Merged);
    report.print(asJson);
}

// SPDX-License-Identifier: GPL-3.0-only
// bench_processes [--json]: starting and feeding processes, beside the C library and Python.
#include "engine/processes/command.h"
#include "engine/processes/pipe.h"
#include "engine/processes/pipeline.h"
#include "tests/bench/bench_report.h"

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace heddle;
using namespace heddle::bench;

constexpr int kRounds = 11;
constexpr std::uint64_t kSpawns = 100;
constexpr std::size_t kBigBytes = std::size_t{2} * 1024 * 1024 * 1024;
constexpr std::size_t kTextBytes = std::size_t{64} * 1024 * 1024;
constexpr std::size_t kChunkBytes = std::size_t{64} * 1024;

void require(bool holds, const char* what)
{
    if (holds)
        return;
    static_cast<void>(std::fprintf(stderr, "bench_processes: %s\n", what));
    std::exit(1);
}

void ownSpawns(const SpawnOptions& options)
{
    for (std::uint64_t count = 0; count < kSpawns; ++count) {
        Result<Subprocess> child = Subprocess::spawn(options);
        require(child && child->wait(Deadline::never())->isSuccess(), "a child failed");
    }
}

void peerSpawns(std::string program)
{
    std::array<char*, 2> arguments{program.data(), nullptr};
    for (std::uint64_t count = 0; count < kSpawns; ++count) {
        pid_t child = 0;
        require(
            ::posix_spawn(&child, program.data(), nullptr, nullptr, arguments.data(), environ) == 0,
            "posix_spawn failed");
        int status = 0;
        require(::waitpid(child, &status, 0) == child && status == 0, "a child failed");
    }
}

// Python measures itself, so that its own start does not count; 0 if there is none.
double pythonSpawn(const std::string& program)
{
    Command command;
    command.spawn.arguments = {"python3", "-c",
        "import subprocess, sys, time\n"
        "program = sys.argv[1]\n"
        "subprocess.run([program])\n"
        "begin = time.perf_counter_ns()\n"
        "for _ in range("
            + std::to_string(kSpawns)
            + "): subprocess.run([program])\n"
              "print((time.perf_counter_ns() - begin) / "
            + std::to_string(kSpawns) + ")",
        program};
    command.capture = Command::Capture::Output;
    ProcessResult result = runCommand(command);
    return result && result->status.isSuccess() ? std::atof(result->output->c_str()) : 0;
}

Row spawnRow(const char* work, const SpawnOptions& options, bool withPython)
{
    Row row{work, {}, {{"posix_spawn", {}}}, {}};
    const std::string& program = options.arguments.front();
    if (withPython && pythonSpawn(program) > 0)
        row.peers.emplace_back("Python run", Rounds{});
    for (int round = 0; round < kRounds; ++round) {
        row.heddle.push_back(timed(kSpawns, [&] { ownSpawns(options); }));
        row.peers[0].second.push_back(timed(kSpawns, [&] { peerSpawns(program); }));
        if (row.peers.size() > 1)
            row.peers[1].second.push_back(pythonSpawn(program));
    }
    return row;
}

// The same from a process that holds two gigabytes, all of them present.
Row spawnRowOfBigParent(const SpawnOptions& options)
{
    void* memory = ::mmap(nullptr, kBigBytes, PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    require(memory != MAP_FAILED, "no two gigabytes");
    Row row = spawnRow("spawn and wait, parent of 2 GiB", options, false);
    static_cast<void>(::munmap(memory, kBigBytes));
    return row;
}

void addSpawnRows(BenchReport& report)
{
    SpawnOptions options;
    options.arguments = {"/bin/true"};
    report.add(spawnRow("spawn and wait", options, true));
    report.add(spawnRowOfBigParent(options));
#ifdef DO_NOTHING
    options.arguments = {DO_NOTHING};
    report.add(spawnRow("spawn and wait, no C library in the child", options, true));
    options.group = ProcessGroup::OfParent;
    options.otherDescriptors = SpawnOptions::OtherDescriptors::Kept;
    options.signalActions = SpawnOptions::SignalActions::Inherited;
    options.signalMask = SpawnOptions::SignalMask::Inherited;
    report.add(spawnRow("the same, all inherited as by posix_spawn", options, true));
#endif
}

// cat | cat by two children on raw pipes, fed and read by one poll loop.
pid_t rawCat(int input, int output)
{
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input, 0);
    ::posix_spawn_file_actions_adddup2(&actions, output, 1);
    std::array<char, 4> program{"cat"};
    std::array<char*, 2> arguments{program.data(), nullptr};
    pid_t child = 0;
    require(
        ::posix_spawnp(&child, "cat", &actions, nullptr, arguments.data(), environ) == 0, "no cat");
    ::posix_spawn_file_actions_destroy(&actions);
    return child;
}

std::string rawExchange(const std::string& text)
{
    std::array<Pipe, 3> pipes{*Pipe::create(), *Pipe::create(), *Pipe::create()};
    const pid_t first = rawCat(pipes[0].reader.get(), pipes[1].writer.get());
    const pid_t second = rawCat(pipes[1].reader.get(), pipes[2].writer.get());
    for (OwnedFd* end : {&pipes[0].reader, &pipes[1].writer, &pipes[1].reader, &pipes[2].writer})
        end->reset();
    OwnedFd& writer = pipes[0].writer;
    OwnedFd& reader = pipes[2].reader;
    require(makeNonBlocking(writer.get()) && makeNonBlocking(reader.get()), "pipes wait");
    std::string got;
    std::array<char, kChunkBytes> chunk{};
    std::size_t sent = 0;
    while (true) {
        std::array<pollfd, 2> ends{{{writer.get(), POLLOUT, 0}, {reader.get(), POLLIN, 0}}};
        require(::poll(ends.data(), ends.size(), -1) > 0, "poll failed");
        if (ends[0].revents != 0) {
            const ssize_t count = ::write(
                writer.get(), text.data() + sent, std::min(kChunkBytes, text.size() - sent));
            sent += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
            if (sent == text.size())
                writer.reset();
        }
        if (ends[1].revents == 0)
            continue;
        const ssize_t count = ::read(reader.get(), chunk.data(), chunk.size());
        if (count == 0)
            break;
        got.append(chunk.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    require(::waitpid(first, nullptr, 0) == first, "a cat is lost");
    require(::waitpid(second, nullptr, 0) == second, "a cat is lost");
    return got;
}

Row exchangeRow()
{
    Row row{"communicate 64 MiB both ways through cat | cat, per KiB", {}, {{"raw pipes", {}}}, {}};
    const std::string text(kTextBytes, 'x');
    SpawnOptions cat;
    cat.arguments = {"cat"};
    for (int round = 0; round < kRounds; ++round) {
        row.heddle.push_back(timed(kTextBytes / 1024, [&] {
            std::vector<SpawnOptions> stages{cat, cat};
            stages.front().standardInput = Redirection::toPipe();
            stages.back().standardOutput = Redirection::toPipe();
            Result<Pipeline> pipeline = Pipeline::start(std::move(stages));
            require(pipeline.has_value(), "no pipeline");
            ProcessResult result = pipeline->communicate(text, Deadline::never());
            require(result && result->output->size() == kTextBytes, "bytes are missing");
        }));
        row.peers[0].second.push_back(timed(kTextBytes / 1024,
            [&] { require(rawExchange(text).size() == kTextBytes, "bytes are missing"); }));
    }
    return row;
}

} // namespace

int main(int count, char** arguments)
{
    const bool asJson = count > 1 && std::string_view(arguments[1]) == "--json";
    BenchReport report("processes");
    addSpawnRows(report);
    report.add(exchangeRow());
    report.print(asJson);
}

// SPDX-License-Identifier: GPL-3.0-only
// Eight threads of a forked process compute for two seconds under a SchedulerWatch. Prints one line
// for each: running and runnable time by the watch, and by the kernel's own sums; or why not.
#include "engine/base/clock.h"
#include "engine/record/scheduler_watch.h"

#include <array>
#include <cstdio>
#include <map>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr std::size_t kThreads = 8;

struct Sums
{
    int thread = 0;
    heddle::ProcessorTime time;
};

void compute(int pipe)
{
    const heddle::Deadline deadline = heddle::Deadline::after(std::chrono::seconds(2));
    while (!deadline.isOver()) { }
    const pid_t self = ::gettid();
    const Sums sums{self, *heddle::readProcessorTime(::getpid(), self)};
    static_cast<void>(!::write(pipe, &sums, sizeof sums)); // fewer lines fail the test
}

[[noreturn]] void program(int gate, int pipe)
{
    static_cast<void>(::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)); // a failed test leaves nothing
    char byte = 0;
    static_cast<void>(!::read(gate, &byte, 1)); // whatever it is
    {
        std::array<std::jthread, kThreads> threads;
        for (std::jthread& thread : threads)
            thread = std::jthread([pipe] { compute(pipe); });
    }
    ::_exit(0);
}

} // namespace

int main()
{
    std::array<int, 2> gate{};
    std::array<int, 2> pipe{};
    if (::pipe2(gate.data(), O_CLOEXEC) != 0 || ::pipe2(pipe.data(), O_CLOEXEC) != 0)
        return 1;
    const pid_t child = ::fork();
    if (child == 0)
        program(gate[0], pipe[1]);
    auto watch = heddle::SchedulerWatch::open(child, heddle::monotonicNow().count());
    if (!watch)
        std::printf("none: %s\n", heddle::whyRefused(watch.error()).c_str());
    if (::write(gate[1], "g", 1) != 1)
        return 1;
    std::map<std::uint64_t, heddle::ProcessorTime> seen;
    std::map<std::uint64_t, heddle::TraceEvent> last;
    const auto sink = [&](const heddle::TraceEvent& event) {
        heddle::TraceEvent& before = last[event.object];
        const auto passed = static_cast<std::int64_t>(event.time - before.time);
        if (before.kind == heddle::EventKind::SwitchedIn)
            seen[event.object].runningNanoseconds += passed;
        else if (before.kind == heddle::EventKind::SwitchedOut && before.line == 1)
            seen[event.object].waitingNanoseconds += passed;
        before = event;
    };
    while (::waitpid(child, nullptr, WNOHANG) == 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        if (watch)
            watch->drain(sink);
    }
    if (!watch)
        return 0;
    watch->drainAll(sink);
    static_cast<void>(::close(pipe[1]));
    for (Sums sums; ::read(pipe[0], &sums, sizeof sums) == sizeof sums;) {
        const heddle::ProcessorTime& mine = seen[static_cast<std::uint64_t>(sums.thread)];
        std::printf("%lld %lld %lld %lld\n", static_cast<long long>(mine.runningNanoseconds),
            static_cast<long long>(mine.waitingNanoseconds),
            static_cast<long long>(sums.time.runningNanoseconds),
            static_cast<long long>(sums.time.waitingNanoseconds));
    }
    return 0;
}

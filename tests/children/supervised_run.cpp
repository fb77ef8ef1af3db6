// SPDX-License-Identifier: GPL-3.0-only
// Supervises a program process that behaves as the first argument says, prints in one line how it
// ended, and ends by the signal that ended it. The second argument is a time limit in milliseconds;
// with a third one every line is printed, else only that there was one.
#include "engine/record/recorder.h"
#include "engine/run/supervisor.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

namespace {

using heddle::ProgramChannel;

void say(ProgramChannel& channel, const std::string& text)
{
    channel.sendOutput({heddle::recordingNow(), "main", false, text});
}

[[noreturn]] void spin()
{
    for (;;)
        static_cast<void>(heddle::monotonicNow());
}

// A process that leaves group and session, ignores what it can and stays for ever.
void leaveTheGroup(ProgramChannel& channel)
{
    const pid_t child = ::fork();
    if (child == 0) {
        ::setsid();
        static_cast<void>(::signal(SIGTERM, SIG_IGN));
        if (::fork() != 0)
            ::_exit(0); // so that the one that stays is an orphan from the start
        for (;;)
            ::pause();
    }
    say(channel, "a child has left");
}

int end(ProgramChannel& channel)
{
    for (const char* text : {"one", "two", "three"})
        say(channel, text);
    channel.sendActorOutcome({"main", "thread", "finished", 5, {}});
    channel.sendFinal(
        0, heddle::Value::list({heddle::Value::integer(1), heddle::Value::text("b")}));
    channel.sendEnded(heddle::recordingNow());
    return 7;
}

int spinOn(ProgramChannel& channel)
{
    say(channel, "spinning");
    spin();
}

int printOn(ProgramChannel& channel)
{
    const std::string line(1000, 'x');
    for (;;)
        say(channel, line);
}

int stopItsGuardian(ProgramChannel& channel)
{
    static_cast<void>(::kill(::getppid(), SIGSTOP));
    return spinOn(channel);
}

int crash(ProgramChannel& channel)
{
    say(channel, "crashing");
    static_cast<void>(::signal(SIGSEGV, SIG_DFL));
    static_cast<void>(::raise(SIGSEGV));
    return 0;
}

int killItself(ProgramChannel& channel)
{
    say(channel, "killing");
    static_cast<void>(::kill(::getpid(), SIGKILL));
    return 0;
}

int leaveAndSpin(ProgramChannel& channel)
{
    leaveTheGroup(channel);
    spin();
}

int leaveAndEnd(ProgramChannel& channel)
{
    leaveTheGroup(channel);
    return end(channel);
}

int ignoreAndSpin(ProgramChannel& channel)
{
    static_cast<void>(::signal(SIGTERM, SIG_IGN));
    say(channel, "deaf");
    spin();
}

const char* word(heddle::RunRecord::End end)
{
    switch (end) {
    case heddle::RunRecord::End::Ended:
        return "ended";
    case heddle::RunRecord::End::Deadlocked:
        return "deadlocked";
    case heddle::RunRecord::End::TimedOut:
        return "timed out";
    case heddle::RunRecord::End::Stopped:
        return "stopped";
    case heddle::RunRecord::End::Crashed:
        return "crashed";
    case heddle::RunRecord::End::Refused:
        return "refused";
    }
    return "";
}

void printReport(const heddle::RunReport& report)
{
    const heddle::RunRecord& record = report.record;
    std::printf("%s, exit code %d, %zu lines, %zu actors, %zu finals, %s\n", word(record.end),
        record.exitCode, record.output.size(), record.actors.size(), record.finals.size(),
        record.problem.empty() ? "no problem" : record.problem.c_str());
    static_cast<void>(std::fflush(stdout));
}

} // namespace

int main(int argc, char** argv)
{
    const std::map<std::string, int (*)(ProgramChannel&)> behaviours{{"ends", end},
        {"spins", spinOn}, {"prints", printOn}, {"crashes", crash}, {"kills itself", killItself},
        {"leaves and spins", leaveAndSpin}, {"leaves and ends", leaveAndEnd},
        {"ignores SIGTERM", ignoreAndSpin}, {"stops its guardian", stopItsGuardian}};
    const auto behaviour = behaviours.find(argc > 1 ? argv[1] : "");
    if (behaviour == behaviours.end())
        return 2;
    heddle::SupervisorOptions options;
    if (argc > 2 && std::atoi(argv[2]) > 0)
        options.run.timeLimit = std::chrono::milliseconds(std::atoi(argv[2]));
    options.program = [&](ProgramChannel& channel) {
        channel.sendStarted(heddle::recordingNow());
        return behaviour->second(channel);
    };
    heddle::SupervisorCallbacks callbacks;
    callbacks.output = [isFirst = true, argc](const std::vector<heddle::OutputLine>& lines,
                           const std::stop_token& /*end*/) mutable {
        if (std::exchange(isFirst, false)) {
            std::puts("output");
            static_cast<void>(std::fflush(stdout));
        }
        for (const heddle::OutputLine& line : lines) {
            if (argc > 3)
                std::puts(line.text.c_str());
        }
    };
    const heddle::SupervisedRun run =
        heddle::supervise({"test", ""}, std::make_shared<heddle::Code>(), options, callbacks);
    if (run.signal != 0) // whoever has sent it may have stopped reading
        static_cast<void>(::fcntl(STDOUT_FILENO, F_SETFL, O_NONBLOCK));
    printReport(run.report);
    if (run.signal != 0)
        heddle::endBySignal(run.signal);
    return 0;
}

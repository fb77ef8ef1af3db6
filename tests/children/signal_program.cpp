// SPDX-License-Identifier: GPL-3.0-only
// Small programs about what signals do to a whole process: signal_program MODE. They say what they saw.
#include "engine/base/descriptor_wait.h"
#include "engine/base/text.h"
#include "engine/signals/handler.h"
#include "engine/signals/mask.h"
#include "engine/signals/send.h"
#include "engine/signals/signal_wait.h"
#include "engine/signals/wakeup_fd.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <string_view>
#include <thread>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace heddle;
using namespace std::chrono_literals;

int calls = 0;

Disposition counting()
{
    return Disposition::handler([](int) {
        ++calls;
        return AfterInterruption::GoOn;
    });
}

void set(int signal, const Disposition& disposition)
{
    if (!setDisposition(signal, disposition))
        ::_exit(99);
}

void tell(int signal)
{
    static constexpr std::array kKinds{"default", "ignored", "handler", "interrupt", "foreign"};
    const Result<Disposition> now = dispositionOf(signal);
    const auto kind = now ? static_cast<std::size_t>(now->kind()) : 0;
    std::printf("%s %s\n", signalName(signal).c_str(), now ? kKinds.at(kind) : "unknown");
}

int initial()
{
    if (!setInitialDispositions())
        return 99;
    for (const int signal : {SIGPIPE, SIGXFSZ, SIGINT, SIGUSR1})
        tell(signal);
    return 0;
}

int initialIgnored()
{
    set(SIGINT, Disposition::ignored());
    return initial();
}

// What a program without a catch does.
int interrupt()
{
    ::dup2(STDOUT_FILENO, STDERR_FILENO);
    if (!setInitialDispositions())
        return 99;
    std::puts("ready");
    std::fflush(stdout);
    const Result<void> slept = sleepUntil(Deadline::after(20s));
    if (slept || slept.error().kind != ErrorKind::Interrupted)
        return 98;
    std::puts("cleaned up"); // stays in the stream's buffer until the end
    std::fflush(stdout);
    std::fprintf(stderr, "interrupted by %s\n", signalName(lastGiveUpSignal()).c_str());
    endByInterrupt();
}

int exec(const char* self)
{
    set(SIGUSR1, Disposition::ignored());
    set(SIGUSR2, counting());
    ::execl(self, self, "tell", nullptr);
    return 99;
}

int tellBoth()
{
    tell(SIGUSR1);
    tell(SIGUSR2);
    return 0;
}

int statusOf(pid_t child)
{
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

// Sent by another process, as a child of a fork may not start threads everywhere.
bool isHandledInAWait()
{
    const int before = calls;
    std::fflush(stdout); // the sender would have what is in the buffer too
    const pid_t sender = ::fork();
    if (sender == 0) {
        ::kill(::getppid(), SIGUSR1);
        ::_exit(0);
    }
    const Deadline deadline = Deadline::after(10s);
    while (calls == before && !deadline.isOver())
        static_cast<void>(!sleepUntil(Deadline::after(20ms)));
    return statusOf(sender) == 0 && calls == before + 1;
}

void childOfFork()
{
    const Result<Disposition> now = dispositionOf(SIGUSR1);
    const bool isKept = now && now->kind() == Disposition::Kind::Handler;
    const bool isUnmarked =
        signalMarks == 0 && runPendingHandlers() == AfterInterruption::GoOn && calls == 0;
    const Result<int> wakeup = setWakeupFd(-1);
    std::printf("child: %s, %s, %s, %s, ", isKept ? "handler kept" : "handler lost",
        isUnmarked ? "no mark" : "a mark", wakeup && *wakeup == -1 ? "no wake-up fd" : "wake-up fd",
        pendingSignals().isEmpty() ? "nothing pending" : "something pending");
    const bool isHandled = isHandledInAWait();
    std::printf("own signal %s in a wait\n", isHandled ? "handled" : "lost");
    std::fflush(stdout);
}

// The child's signal must not be written to the parent's descriptors, nor take what wakes the parent.
int forkHere()
{
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0 || !setWakeupFd(pipe[1]))
        return 99;
    set(SIGUSR1, counting());
    Result<SignalSet> blocked = SignalSet::of({SIGUSR2});
    if (!blocked || !blockSignalSet(*blocked))
        return 99;
    ::raise(SIGUSR2);
    ::raise(SIGUSR1); // marked, not run
    const pid_t child = ::fork();
    if (child == 0) {
        childOfFork();
        ::_exit(0);
    }
    if (statusOf(child) != 0)
        return 98;
    std::array<char, 8> bytes{};
    const bool isOnlyMine = ::read(pipe[0], bytes.data(), bytes.size()) == 1;
    const bool isMarked = runPendingHandlers() == AfterInterruption::GoOn && calls == 1;
    std::printf("parent: mark %s, %s wake-up from the child\n", isMarked ? "kept" : "lost",
        isOnlyMine ? "no" : "a");
    return 0;
}

int forkInThread()
{
    set(SIGUSR1, counting());
    int status = 0;
    std::jthread([&status] {
        const pid_t child = ::fork();
        if (child == 0) {
            const bool isMine = isHandledInAWait() && isMainThread();
            std::printf("child: %s in a wait\n", isMine ? "handled" : "not handled");
            std::fflush(stdout);
            ::_exit(0);
        }
        status = statusOf(child);
    }).join();
    return status;
}

[[noreturn]] void memberOfGroup()
{
    const Deadline deadline = Deadline::after(10s);
    while (calls == 0 && !deadline.isOver())
        static_cast<void>(!sleepUntil(Deadline::after(10ms)));
    ::_exit(calls == 1 ? 7 : 1);
}

int group()
{
    ::setpgid(0, 0);
    set(SIGUSR1, counting());
    std::array<pid_t, 2> children{};
    for (pid_t& child : children) {
        child = ::fork();
        if (child == 0)
            memberOfGroup();
    }
    const bool isSent = sendSignalToGroup(::getpgrp(), SIGUSR1).has_value();
    int handled = isSent ? calls : 0;
    for (const pid_t child : children)
        handled += statusOf(child) == 7 ? 1 : 0;
    std::printf("%d of 3 handled it\n", handled);
    return 0;
}

} // namespace

int main(int count, char** arguments)
{
    const std::string_view mode = count > 1 ? arguments[1] : "";
    if (mode == "initial")
        return initial();
    if (mode == "initial-ignored")
        return initialIgnored();
    if (mode == "interrupt")
        return interrupt();
    if (mode == "exec")
        return exec(arguments[0]);
    if (mode == "tell")
        return tellBoth();
    if (mode == "fork")
        return forkHere();
    if (mode == "fork-in-thread")
        return forkInThread();
    if (mode == "group")
        return group();
    return 2;
}

// SPDX-License-Identifier: GPL-3.0-only
// thread_end MODE: ends, forks or fails with threads about, and prints what it sees.
#include "engine/threads/event.h"
#include "engine/threads/mutex.h"
#include "engine/threads/shutdown.h"
#include "engine/threads/thread.h"
#include "engine/threads/thread_local_value.h"

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace heddle;
using namespace std::chrono_literals;

constexpr int kCode = 3;

void say(const std::string& line)
{
    static_cast<void>(::dprintf(STDOUT_FILENO, "%s\n", line.c_str()));
}

std::string text(bool holds)
{
    return holds ? "yes" : "no";
}

std::string kindOf(const Result<void>& result)
{
    return result ? "done" : toText(result.error().kind);
}

// What a daemon goes on using while the statics of the program are destroyed.
std::atomic<std::uint64_t>& turns()
{
    static auto* const count = new std::atomic<std::uint64_t>(0);
    return *count;
}

// One thread that takes its time, and one that never ends; main ends at once.
int endWithThreads(const std::function<int()>& leave)
{
    if (!shutDownThreadsAtExit())
        return 1;
    static Event begun;
    static Thread daemon(
        [](const std::stop_token&) {
            for (;;) {
                ++turns();
                begun.set();
            }
        },
        {"daemon", ThreadKind::Daemon, 0, {}});
    static Thread slow([](const std::stop_token&) {
        Event never;
        static_cast<void>(never.wait(Deadline::after(200ms)));
        say("the ordinary thread has finished");
    });
    if (!daemon.start() || !slow.start() || !begun.wait())
        return 1;
    say("a running thread becomes a daemon: " + kindOf(slow.setKind(ThreadKind::Daemon)));
    say("main ends");
    return leave();
}

int endWithHooks()
{
    Event go;
    Thread thread([&](const std::stop_token&) {
        static_cast<void>(go.wait());
        say("the thread ends");
    });
    if (!thread.start())
        return 1;
    say("first hook: " + kindOf(atThreadShutdown([&] {
        say("first hook");
        say("a hook in a hook: " + kindOf(atThreadShutdown([] { say("never called"); })));
        go.set();
    })));
    say("second hook: " + kindOf(atThreadShutdown([] { say("second hook"); })));
    say("shut down: " + kindOf(shutDownThreads()));
    say("and again: " + kindOf(shutDownThreads()));
    Thread late([](const std::stop_token&) { say("never run"); });
    say("a late thread: " + kindOf(late.start()) + ", it lives: " + text(late.isAlive()));
    say("a late hook: " + kindOf(atThreadShutdown([] {})));
    return 0;
}

// Runs `look` in a forked child and says how that ended.
void inForkedChild(const std::function<void()>& look)
{
    const pid_t child = ::fork();
    if (child == 0) {
        look();
        ::_exit(0);
    }
    int status = 0;
    static_cast<void>(::waitpid(child, &status, 0));
    say(status == 0 ? "the child has ended well" : "the child has failed");
}

void untilStopped(const std::stop_token& stop)
{
    Event never;
    static_cast<void>(never.wait(Deadline::never(), stop));
}

int forkInMain()
{
    Thread other(untilStopped, {"other", {}, 0, {}});
    if (!other.start())
        return 1;
    inForkedChild([&] {
        say("the other lives in the child: " + text(other.isAlive()));
        say("joining it: " + kindOf(other.join()));
        say("threads: " + std::to_string(liveThreads().size()));
        std::atomic<bool> ran{false};
        Thread fresh([&](const std::stop_token&) { ran = true; });
        const std::string started = kindOf(fresh.start());
        say("starting one: " + started + ", joining it: " + kindOf(fresh.join()));
        say("it has run: " + text(ran));
        say("shutting down: " + kindOf(shutDownThreads()));
    });
    say("the other lives in the parent: " + text(other.isAlive()));
    return 0;
}

int forkInThread()
{
    Mutex mutex;
    Thread other(untilStopped, {"other", {}, 0, {}});
    Thread* own = nullptr;
    Thread forker(
        [&](const std::stop_token&) {
            static_cast<void>(mutex.lock());
            inForkedChild([&] {
                say("main is now: " + mainThread().name);
                say("I am main: " + text(currentThread().isMain)
                    + ", with this id: " + text(own->nativeId() == ::getpid()));
                say("the other lives: " + text(other.isAlive()));
                say("threads: " + std::to_string(liveThreads().size()));
                say("joining myself: " + kindOf(own->join()));
                say("the lock is still mine: " + text(mutex.isHeldByCaller()));
                say("giving it back: " + kindOf(mutex.unlock()));
            });
        },
        {"forker", {}, 0, {}});
    own = &forker;
    return other.start() && forker.start() && forker.join() ? 0 : 1;
}

int forkWithANamedMain()
{
    setCurrentThreadName("head cook");
    const auto sayName = [] { say("main is called " + mainThread().name); };
    inForkedChild(sayName);
    std::thread([&sayName] { inForkedChild(sayName); }).join();
    return 0;
}

// Threads that are using the engine's own locks all the time while others fork.
int forkUnderFire(int rounds)
{
    ThreadLocalValue<int> value(7);
    std::atomic<bool> isOver{false};
    std::array<std::unique_ptr<Thread>, 2> busy;
    for (auto& thread : busy) {
        thread = std::make_unique<Thread>([&](const std::stop_token&) {
            while (!isOver) {
                Thread inner([&](const std::stop_token&) { static_cast<void>(value.value()); });
                static_cast<void>(inner.start() && inner.join());
                setUncaughtHook({});
            }
        });
        static_cast<void>(thread->start());
    }
    int failed = 0;
    for (int round = 0; round < rounds; ++round) {
        const pid_t child = ::fork();
        if (child == 0) {
            Thread fresh([&](const std::stop_token&) { setUncaughtHook({}); });
            const bool worked = fresh.start() && fresh.join() && value.value() == 7
                && !busy[0]->isAlive() && liveThreads().size() == 1;
            ::_exit(worked ? 0 : 1);
        }
        int status = 0;
        static_cast<void>(::waitpid(child, &status, 0));
        failed += status == 0 ? 0 : 1;
    }
    isOver = true;
    say("children that failed: " + std::to_string(failed));
    return 0;
}

int failInThreads()
{
    static_cast<void>(::dup2(STDOUT_FILENO, STDERR_FILENO));
    const auto run = [](const char* name, Thread::Body body) {
        Thread thread(std::move(body), {name, {}, 0, {}});
        static_cast<void>(thread.start() && thread.join());
    };
    run("baker", [](const std::stop_token&) { throw std::runtime_error("no flour"); });
    run("leaver", [](const std::stop_token&) { throw ThreadExit(); });
    setUncaughtHook([](const ThreadInfo&, const std::exception_ptr&) { throw 7; });
    run("cook", [](const std::stop_token&) { throw std::runtime_error("no pan"); });
    setUncaughtHook([](const ThreadInfo& thread, const std::exception_ptr& exception) {
        say("a hook was told");
        printUncaught(thread, exception);
    });
    run("waiter", [](const std::stop_token&) { throw std::runtime_error("no plate"); });
    say("main goes on");
    return 0;
}

} // namespace

int main(int count, char** arguments)
{
    const std::string_view mode = count > 1 ? arguments[1] : "";
    if (mode == "return")
        return endWithThreads([] { return kCode; });
    if (mode == "exit")
        return endWithThreads([]() -> int { std::exit(kCode); }); // NOLINT(concurrency-mt-unsafe)
    if (mode == "hooks")
        return endWithHooks();
    if (mode == "fork")
        return forkInMain();
    if (mode == "fork-in-thread")
        return forkInThread();
    if (mode == "fork-named")
        return forkWithANamedMain();
    if (mode == "fork-under-fire" && count > 2)
        return forkUnderFire(std::atoi(arguments[2])); // NOLINT(cert-err34-c)
    if (mode == "fail")
        return failInThreads();
    return 2;
}

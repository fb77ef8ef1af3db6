// SPDX-License-Identifier: GPL-3.0-only
// fork_server_cases NAME: what a fork server does, and what its processes find.
#include "engine/processes/fork_server.h"
#include "tests/support/leftovers.h"
#include "tests/support/named_case.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

using namespace heddle;
using namespace heddle::tests;

namespace {

int answerMessage(std::string_view message, std::span<const int> descriptors)
{
    if (::syscall(SYS_gettid) != ::getpid() || ::getpgid(0) != ::getpid())
        return 100;
    if (descriptors.size() == 1 && ::write(descriptors[0], message.data(), message.size()) < 0)
        return 101;
    return static_cast<int>(message.size());
}

// A recursive lock compares the number of the thread that the C library keeps with the owner's.
int knowsItself(std::string_view, std::span<const int>)
{
    pthread_mutexattr_t attributes;
    ::pthread_mutexattr_init(&attributes);
    ::pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_t mutex;
    ::pthread_mutex_init(&mutex, &attributes);
    ::pthread_mutex_lock(&mutex);
    const bool isOwner = mutex.__data.__owner == ::getpid(); // NOLINT
    const int again = ::pthread_mutex_lock(&mutex);
    return isOwner && again == EDEADLK ? 0 : 1;
}

// The message is the address of a lock in memory that all share.
int holdsALock(std::string_view message, std::span<const int> descriptors)
{
    pthread_mutex_t* mutex = nullptr;
    std::memcpy(&mutex, message.data(), sizeof mutex);
    if (::pthread_mutex_lock(mutex) != 0 || ::write(descriptors[0], "x", 1) != 1)
        return 1;
    ::pause();
    return 0;
}

int listDescriptors(std::string_view, std::span<const int> descriptors)
{
    for (int fd = 3; fd < 1024; ++fd) {
        const bool isGiven =
            std::find(descriptors.begin(), descriptors.end(), fd) != descriptors.end();
        if ((::fcntl(fd, F_GETFD) >= 0) != isGiven)
            return fd;
    }
    return 0;
}

// The message is the group it has to be in.
int beginsAsAsked(std::string_view message, std::span<const int>)
{
    sigset_t blocked;
    ::pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
    const bool areBlocked = ::sigismember(&blocked, SIGTERM) == 1;
    return areBlocked && message == std::to_string(::getpgrp()) ? 0 : 1;
}

// 1: a long message is whole; 2: as many descriptors as it says; 3: a long message and many descriptors.
int countMuch(std::string_view message, std::span<const int> descriptors)
{
    for (const int descriptor : descriptors)
        if (::fcntl(descriptor, F_GETFD) != FD_CLOEXEC)
            return 100;
    const bool isLong = message.find_first_not_of('x') == std::string_view::npos;
    if (!isLong)
        return message == std::to_string(descriptors.size()) ? 2 : 101;
    if (!descriptors.empty())
        return message.size() == 200'000 && descriptors.size() == 300 ? 3 : 102;
    return message.size() > 65'000 ? 1 : 103;
}

int sleepLong(std::string_view, std::span<const int>)
{
    ::pause();
    return 0;
}

ForkServer startServer()
{
    Result<ForkServer> server = ForkServer::start();
    require(server.has_value(), "a fork server is started");
    return *std::move(server);
}

void forkOnRequest()
{
    const Leftovers before;
    {
        ForkServer server = startServer();
        int ends[2];
        require(::pipe2(ends, O_CLOEXEC) == 0, "a pipe");
        const OwnedFd reader(ends[0]);
        OwnedFd writer(ends[1]);
        const std::array<int, 1> passed{writer.get()};
        Result<Subprocess> child = server.fork(answerMessage, "message", passed);
        writer.reset();
        require(child.has_value(), "a process is forked");
        std::array<char, 100> text{};
        require(::read(reader.get(), text.data(), text.size()) == 7, "it got the descriptor");
        require(std::string_view(text.data()) == "message", "it got the message");
        require(::read(reader.get(), text.data(), text.size()) == 0, "nobody else holds it");
        const auto status = child->wait(soon());
        require(status && status->isKnown && status->code == 7, "its code is known");
        Result<Subprocess> owner = server.fork(knowsItself, {});
        require(owner && owner->wait(soon())->isSuccess(), "the C library knows its number");
    }
    require(before.text().empty(), "nothing is left");
}

void forkWithMuch()
{
    const Leftovers before;
    {
        ForkServer server = startServer();
        const OwnedFd null(::open("/dev/null", O_WRONLY | O_CLOEXEC));
        for (const std::size_t size : {65'535U, 65'536U, 65'537U, 10'000'000U}) {
            Result<Subprocess> child = server.fork(countMuch, std::string(size, 'x'));
            require(child && child->wait(soon())->code == 1, "all of a long message arrives");
        }
        for (const std::size_t count : {253U, 254U, 600U}) {
            const std::vector<int> descriptors(count, null.get());
            Result<Subprocess> child = server.fork(countMuch, std::to_string(count), descriptors);
            require(child && child->wait(soon())->code == 2, "many descriptors arrive");
        }
        const std::vector<int> both(300, null.get());
        Result<Subprocess> child = server.fork(countMuch, std::string(200'000, 'x'), both);
        require(child && child->wait(soon())->code == 3, "and both at once");
    }
    require(before.text().empty(), "nothing is left");
}

void forkWithTooMuch()
{
    ForkServer server = startServer();
    const OwnedFd null(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    const rlimit few{100, 100};
    require(::prlimit(server.pid(), RLIMIT_NOFILE, &few, nullptr) == 0, "the limit is lowered");
    for (const std::size_t count : {120U, 600U}) {
        const std::vector<int> descriptors(count, null.get());
        const Result<Subprocess> child = server.fork(sleepLong, {}, descriptors);
        require(!child && child.error().systemErrno == EMFILE, "no room is an error");
    }
    const std::array<int, 2> broken{null.get(), -1};
    const Result<Subprocess> child = server.fork(sleepLong, std::string(100'000, 'x'), broken);
    require(!child && child.error().systemErrno == EBADF, "a closed descriptor is an error");
    std::vector<int> lateBroken(300, null.get());
    lateBroken.back() = -1;
    const Result<Subprocess> late = server.fork(sleepLong, {}, lateBroken);
    require(!late && late.error().systemErrno == EBADF, "also one that comes late");
    Result<Subprocess> next = server.fork(answerMessage, "four");
    require(next && next->wait(soon())->code == 4, "the server goes on");
}

void forkedHolderIsKilled()
{
    void* room = ::mmap(nullptr, sizeof(pthread_mutex_t), PROT_READ | PROT_WRITE,
        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    require(room != MAP_FAILED, "there is shared memory");
    auto* mutex = static_cast<pthread_mutex_t*>(room);
    pthread_mutexattr_t attributes;
    ::pthread_mutexattr_init(&attributes);
    ::pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    ::pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    ::pthread_mutex_init(mutex, &attributes);
    ForkServer server = startServer();
    int ends[2];
    require(::pipe2(ends, O_CLOEXEC) == 0, "a pipe");
    const OwnedFd reader(ends[0]);
    const OwnedFd writer(ends[1]);
    const std::array<int, 1> passed{writer.get()};
    const std::string address(reinterpret_cast<const char*>(&mutex), sizeof mutex); // its bytes
    Result<Subprocess> child = server.fork(holdsALock, address, passed);
    require(child.has_value(), "a process is forked");
    char told = 0;
    require(::read(reader.get(), &told, 1) == 1, "it holds the lock");
    require(child->kill() && child->wait(soon())->signal == SIGKILL, "it is killed");
    timespec limit{};
    ::clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += 10;
    require(::pthread_mutex_timedlock(mutex, &limit) == EOWNERDEAD, "the lock is given back");
}

void forkFromManyThreads()
{
    ForkServer server = startServer();
    std::atomic<int> good = 0;
    {
        std::vector<std::jthread> threads;
        threads.reserve(4);
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([&] {
                for (int count = 0; count < 25; ++count) {
                    Result<Subprocess> child = server.fork(answerMessage, "four");
                    const bool isGood = child && child->wait(soon())->code == 4;
                    good += isGood ? 1 : 0;
                }
            });
    }
    require(good == 100, "every thread gets its own processes");
}

void forkInheritsNothing()
{
    const OwnedFd open(::open("/dev/null", O_RDONLY)); // NOLINT(android-cloexec-open)
    const OwnedFd high(::fcntl(open.get(), F_DUPFD, 500)); // NOLINT(android-cloexec-dup)
    ForkServer server = startServer();
    const OwnedFd later(::open("/dev/null", O_RDONLY)); // NOLINT(android-cloexec-open)
    Result<Subprocess> first = server.fork(sleepLong, {});
    const std::array<int, 2> passed{high.get(), later.get()};
    Result<Subprocess> second = server.fork(listDescriptors, {}, passed);
    require(first && second, "two processes are forked");
    require(second->wait(soon())->code == 0, "it has what it was given and nothing else");
}

void forkServerDies()
{
    const Leftovers before;
    {
        ForkServer server = startServer();
        Result<Subprocess> child = server.fork(sleepLong, {});
        require(child.has_value(), "a process is forked");
        require(::kill(server.pid(), SIGKILL) == 0, "the server is killed");
        siginfo_t info{};
        require(::waitid(P_PID, static_cast<id_t>(server.pid()), &info, WEXITED | WNOWAIT) == 0,
            "it ends");
        const Result<Subprocess> other = server.fork(sleepLong, {});
        require(!other && other.error().kind == ErrorKind::ChildGone, "that is an error");
        require(!*child->poll(), "what it forked lives on");
        require(child->terminate() && child->wait(soon())->signal == SIGTERM, "and is ours");
        server = startServer();
        Result<Subprocess> next = server.fork(answerMessage, "four");
        require(next && next->wait(soon())->code == 4, "another server takes over");
    }
    require(before.text().empty(), "nothing is left");
}

void forkIntoAGroup()
{
    ForkServer server = startServer();
    require(::signal(SIGUSR1, SIG_IGN) != SIG_ERR, "a signal is ignored here");
    require(::kill(-::getpgrp(), SIGUSR1) == 0, "and sent to the group");
    ForkServer::Beginning beginning;
    beginning.signalMask = ForkServer::Beginning::Signals::Blocked;
    beginning.group = ::getpgrp();
    Result<Subprocess> child =
        server.fork(beginsAsAsked, std::to_string(beginning.group), {}, beginning);
    require(child.has_value(), "the server lives on");
    require(::getpgid(child->pid()) == ::getpgrp(), "its child is in the group at once");
    require(child->wait(soon())->code == 0, "and begins with all signals blocked");
}

void forkServerNeedsOneThread()
{
    std::jthread other([](const std::stop_token& stop) {
        while (!stop.stop_requested())
            std::this_thread::yield();
    });
    const Result<ForkServer> server = ForkServer::start();
    require(!server && server.error().kind == ErrorKind::NotSupported, "it is refused");
}

void forkServerAtTheLimit()
{
    becomeNobody();
    ForkServer server = startServer();
    const rlimit none{0, 0};
    require(::prlimit(server.pid(), RLIMIT_NPROC, &none, nullptr) == 0, "the limit is lowered");
    const Result<Subprocess> child = server.fork(sleepLong, {});
    require(!child && child.error().systemErrno == EAGAIN, "the limit is an error");
    require(::kill(server.pid(), 0) == 0, "the server lives on");
}

constexpr std::array kCases{Case{"fork-on-request", forkOnRequest},
    Case{"fork-from-many-threads", forkFromManyThreads},
    Case{"fork-inherits-nothing", forkInheritsNothing}, Case{"fork-server-dies", forkServerDies},
    Case{"fork-into-a-group", forkIntoAGroup}, Case{"fork-with-much", forkWithMuch},
    Case{"fork-with-too-much", forkWithTooMuch},
    Case{"forked-holder-is-killed", forkedHolderIsKilled},
    Case{"fork-server-needs-one-thread", forkServerNeedsOneThread},
    Case{"fork-server-at-the-limit", forkServerAtTheLimit}};

} // namespace

int main(int count, char** arguments)
{
    return runCase(kCases, count, arguments);
}

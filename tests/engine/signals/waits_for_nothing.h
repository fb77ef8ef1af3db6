// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/descriptor_wait.h"
#include "engine/base/file_lock.h"
#include "engine/base/owned_fd.h"
#include "engine/processes/pipe.h"
#include "engine/processes/subprocess.h"
#include "engine/threads/barrier.h"
#include "engine/threads/condition.h"
#include "engine/threads/event.h"
#include "engine/threads/latch.h"
#include "engine/threads/mutex.h"
#include "engine/threads/queue.h"
#include "engine/threads/recursive_mutex.h"
#include "engine/threads/rw_lock.h"
#include "engine/threads/semaphore.h"
#include "engine/threads/thread.h"
#include "tests/engine/signals/signal_fixture.h"
#include "tests/support/eventually.h"

#include <array>
#include <functional>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace heddle::tests {

using namespace std::chrono_literals;

using Wait = std::function<Result<void>(Deadline)>;

/// A thread that keeps what the main thread waits for, until it is told to give it.
class Holder
{
public:
    Holder(const std::function<void()>& take, const std::function<void()>& give)
        : m_thread([this, take, give] {
            take();
            m_isTaken = true;
            static_cast<void>(!m_end.wait());
            give();
        })
    {
        if (!eventually([this] { return m_isTaken.load(); }))
            std::abort();
    }
    ~Holder() { m_end.set(); }
    Holder(const Holder&) = delete;
    Holder& operator=(const Holder&) = delete;

private:
    std::atomic<bool> m_isTaken{false};
    Event m_end;
    std::jthread m_thread;
};

template <typename Lock> Holder holderOf(Lock& lock)
{
    return Holder([&lock] { required(lock.lock()); }, [&lock] { required(lock.unlock()); });
}

inline Result<void> withoutValue(const auto& result)
{
    if (!result)
        return result.error();
    return {};
}

/// Everything a wait may wait for, none of which happens.
struct Nothing
{
    Mutex mutex;
    RecursiveMutex recursive;
    ReadWriteLock readWrite;
    Mutex conditionMutex;
    Condition condition{conditionMutex};
    Semaphore semaphore{0};
    Event event;
    Latch latch{1};
    Queue<int> queue;
    Pipe pipe = required(Pipe::create());
    Holder mutexHolder = holderOf(mutex);
    Holder recursiveHolder = holderOf(recursive);
    Holder readWriteHolder{
        [this] { required(readWrite.lockWrite()); }, [this] { required(readWrite.unlockWrite()); }};
    OwnedFd epoll{::epoll_create1(EPOLL_CLOEXEC)};
    OwnedFd listener = listening();

    static OwnedFd listening()
    {
        OwnedFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0
            || ::listen(fd.get(), 1) != 0)
            std::abort();
        return fd;
    }

    [[nodiscard]] Result<void> waitForCondition(Deadline deadline)
    {
        required(conditionMutex.lock());
        Result<void> waited = condition.wait(deadline);
        required(conditionMutex.unlock());
        return waited;
    }
    [[nodiscard]] Result<void> read(Deadline deadline) const
    {
        std::array<std::byte, 16> room{};
        return withoutValue(readSome(pipe.reader.get(), room, deadline));
    }
    [[nodiscard]] Result<void> writeToFull(Deadline deadline) const
    {
        required(makeNonBlocking(pipe.writer.get()));
        const std::array<std::byte, 4096> zeros{};
        while (::write(pipe.writer.get(), zeros.data(), zeros.size()) > 0) { }
        return withoutValue(writeSome(pipe.writer.get(), zeros, deadline));
    }
    [[nodiscard]] Result<void> pollNothing(Deadline deadline) const
    {
        std::array<pollfd, 1> descriptors{{{pipe.reader.get(), POLLIN, 0}}};
        const auto count = pollDescriptors(descriptors, deadline);
        if (!count)
            return count.error();
        return Error{*count == 0 ? ErrorKind::Timeout : ErrorKind::NotSupported, 0, "poll", {}};
    }
    [[nodiscard]] Result<void> pollEpoll(Deadline deadline) const
    {
        epoll_event wanted{};
        wanted.events = EPOLLIN;
        ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, pipe.reader.get(), &wanted);
        return waitReadable(epoll.get(), deadline);
    }
    [[nodiscard]] static Result<void> lockHeldFile(Deadline deadline)
    {
        const OwnedFd first(::open("/proc/self/exe", O_RDONLY | O_CLOEXEC));
        const OwnedFd second(::open("/proc/self/exe", O_RDONLY | O_CLOEXEC));
        required(lockFile(first.get(), FileLock::Exclusive));
        return lockFile(second.get(), FileLock::Exclusive, deadline);
    }
    [[nodiscard]] static Result<void> joinThread(Deadline deadline)
    {
        Event end;
        Thread thread([&end](const std::stop_token&) { static_cast<void>(!end.wait()); });
        required(thread.start());
        Result<void> joined = thread.join(deadline);
        end.set();
        return joined;
    }
    [[nodiscard]] static Result<void> waitForChild(Deadline deadline)
    {
        SpawnOptions options;
        options.arguments = {"sleep", "60"};
        Subprocess child = required(Subprocess::spawn(options));
        return withoutValue(child.wait(deadline));
    }
    // It prints nothing and reads nothing; what is written to it does not fit into the pipe.
    [[nodiscard]] static Result<void> communicate(Deadline deadline)
    {
        SpawnOptions options;
        options.arguments = {"sleep", "60"};
        options.standardInput = Redirection::toPipe();
        options.standardOutput = Redirection::toPipe();
        Subprocess child = required(Subprocess::spawn(options));
        const ProcessResult result = child.communicate(std::string(1'000'000, 'x'), deadline);
        if (!result)
            return result.error().error;
        return {};
    }
    [[nodiscard]] static Result<void> readLine(Deadline deadline)
    {
        SpawnOptions options;
        options.arguments = {"sleep", "60"};
        options.standardOutput = Redirection::toPipe();
        Subprocess child = required(Subprocess::spawn(options));
        return withoutValue(child.standardOutput().readLine(deadline));
    }
    [[nodiscard]] static Result<void> sleep(Deadline deadline)
    {
        const Result<void> slept = sleepUntil(deadline);
        if (!slept)
            return slept.error();
        return Error{ErrorKind::Timeout, 0, "sleep", {}};
    }
};

inline std::vector<std::pair<const char*, Wait>> allWaits(Nothing& nothing)
{
    return {{"sleep", Nothing::sleep}, {"mutex", [&](Deadline d) { return nothing.mutex.lock(d); }},
        {"recursive mutex", [&](Deadline d) { return nothing.recursive.lock(d); }},
        {"reader", [&](Deadline d) { return nothing.readWrite.lockRead(d); }},
        {"writer", [&](Deadline d) { return nothing.readWrite.lockWrite(d); }},
        {"condition", [&](Deadline d) { return nothing.waitForCondition(d); }},
        {"semaphore", [&](Deadline d) { return nothing.semaphore.acquire(1, d); }},
        {"event", [&](Deadline d) { return nothing.event.wait(d); }},
        {"latch", [&](Deadline d) { return nothing.latch.wait(d); }},
        {"queue", [&](Deadline d) { return withoutValue(nothing.queue.get(d)); }},
        {"barrier",
            [](Deadline d) {
                Barrier barrier(2);
                return withoutValue(barrier.arrive(d));
            }},
        {"join", Nothing::joinThread}, {"read", [&](Deadline d) { return nothing.read(d); }},
        {"write", [&](Deadline d) { return nothing.writeToFull(d); }},
        {"poll", [&](Deadline d) { return nothing.pollNothing(d); }},
        {"epoll", [&](Deadline d) { return nothing.pollEpoll(d); }},
        {"accept", [&](Deadline d) { return waitReadable(nothing.listener.get(), d); }},
        {"process", Nothing::waitForChild}, {"communicate", Nothing::communicate},
        {"line of a process", Nothing::readLine}, {"file lock", Nothing::lockHeldFile}};
}

} // namespace heddle::tests

// SPDX-License-Identifier: Apache-2.0
#include "engine/base/descriptor_wait.h"

#include "engine/base/interruption.h"
#include "engine/base/stop_fd.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <optional>
#include <vector>

#include <time.h>
#include <unistd.h>

namespace heddle {

namespace {

Error cancelled(const char* operation)
{
    return Error{ErrorKind::Cancelled, 0, operation, {}};
}

timespec timeUntil(Deadline deadline)
{
    const nanoseconds left = std::max(deadline.moment() - monotonicNow(), nanoseconds(0));
    const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
    timespec time{};
    time.tv_sec = seconds.count();
    time.tv_nsec = (left - seconds).count();
    return time;
}

/// One wait for descriptors, with the two of its own behind those of the caller.
class DescriptorWait
{
public:
    DescriptorWait(std::span<pollfd> wanted, Deadline deadline, const std::stop_token& stop)
        : m_wanted(wanted)
        , m_deadline(deadline)
        , m_stop(stop)
    {
    }

    [[nodiscard]] Result<std::size_t> run()
    {
        Result<void> opened = m_stop.open();
        if (!opened)
            return opened.error();
        m_all.assign(m_wanted.begin(), m_wanted.end());
        m_all.push_back({m_stop.get(), POLLIN, 0});
        m_all.push_back({-1, POLLIN, 0});
        for (;;) {
            if (m_stop.isWished())
                return cancelled("poll");
            if (runInterruptions() == AfterInterruption::GiveUp)
                return interruptedError("poll");
            const Result<std::optional<std::size_t>> ready = once();
            if (!ready)
                return ready.error();
            if (*ready)
                return **ready;
        }
    }

private:
    // Nothing: to be looked at anew.
    [[nodiscard]] Result<std::optional<std::size_t>> once()
    {
        InterruptionSource* source = currentInterruptions;
        m_all.back().fd = source != nullptr ? source->fd() : -1;
        const timespec left = m_deadline.isNever() ? timespec{} : timeUntil(m_deadline);
        const int ready =
            ::ppoll(m_all.data(), m_all.size(), m_deadline.isNever() ? nullptr : &left, nullptr);
        if (ready < 0 && errno != EINTR)
            return systemError("poll");
        if (ready < 0)
            return std::optional<std::size_t>();
        if (m_all.back().revents != 0) {
            source->quieten();
            if (source->isPending())
                return std::optional<std::size_t>();
        }
        std::size_t count = 0;
        for (std::size_t index = 0; index < m_wanted.size(); ++index) {
            m_wanted[index].revents = m_all[index].revents;
            count += m_all[index].revents != 0 ? 1 : 0;
        }
        if (count > 0 || m_deadline.isOver())
            return std::optional(count);
        return std::optional<std::size_t>();
    }

    std::span<pollfd> m_wanted;
    Deadline m_deadline;
    StopFd m_stop;
    std::vector<pollfd> m_all;
};

Result<void> waitForOne(int fd, short events, Deadline deadline, const std::stop_token& stop)
{
    std::array<pollfd, 1> descriptor{{{fd, events, 0}}};
    const Result<std::size_t> ready = pollDescriptors(descriptor, deadline, stop);
    if (!ready)
        return ready.error();
    if (*ready == 0)
        return Error{ErrorKind::Timeout, 0, "poll", {}};
    if ((descriptor[0].revents & POLLNVAL) != 0)
        return systemError(EBADF, "poll");
    return {};
}

bool isToBeRepeated(int error)
{
    return error == EINTR || error == EAGAIN || error == EWOULDBLOCK;
}

} // namespace

Result<void> sleepUntil(Deadline deadline, const std::stop_token& stop)
{
    std::atomic<std::uint32_t> isStopped{0};
    auto wake = [&isStopped] {
        isStopped.store(1, std::memory_order_release);
        futexWake(isStopped, 1);
    };
    std::optional<std::stop_callback<decltype(wake)>> onStop;
    if (stop.stop_possible())
        onStop.emplace(stop, wake);
    while (isStopped.load(std::memory_order_acquire) == 0) {
        if (runInterruptions() == AfterInterruption::GiveUp)
            return interruptedError("sleep");
        if (futexWaitInterruptibly(isStopped, 0, deadline) == FutexWait::TimedOut)
            return {};
    }
    return cancelled("sleep");
}

Result<std::size_t> pollDescriptors(
    std::span<pollfd> descriptors, Deadline deadline, const std::stop_token& stop)
{
    return DescriptorWait(descriptors, deadline, stop).run();
}

Result<void> waitReadable(int fd, Deadline deadline, const std::stop_token& stop)
{
    return waitForOne(fd, POLLIN, deadline, stop);
}

Result<void> waitWritable(int fd, Deadline deadline, const std::stop_token& stop)
{
    return waitForOne(fd, POLLOUT, deadline, stop);
}

Result<std::size_t> readSome(
    int fd, std::span<std::byte> room, Deadline deadline, const std::stop_token& stop)
{
    for (;;) {
        const Result<void> ready = waitReadable(fd, deadline, stop);
        if (!ready)
            return ready.error();
        const ssize_t count = ::read(fd, room.data(), room.size());
        if (count >= 0)
            return static_cast<std::size_t>(count);
        if (!isToBeRepeated(errno))
            return systemError("read");
    }
}

// No more than PIPE_BUF, so that a blocking pipe with room takes all of it and does not wait.
Result<std::size_t> writeSome(
    int fd, std::span<const std::byte> bytes, Deadline deadline, const std::stop_token& stop)
{
    for (;;) {
        const Result<void> ready = waitWritable(fd, deadline, stop);
        if (!ready)
            return ready.error();
        const std::size_t most = std::min<std::size_t>(bytes.size(), PIPE_BUF);
        const ssize_t count = ::write(fd, bytes.data(), most);
        if (count >= 0)
            return static_cast<std::size_t>(count);
        if (!isToBeRepeated(errno))
            return systemError("write");
    }
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/signals/wakeup_fd.h"

#include "engine/signals/handler.h"
#include "engine/signals/wakeup.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace heddle {

namespace {

constinit std::atomic<int> wakeupFd{-1};
constinit std::atomic<bool> isFullBufferTold{true};
constinit std::atomic<int> failedSignal{0};
constinit std::atomic<int> failedErrno{0};

bool isNoRoom(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK;
}

} // namespace

void writeWakeup(int signal) noexcept
{
    const int fd = wakeupFd.load(std::memory_order_acquire);
    if (fd < 0)
        return;
    const auto byte = static_cast<unsigned char>(signal);
    ssize_t written = 0;
    do {
        written = ::write(fd, &byte, 1);
    } while (written < 0 && errno == EINTR);
    if (written == 1 || (isNoRoom(errno) && !isFullBufferTold.load(std::memory_order_relaxed)))
        return;
    failedErrno.store(errno, std::memory_order_relaxed);
    failedSignal.store(signal, std::memory_order_release);
}

void reportWakeupFailure()
{
    if (failedSignal.load(std::memory_order_relaxed) == 0)
        return;
    const int signal = failedSignal.exchange(0, std::memory_order_acquire);
    static_cast<void>(std::fprintf(stderr,
        "heddle: signal %d could not be written to the wake-up descriptor: %s\n", signal,
        ::strerrordesc_np(failedErrno.load(std::memory_order_relaxed))));
}

void forgetWakeupFd() noexcept
{
    wakeupFd.store(-1, std::memory_order_relaxed);
    failedSignal.store(0, std::memory_order_relaxed);
}

Result<int> setWakeupFd(int fd, FullBuffer fullBuffer)
{
    if (!isMainThread())
        return Error{ErrorKind::WrongThread, 0, "set wake-up fd", "only the main thread may"};
    if (fd != -1) {
        const int flags = ::fcntl(fd, F_GETFL);
        if (flags < 0)
            return systemError("fcntl F_GETFL", "descriptor " + std::to_string(fd));
        if ((flags & O_NONBLOCK) == 0)
            return Error{ErrorKind::InvalidArgument, 0, "set wake-up fd",
                "descriptor " + std::to_string(fd) + " blocks"};
    }
    isFullBufferTold.store(fullBuffer == FullBuffer::Warns, std::memory_order_relaxed);
    return wakeupFd.exchange(fd, std::memory_order_acq_rel);
}

} // namespace heddle

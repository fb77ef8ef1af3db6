// SPDX-License-Identifier: Apache-2.0
#include "engine/signals/wakeup_fd.h"

#include "engine/signals/handler.h"
#include "engine/signals/system_handler.h"
#include "engine/signals/wakeup.h"

#include <atomic>
#include <cstdio>
#include <cstring>

#include <fcntl.h>

namespace heddle {

void reportWakeupFailure()
{
    if (failedWakeup.load(std::memory_order_relaxed) == 0)
        return;
    const int signal = failedWakeup.exchange(0, std::memory_order_acquire);
    static_cast<void>(std::fprintf(stderr,
        "heddle: signal %d could not be written to the wake-up descriptor: %s\n", signal,
        ::strerrordesc_np(failedWakeupErrno.load(std::memory_order_relaxed))));
}

void forgetWakeupFd() noexcept
{
    wakeupFd.store(-1, std::memory_order_relaxed);
    failedWakeup.store(0, std::memory_order_relaxed);
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

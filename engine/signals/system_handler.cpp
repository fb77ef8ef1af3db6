// SPDX-License-Identifier: Apache-2.0
#include "engine/signals/system_handler.h"

#include "engine/signals/handler.h"

#include <cerrno>
#include <climits>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

// Only atomics and system calls made directly, and no inline function, of which the linker may keep
// another file's copy: this file is compiled without ThreadSanitizer.

namespace heddle {

namespace {

bool isNoRoom(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK;
}

void writeWakeup(int signal) noexcept
{
    const int fd = wakeupFd.load(std::memory_order_acquire);
    if (fd < 0)
        return;
    const auto byte = static_cast<unsigned char>(signal);
    long written = 0;
    do {
        written = ::syscall(SYS_write, fd, &byte, 1);
    } while (written < 0 && errno == EINTR);
    if (written == 1 || (isNoRoom(errno) && !isFullBufferTold.load(std::memory_order_relaxed)))
        return;
    failedWakeupErrno.store(errno, std::memory_order_relaxed);
    failedWakeup.store(signal, std::memory_order_release);
}

} // namespace

// The mark comes first and the wake-ups after it: who looks, and then waits
// for what it saw, misses nothing.
void noteSignal(int signal) noexcept
{
    const int saved = errno;
    signalMarks.fetch_or(std::uint64_t{1} << static_cast<unsigned>(signal - 1));
    writeWakeup(signal);
    newsWord.fetch_add(1);
    ::syscall(SYS_futex, &newsWord, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
    const std::uint64_t one = 1;
    ::syscall(SYS_write, newsFd.load(), &one, sizeof one); // full: it is readable anyway
    errno = saved;
}

} // namespace heddle

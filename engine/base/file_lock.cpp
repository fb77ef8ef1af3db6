// SPDX-License-Identifier: Apache-2.0
#include "engine/base/file_lock.h"

#include "engine/base/descriptor_wait.h"

#include <algorithm>
#include <cerrno>

#include <sys/file.h>

namespace heddle {

Result<void> lockFile(int fd, FileLock lock, Deadline deadline, const std::stop_token& stop)
{
    constexpr nanoseconds kLongest = std::chrono::milliseconds(16);
    const int operation = lock == FileLock::Shared ? LOCK_SH : LOCK_EX;
    for (nanoseconds pause = std::chrono::milliseconds(1);; pause = std::min(2 * pause, kLongest)) {
        if (::flock(fd, operation | LOCK_NB) == 0)
            return {};
        if (errno != EWOULDBLOCK && errno != EINTR)
            return systemError("flock");
        if (deadline.isOver())
            return Error{ErrorKind::Timeout, 0, "flock", {}};
        const Deadline next = Deadline::after(pause);
        Result<void> slept = sleepUntil(next.moment() < deadline.moment() ? next : deadline, stop);
        if (!slept)
            return slept;
    }
}

Result<void> unlockFile(int fd)
{
    if (::flock(fd, LOCK_UN) != 0)
        return systemError("flock");
    return {};
}

} // namespace heddle

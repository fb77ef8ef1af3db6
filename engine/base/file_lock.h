// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"

#include <cstdint>
#include <stop_token>

namespace heddle {

enum class FileLock : std::uint8_t
{
    Shared,
    Exclusive
};

/// Takes the lock on an open file, waiting while others hold it. It belongs to the open file, so
/// duplicates of the descriptor share it, and ends with the last of them or unlockFile().
///
/// The kernel offers no wait for it that several threads' signals could end, so it is asked again,
/// after 1 ms at first and 16 ms at last: who waits longest is not preferred.
///
/// Errors:  Timeout; Cancelled; Interrupted; SystemCall (EBADF).
/// Threads: any thread.
/// Source:  flock(2).
[[nodiscard]] Result<void> lockFile(
    int fd, FileLock lock, Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

/// Gives it back.
///
/// Errors: SystemCall (EBADF).
[[nodiscard]] Result<void> unlockFile(int fd);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"

#include <cstdint>

namespace heddle {

/// Whether a wake-up that finds no room is told on the standard error.
enum class FullBuffer : std::uint8_t
{
    Warns,
    IsSilent
};

/// Has one byte, the signal's number, written to the descriptor the moment a signal with a handler of
/// this engine comes, whichever thread takes it: it wakes who polls the other end. -1 ends that.
///
/// When there is no room the byte is dropped, the handler runs nevertheless. Other errors of the write
/// are told on the standard error in any case. A forked child has no such descriptor: it must not
/// wake its parent's loop.
///
/// Result:  the former descriptor, or -1.
/// Errors:  WrongThread outside the main thread; InvalidArgument if it blocks; SystemCall with EBADF.
/// Threads: the main thread.
[[nodiscard]] Result<int> setWakeupFd(int fd, FullBuffer fullBuffer = FullBuffer::Warns);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"

#include <cstddef>
#include <span>
#include <stop_token>

#include <poll.h>

namespace heddle {

// Waits that signals do not shorten. Each runs the handlers that are pending for the calling thread
// (engine/base/interruption.h), at its start and meanwhile, and then goes on with the time that is
// left; or it returns Interrupted if a handler says so.

/// Waits until the moment.
///
/// Errors:  Cancelled; Interrupted.
/// Threads: any thread.
[[nodiscard]] Result<void> sleepUntil(Deadline deadline, const std::stop_token& stop = {});

/// As poll(2): waits until one of the descriptors is ready, and returns how many are: 0 when the
/// deadline has passed.
///
/// Errors:  Cancelled; Interrupted; SystemCall.
/// Threads: any thread.
/// Source:  ppoll(2).
[[nodiscard]] Result<std::size_t> pollDescriptors(
    std::span<pollfd> descriptors, Deadline deadline, const std::stop_token& stop = {});

/// Waits until a read would not wait: there is something, or the end, or an error it would report.
/// The descriptor of an epoll instance, a pidfd or a signalfd are waited for in the same way.
///
/// Errors:  Timeout; Cancelled; Interrupted; SystemCall (EBADF: no such descriptor).
/// Threads: any thread.
[[nodiscard]] Result<void> waitReadable(
    int fd, Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

/// The same for a write: there is room, or nobody can read it any more.
[[nodiscard]] Result<void> waitWritable(
    int fd, Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

/// Reads what there is, at most as many bytes as fit; waits while there is nothing. 0 is the end.
///
/// It suits blocking and non-blocking descriptors. If others read the same blocking one, one of them
/// may take what this one was woken for; it then waits in read(2), where it can be interrupted
/// (handlers run), but neither stopped nor timed out.
///
/// Errors:  Timeout; Cancelled; Interrupted; SystemCall (EBADF, ECONNRESET).
/// Threads: any thread.
[[nodiscard]] Result<std::size_t> readSome(int fd, std::span<std::byte> room,
    Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

/// Writes at least one byte and at most PIPE_BUF of them; waits while there is no room. Returns how
/// many were written: all of so few at once, if the descriptor is a pipe.
///
/// Errors:  as readSome(); SystemCall with EPIPE when nobody reads (SIGPIPE must be ignored).
/// Threads: any thread.
[[nodiscard]] Result<std::size_t> writeSome(int fd, std::span<const std::byte> bytes,
    Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

} // namespace heddle

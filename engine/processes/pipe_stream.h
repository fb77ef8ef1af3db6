// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/owned_fd.h"
#include "engine/base/result.h"
#include "engine/processes/spawn_options.h"

#include <cstddef>
#include <stop_token>
#include <string>
#include <string_view>

namespace heddle {

/// Writes what the descriptor takes at once; never raises SIGPIPE in this process.
///
/// Result:  how many bytes, 0 if it takes none now.
/// Errors:  SystemCall (EPIPE: nobody can read any more; ENOSPC).
/// Threads: any thread. Source: pipe(7), pthread_sigmask(3).
[[nodiscard]] Result<std::size_t> writeNow(int fd, std::string_view bytes);

/// This process's end of a pipe that a child writes.
///
/// Threads: one thread at a time.
class PipeReader
{
public:
    PipeReader() = default;
    PipeReader(OwnedFd fd, Buffering buffering)
        : m_fd(std::move(fd))
        , m_buffering(buffering)
    {
    }

    /// What is there, at most `most` bytes; waits for the first byte. Empty at the end.
    ///
    /// Errors:  Timeout, Cancelled, Closed after close(), SystemCall of read.
    [[nodiscard]] Result<std::string> read(
        std::size_t most, Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

    /// Up to and with the next line end; the rest without one at the end, then empty. What was read
    /// before an error comes with the next call.
    [[nodiscard]] Result<std::string> readLine(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

    /// Everything until the end. What was read before an error comes with the next call.
    [[nodiscard]] Result<std::string> readAll(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

    /// Closes it; who writes then gets SIGPIPE. What was read ahead is not lost by it.
    void close() { m_fd.reset(); }
    [[nodiscard]] bool isOpen() const { return static_cast<bool>(m_fd); }
    /// To be polled for; stays this object's. -1 once it is closed.
    [[nodiscard]] int fd() const { return m_fd.get(); }

    /// Gives the descriptor, which never waits, to who wants to read it in another way.
    [[nodiscard]] OwnedFd takeDescriptor() { return std::move(m_fd); }

    /// Takes what was read ahead.
    [[nodiscard]] std::string takeBuffered() { return std::exchange(m_ahead, {}); }

private:
    [[nodiscard]] Result<bool> readMore(
        std::size_t most, Deadline deadline, const std::stop_token& stop);

    OwnedFd m_fd;
    Buffering m_buffering = Buffering::Block;
    std::string m_ahead;
};

/// This process's end of a pipe that a child reads.
///
/// Threads: one thread at a time.
class PipeWriter
{
public:
    PipeWriter() = default;
    PipeWriter(OwnedFd fd, Buffering buffering)
        : m_fd(std::move(fd))
        , m_buffering(buffering)
    {
    }

    /// Takes all the bytes: into the buffer as far as that is wanted, the rest into the pipe.
    ///
    /// Errors:  Timeout or Cancelled (the unwritten rest stays in the buffer), Closed after
    ///          close(), SystemCall (EPIPE: nobody reads any more; never a signal).
    [[nodiscard]] Result<void> write(std::string_view bytes, Deadline deadline = Deadline::never(),
        const std::stop_token& stop = {});

    /// Writes what the buffer holds. Errors: as write.
    [[nodiscard]] Result<void> flush(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

    /// Flushes and closes; it is closed in any case. Errors: as write.
    [[nodiscard]] Result<void> close(Deadline deadline = Deadline::never());

    /// Closes without writing what the buffer holds.
    void drop();

    [[nodiscard]] bool isOpen() const { return static_cast<bool>(m_fd); }
    /// To be polled for; stays this object's. -1 once it is closed.
    [[nodiscard]] int fd() const { return m_fd.get(); }

    /// Gives the descriptor, which never waits, to who wants to write it in another way.
    [[nodiscard]] OwnedFd takeDescriptor() { return std::move(m_fd); }

    /// Takes what has not been written yet.
    [[nodiscard]] std::string takeBuffered() { return std::exchange(m_held, {}); }

private:
    OwnedFd m_fd;
    Buffering m_buffering = Buffering::Block;
    std::string m_held;
};

} // namespace heddle

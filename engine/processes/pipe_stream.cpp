// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/pipe_stream.h"

#include "engine/base/descriptor_wait.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <signal.h>
#include <time.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr std::size_t kChunkBytes = std::size_t{64} * 1024;
constexpr std::size_t kHeldBytes = std::size_t{8} * 1024;

Error closedStream(const char* operation)
{
    return Error{ErrorKind::Closed, 0, operation, "this end of the pipe is closed"};
}

// Keeps SIGPIPE from the calling thread while it writes, and takes away the one its write raised,
// but none that was there before.
class SigpipeHeldBack
{
public:
    SigpipeHeldBack()
    {
        ::sigemptyset(&m_pipe);
        ::sigaddset(&m_pipe, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
    }
    ~SigpipeHeldBack()
    {
        if (m_raised && !m_wasPending) {
            const timespec atOnce{};
            while (::sigtimedwait(&m_pipe, nullptr, &atOnce) < 0 && errno == EINTR) { }
        }
        ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }
    SigpipeHeldBack(const SigpipeHeldBack&) = delete;
    SigpipeHeldBack& operator=(const SigpipeHeldBack&) = delete;

    [[nodiscard]] ssize_t write(int fd, std::string_view bytes)
    {
        if (::sigismember(&m_before, SIGPIPE) == 1) {
            sigset_t pending;
            m_wasPending = ::sigpending(&pending) == 0 && ::sigismember(&pending, SIGPIPE) == 1;
        }
        ssize_t count = 0;
        do
            count = ::write(fd, bytes.data(), bytes.size());
        while (count < 0 && errno == EINTR);
        m_raised = count < 0 && errno == EPIPE;
        return count;
    }

private:
    sigset_t m_pipe{};
    sigset_t m_before{};
    bool m_raised = false;
    bool m_wasPending = false;
};

} // namespace

Result<std::size_t> writeNow(int fd, std::string_view bytes)
{
    ssize_t count = 0;
    int writeErrno = 0;
    {
        SigpipeHeldBack heldBack;
        count = heldBack.write(fd, bytes);
        writeErrno = errno;
    }
    if (count >= 0)
        return static_cast<std::size_t>(count);
    if (writeErrno == EAGAIN)
        return std::size_t{0};
    return systemError(writeErrno, "write");
}

// Reads once into what is read ahead; false at the end.
Result<bool> PipeReader::readMore(std::size_t most, Deadline deadline, const std::stop_token& stop)
{
    std::array<char, kChunkBytes> chunk; // NOLINT(cppcoreguidelines-pro-type-member-init)
    while (true) {
        if (!m_fd)
            return closedStream("read");
        const ssize_t count = ::read(m_fd.get(), chunk.data(), std::min(most, chunk.size()));
        if (count >= 0) {
            m_ahead.append(chunk.data(), static_cast<std::size_t>(count));
            return count > 0;
        }
        if (errno == EINTR)
            continue;
        if (errno != EAGAIN)
            return systemError("read");
        Result<void> ready = waitReadable(m_fd.get(), deadline, stop);
        if (!ready)
            return ready.error();
    }
}

Result<std::string> PipeReader::read(
    std::size_t most, Deadline deadline, const std::stop_token& stop)
{
    if (m_ahead.empty() && most > 0) {
        const bool ahead = m_buffering != Buffering::None;
        Result<bool> more = readMore(ahead ? kChunkBytes : most, deadline, stop);
        if (!more)
            return more.error();
    }
    std::string taken = m_ahead.substr(0, most);
    m_ahead.erase(0, taken.size());
    return taken;
}

Result<std::string> PipeReader::readLine(Deadline deadline, const std::stop_token& stop)
{
    std::size_t looked = 0;
    while (true) {
        const std::size_t end = m_ahead.find('\n', looked);
        if (end != std::string::npos) {
            std::string line = m_ahead.substr(0, end + 1);
            m_ahead.erase(0, end + 1);
            return line;
        }
        looked = m_ahead.size();
        const std::size_t most = m_buffering == Buffering::None ? 1 : kChunkBytes;
        Result<bool> more = readMore(most, deadline, stop);
        if (!more)
            return more.error();
        if (!*more)
            return takeBuffered();
    }
}

Result<std::string> PipeReader::readAll(Deadline deadline, const std::stop_token& stop)
{
    while (true) {
        Result<bool> more = readMore(kChunkBytes, deadline, stop);
        if (!more)
            return more.error();
        if (!*more)
            return takeBuffered();
    }
}

Result<void> PipeWriter::write(
    std::string_view bytes, Deadline deadline, const std::stop_token& stop)
{
    if (!m_fd)
        return closedStream("write");
    m_held += bytes;
    const bool isLine =
        m_buffering == Buffering::Line && bytes.find('\n') != std::string_view::npos;
    if (m_buffering == Buffering::None || isLine || m_held.size() > kHeldBytes)
        return flush(deadline, stop);
    return {};
}

Result<void> PipeWriter::flush(Deadline deadline, const std::stop_token& stop)
{
    std::size_t written = 0;
    Result<void> outcome;
    while (written < m_held.size()) {
        if (!m_fd) {
            outcome = closedStream("write");
            break;
        }
        Result<std::size_t> count = writeNow(m_fd.get(), std::string_view(m_held).substr(written));
        if (!count) {
            outcome = count.error();
            break;
        }
        written += *count;
        if (*count == 0)
            outcome = waitWritable(m_fd.get(), deadline, stop);
        if (!outcome)
            break;
    }
    m_held.erase(0, written);
    return outcome;
}

Result<void> PipeWriter::close(Deadline deadline)
{
    if (!m_fd)
        return {};
    Result<void> flushed = flush(deadline);
    drop();
    return flushed;
}

void PipeWriter::drop()
{
    m_held.clear();
    m_fd.reset();
}

} // namespace heddle

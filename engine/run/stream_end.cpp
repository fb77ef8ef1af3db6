// SPDX-License-Identifier: Apache-2.0
#include "engine/run/stream_end.h"

#include "engine/base/descriptor_wait.h"
#include "engine/model/program/refusals.h"
#include "engine/processes/pipe.h"
#include "engine/record/recorder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr std::size_t kPiece = std::size_t{64} * 1024;

void recordLevel(int fd, ObjectId object)
{
    int waiting = 0;
    if (object && isRecording() && ::ioctl(fd, FIONREAD, &waiting) == 0)
        reportLevel(object, waiting);
}

StepOutcome closedHere()
{
    return StepOutcome::raised("Closed", kEndIsClosedHere);
}

/// Tells the recording of a wait, if there is one, and how it ended.
class StreamWait
{
public:
    explicit StreamWait(ObjectId object)
        : m_object(object)
    {
    }
    StreamWait(const StreamWait&) = delete;
    StreamWait& operator=(const StreamWait&) = delete;
    ~StreamWait()
    {
        if (m_isWaiting)
            reportHas(m_object);
    }

    void begin(Deadline deadline)
    {
        if (!std::exchange(m_isWaiting, true))
            reportWants(m_object, State::WaitInput, deadline);
    }

    StepOutcome failed(const Error& error)
    {
        if (std::exchange(m_isWaiting, false))
            reportGaveUp(m_object,
                error.kind == ErrorKind::Timeout ? EndOfWait::TimedOut : EndOfWait::Cancelled);
        return StepOutcome::of(error);
    }

private:
    ObjectId m_object;
    bool m_isWaiting = false;
};

} // namespace

Result<std::shared_ptr<StreamDescriptor>> StreamDescriptor::shared(OwnedFd fd, int access)
{
    const std::string path = "/proc/self/fd/" + std::to_string(fd.get());
    OwnedFd again(::open(path.c_str(), access | O_NONBLOCK | O_CLOEXEC));
    if (!again)
        return systemError("open", path);
    auto descriptor = std::make_shared<StreamDescriptor>();
    descriptor->m_handedOut = std::move(fd);
    descriptor->m_fd = std::move(again);
    return descriptor;
}

Result<std::shared_ptr<StreamDescriptor>> StreamDescriptor::own(OwnedFd fd)
{
    if (const Result<void> set = makeNonBlocking(fd.get()); !set)
        return set.error();
    auto descriptor = std::make_shared<StreamDescriptor>();
    descriptor->m_fd = std::move(fd);
    return descriptor;
}

ObjectId definePipe(std::string_view name, int fd)
{
    const ObjectId object = defineObject(PrimitiveKind::Pipe, name);
    struct stat status
    {
    };
    if (::fstat(fd, &status) == 0)
        reportPipe(object, status.st_ino);
    return object;
}

StreamReader::StreamReader(std::shared_ptr<StreamDescriptor> descriptor, ObjectId shownAs)
    : m_descriptor(std::move(descriptor))
    , m_shownAs(shownAs)
{
}

StepOutcome StreamReader::read(char mode, std::int64_t most, Deadline deadline)
{
    StreamWait wait(m_shownAs);
    for (;;) {
        std::shared_ptr<StreamDescriptor> descriptor; // kept open while this thread waits at it
        {
            const InternalLock lock(m_mutex);
            if (!m_descriptor)
                return closedHere();
            if (!isEnough(mode))
                fillLocked();
            if (isEnough(mode))
                return StepOutcome::done(taken(mode, most));
            descriptor = m_descriptor;
        }
        wait.begin(deadline);
        if (const Result<void> ready = waitReadable(descriptor->fd(), deadline); !ready)
            return wait.failed(ready.error());
    }
}

bool StreamReader::fill()
{
    const InternalLock lock(m_mutex);
    if (m_descriptor && !m_isAtEnd)
        fillLocked();
    return !m_descriptor || m_isAtEnd;
}

void StreamReader::fillLocked()
{
    std::array<char, kPiece> bytes;
    for (;;) {
        const ssize_t count = ::read(m_descriptor->fd(), bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count > 0) {
            m_buffer.append(bytes.data(), static_cast<std::size_t>(count));
            record(EventKind::BytesRead, m_shownAs.value, static_cast<std::uint64_t>(count));
            recordLevel(m_descriptor->fd(), m_shownAs);
        } else if (count == 0 || errno != EAGAIN) {
            m_isAtEnd = true;
        }
        return;
    }
}

bool StreamReader::isEnough(char mode) const
{
    if (m_isAtEnd || mode == 'a')
        return m_isAtEnd;
    return mode == 'l' ? m_buffer.find('\n') != std::string::npos : !m_buffer.empty();
}

Value StreamReader::taken(char mode, std::int64_t most)
{
    if (m_buffer.empty() && mode != 'a')
        return Value::none();
    std::size_t length = m_buffer.size();
    std::size_t separator = 0;
    if (mode == 'l') {
        const std::size_t end = m_buffer.find('\n');
        separator = end == std::string::npos ? 0 : 1;
        length = std::min(length, end);
    } else if (mode == 'n') {
        length = std::min(length, static_cast<std::size_t>(std::max<std::int64_t>(most, 0)));
    }
    Value value = Value::text(m_buffer.substr(0, length));
    m_buffer.erase(0, length + separator);
    return value;
}

std::string StreamReader::take()
{
    const InternalLock lock(m_mutex);
    return std::exchange(m_buffer, {});
}

void StreamReader::close()
{
    const InternalLock lock(m_mutex);
    m_descriptor.reset();
}

std::shared_ptr<StreamDescriptor> StreamReader::descriptor() const
{
    const InternalLock lock(m_mutex);
    return m_descriptor;
}

StreamWriter::StreamWriter(std::shared_ptr<StreamDescriptor> descriptor, ObjectId shownAs)
    : m_descriptor(std::move(descriptor))
    , m_shownAs(shownAs)
    , m_isOwn(true)
{
}

StepOutcome StreamWriter::write(std::string_view bytes, Deadline deadline)
{
    StreamWait wait(m_shownAs);
    do {
        const std::shared_ptr<StreamDescriptor> end = descriptor();
        if (!end)
            return closedHere();
        const ssize_t count = ::write(end->fd(), bytes.data(), bytes.size());
        if (count >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
            record(EventKind::BytesWritten, m_shownAs.value, static_cast<std::uint64_t>(count));
            recordLevel(end->fd(), m_shownAs);
            continue;
        }
        if (errno == EPIPE)
            return StepOutcome::raised("BrokenPipe", kNobodyReads);
        if (errno != EAGAIN && errno != EINTR)
            return StepOutcome::of(systemError("write"));
        wait.begin(deadline);
        if (const Result<void> ready = waitWritable(end->fd(), deadline); !ready)
            return wait.failed(ready.error());
    } while (!bytes.empty());
    return StepOutcome::done();
}

bool StreamWriter::feed(std::string& bytes) const
{
    const std::shared_ptr<StreamDescriptor> end = descriptor();
    if (!end || bytes.empty())
        return true;
    const ssize_t count = ::write(end->fd(), bytes.data(), bytes.size());
    if (count < 0)
        return errno != EAGAIN && errno != EINTR;
    record(EventKind::BytesWritten, m_shownAs.value, static_cast<std::uint64_t>(count));
    bytes.erase(0, static_cast<std::size_t>(count));
    return bytes.empty();
}

void StreamWriter::close()
{
    const InternalLock lock(m_mutex);
    m_descriptor.reset();
}

std::shared_ptr<StreamDescriptor> StreamWriter::descriptor() const
{
    const InternalLock lock(m_mutex);
    return m_descriptor;
}

} // namespace heddle

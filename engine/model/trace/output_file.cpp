// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/output_file.h"

#include <atomic>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr std::size_t kBufferBytes = 1024UL * 1024;
constexpr int kMostAttempts = 100;

bool isRegularOrAbsent(const std::string& path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode);
}

/// A name in the same directory that nobody else uses.
std::string besideOf(const std::string& path)
{
    static std::atomic<unsigned> counter{0};
    return path + ".part-" + std::to_string(::getpid()) + '-' + std::to_string(counter++);
}

} // namespace

OutputFile::OutputFile(OwnedFd fd, std::string path, std::string temporary)
    : m_fd(std::move(fd))
    , m_path(std::move(path))
    , m_temporary(std::move(temporary))
{
    m_buffer.reserve(kBufferBytes);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : m_fd(std::move(other.m_fd))
    , m_path(std::move(other.m_path))
    , m_temporary(std::exchange(other.m_temporary, {}))
    , m_buffer(std::move(other.m_buffer))
    , m_errno(other.m_errno)
{
}

OutputFile::~OutputFile()
{
    if (!m_temporary.empty())
        ::unlink(m_temporary.c_str());
}

Result<OutputFile> OutputFile::create(const std::string& path)
{
    if (!isRegularOrAbsent(path)) {
        OwnedFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
        if (!fd)
            return systemError("open", path);
        return OutputFile(std::move(fd), path, {});
    }
    for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
        std::string temporary = besideOf(path);
        OwnedFd fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
        if (fd)
            return OutputFile(std::move(fd), path, std::move(temporary));
        if (errno != EEXIST)
            return systemError("open", path);
    }
    return systemError(EEXIST, "open", path);
}

void OutputFile::write(std::string_view bytes)
{
    if (m_buffer.size() + bytes.size() > kBufferBytes)
        flush();
    m_buffer += bytes;
}

void OutputFile::flush()
{
    std::string_view left = m_buffer;
    while (!left.empty() && m_errno == 0) {
        const ssize_t written = ::write(m_fd.get(), left.data(), left.size());
        if (written >= 0)
            left.remove_prefix(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            m_errno = errno;
    }
    m_buffer.clear();
}

Result<void> OutputFile::commit()
{
    flush();
    if (m_errno != 0)
        return systemError(m_errno, "write", m_path);
    if (m_temporary.empty())
        return {};
    if (::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        return systemError("rename", m_path);
    m_temporary.clear();
    return {};
}

} // namespace heddle

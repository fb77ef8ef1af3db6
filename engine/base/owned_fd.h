// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include <unistd.h>

namespace heddle {

/// A file descriptor with one owner; closed when the owner ends.
///
/// Threads: one thread at a time.
class OwnedFd
{
public:
    OwnedFd() = default;
    explicit OwnedFd(int fd)
        : m_fd(fd)
    {
    }
    OwnedFd(OwnedFd&& other) noexcept
        : m_fd(other.release())
    {
    }
    OwnedFd& operator=(OwnedFd&& other) noexcept
    {
        if (this != &other)
            reset(other.release());
        return *this;
    }
    OwnedFd(const OwnedFd&) = delete;
    OwnedFd& operator=(const OwnedFd&) = delete;
    ~OwnedFd() { reset(); }

    [[nodiscard]] int get() const { return m_fd; }
    explicit operator bool() const { return m_fd >= 0; }

    /// Gives the descriptor away; the caller closes it.
    [[nodiscard]] int release() { return std::exchange(m_fd, -1); }

    /// Closes what is held and takes `fd` instead. A failing close is not repeated: on Linux the
    /// number is free again in any case (close(2)).
    void reset(int fd = -1)
    {
        if (m_fd >= 0)
            static_cast<void>(::close(m_fd));
        m_fd = fd;
    }

private:
    int m_fd = -1;
};

} // namespace heddle

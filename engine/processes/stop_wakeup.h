// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/owned_fd.h"
#include "engine/base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>

#include <sys/eventfd.h>
#include <unistd.h>

namespace heddle {

/// A descriptor that becomes readable when `stop` is asked for; none if that cannot happen.
///
/// Threads: belongs to the thread that made it.
class StopWakeup
{
public:
    explicit StopWakeup(const std::stop_token& stop)
    {
        if (!stop.stop_possible())
            return;
        m_fd.reset(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
        if (m_fd)
            m_callback.emplace(stop, std::function<void()>([fd = m_fd.get()] {
                const std::uint64_t one = 1;
                static_cast<void>(!::write(fd, &one, sizeof one));
            }));
        else
            m_failure = systemError("eventfd");
    }

    [[nodiscard]] int fd() const { return m_fd.get(); }
    [[nodiscard]] const std::optional<Error>& failure() const { return m_failure; }

private:
    OwnedFd m_fd;
    std::optional<Error> m_failure;
    std::optional<std::stop_callback<std::function<void()>>> m_callback; ///< ends before the fd
};

} // namespace heddle

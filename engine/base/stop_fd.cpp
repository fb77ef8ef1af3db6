// SPDX-License-Identifier: Apache-2.0
#include "engine/base/stop_fd.h"

#include <cstdint>

#include <sys/eventfd.h>

namespace heddle {

Result<void> StopFd::open()
{
    if (!m_stop.stop_possible())
        return {};
    m_fd.reset(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!m_fd)
        return systemError("eventfd");
    m_onStop.emplace(m_stop, Write{m_fd.get()});
    return {};
}

void StopFd::Write::operator()() const noexcept
{
    const std::uint64_t one = 1;
    static_cast<void>(!::write(fd, &one, sizeof one)); // only a full counter could refuse it
}

} // namespace heddle

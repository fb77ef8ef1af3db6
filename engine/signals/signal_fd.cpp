// SPDX-License-Identifier: Apache-2.0
#include "engine/signals/signal_fd.h"

#include "engine/signals/mask.h"

#include <cerrno>

#include <sys/signalfd.h>

namespace heddle {

Result<SignalFd> SignalFd::create(SignalSet signalSet)
{
    if (signalSet.isEmpty() || !signalMask().containsAll(signalSet))
        return Error{ErrorKind::InvalidArgument, 0, "signalfd",
            signalSet.isEmpty() ? "the set is empty"
                                : "not blocked by this thread: " + signalSet.text()};
    const sigset_t set = signalSet.toSystem();
    OwnedFd fd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!fd)
        return systemError("signalfd");
    return SignalFd(std::move(fd));
}

Result<std::optional<SignalInfo>> SignalFd::take()
{
    signalfd_siginfo info{};
    for (;;) {
        const ssize_t count = ::read(m_fd.get(), &info, sizeof info);
        if (count == sizeof info)
            break;
        if (errno == EAGAIN)
            return std::optional<SignalInfo>();
        if (errno != EINTR)
            return systemError("read", "a signalfd");
    }
    return std::optional(SignalInfo{static_cast<int>(info.ssi_signo), info.ssi_code,
        static_cast<pid_t>(info.ssi_pid), info.ssi_uid, info.ssi_status, info.ssi_errno,
        static_cast<long>(info.ssi_band)});
}

} // namespace heddle

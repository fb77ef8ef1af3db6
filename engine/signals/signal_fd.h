// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/owned_fd.h"
#include "engine/base/result.h"
#include "engine/signals/signal_set.h"
#include "engine/signals/signal_wait.h"

#include <optional>

namespace heddle {

/// Blocked signals as something to poll for.
///
/// Threads: one thread at a time.
/// Source:  signalfd(2).
class SignalFd
{
public:
    /// The signals must be blocked wherever they could be taken.
    ///
    /// Errors: InvalidArgument: the set is empty, or the calling thread does not block all of it;
    ///         SystemCall (EMFILE: this process has too many descriptors).
    [[nodiscard]] static Result<SignalFd> create(SignalSet signalSet);

    /// Readable while one of the signals is pending for the thread that polls, or the process.
    [[nodiscard]] int fd() const { return m_fd.get(); }

    /// Takes one signal; nothing if none is pending. Never waits.
    ///
    /// Errors: SystemCall.
    [[nodiscard]] Result<std::optional<SignalInfo>> take();

private:
    explicit SignalFd(OwnedFd fd)
        : m_fd(std::move(fd))
    {
    }
    OwnedFd m_fd;
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/owned_fd.h"
#include "engine/base/result.h"

#include <optional>
#include <stop_token>

namespace heddle {

/// A wish to stop as something to poll for, as long as it lives.
///
/// Threads: one thread at a time; the wish may come from any.
/// Source:  eventfd(2).
class StopFd
{
public:
    explicit StopFd(const std::stop_token& stop)
        : m_stop(stop)
    {
    }
    StopFd(const StopFd&) = delete;
    StopFd& operator=(const StopFd&) = delete;

    /// Opens it, if there can be such a wish at all.
    ///
    /// Errors: SystemCall (EMFILE: this process has too many descriptors).
    [[nodiscard]] Result<void> open();

    [[nodiscard]] bool isWished() const { return m_stop.stop_requested(); }

    /// Readable from the wish on; -1, which poll(2) passes over, if there can be none.
    [[nodiscard]] int get() const { return m_fd.get(); }

private:
    struct Write
    {
        int fd = -1;
        void operator()() const noexcept;
    };

    const std::stop_token& m_stop;
    OwnedFd m_fd;
    std::optional<std::stop_callback<Write>> m_onStop; ///< ends before the descriptor it writes to
};

} // namespace heddle

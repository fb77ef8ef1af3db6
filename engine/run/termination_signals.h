// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/owned_fd.h"
#include "engine/base/result.h"

#include <atomic>
#include <stop_token>
#include <thread>

#include <signal.h>

namespace heddle {

/// Turns SIGINT, SIGTERM and SIGHUP into something to poll for, as long as it lives; but not those that
/// are ignored (by nohup, say), which stay so.
///
/// The signals are blocked from the start; an own thread takes them once listen() was called. If the
/// process has not ended this object three seconds after a signal (because it hangs in a write to a
/// pipe that nobody reads), the thread ends the process by that signal.
///
/// Threads: one thread at a time; made while the process has one thread.
/// Source:  signalfd(2), eventfd(2).
class TerminationSignals
{
public:
    [[nodiscard]] static Result<TerminationSignals> block();

    TerminationSignals(TerminationSignals&& other) noexcept;
    TerminationSignals& operator=(TerminationSignals&& other) = delete;
    ~TerminationSignals();

    /// Starts the thread: to be called when no fork follows any more.
    ///
    /// Errors: SystemCall if the system grants no thread.
    [[nodiscard]] Result<void> listen();

    /// Readable once a signal has come.
    [[nodiscard]] int fd() const { return m_news.get(); }

    /// Asked for once a signal has come.
    [[nodiscard]] std::stop_token token() const { return m_end.get_token(); }

    /// The first signal that has come, or 0.
    [[nodiscard]] int received() const { return m_received.load(); }

private:
    TerminationSignals() = default;
    void watch(const std::stop_token& stop);
    [[nodiscard]] int nextSignal(int milliseconds) const;

    sigset_t m_before{};
    bool m_isBlocked = false;
    OwnedFd m_signals;
    OwnedFd m_news;
    OwnedFd m_wake;
    std::atomic<int> m_received{0};
    std::stop_source m_end;
    std::jthread m_thread;
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/threads/thread.h"

#include <functional>

namespace heddle {

/// A thread that waits for a while, then calls something once. Destroyed before that, it is cancelled,
/// unless it is a daemon, which nobody waits for: it calls then too.
///
/// Threads: any thread.
class Timer
{
public:
    /// A timer that is not started yet; its time begins with its thread.
    ///
    /// Units: nanoseconds. A delay below 0 is one of 0.
    Timer(nanoseconds delay, std::function<void()> call, ThreadOptions options = {});

    /// Starts its thread. Errors: as for Thread::start.
    [[nodiscard]] Result<void> start() { return m_thread.start(); }

    /// Keeps it from calling, if it has not begun to, and ends its thread at once.
    void cancel() { m_thread.requestStop(); }

    /// Waits until it has called, or has been cancelled. Errors: as for Thread::join.
    [[nodiscard]] Result<void> join(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {})
    {
        return m_thread.join(deadline, stop);
    }

    /// Whether its thread has been started and has not ended.
    [[nodiscard]] bool isAlive() const { return m_thread.isAlive(); }

private:
    Thread m_thread;
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/record/session.h"

#include <memory>
#include <string>
#include <thread>

#include <sys/types.h>

namespace heddle {

/// Carries what the kernel says of a process's threads into the session, on a thread of its own.
///
/// Threads: one thread at a time.
class SchedulerFeed
{
public:
    /// Opens the watch; the process must wait meanwhile, and have one thread.
    SchedulerFeed(std::shared_ptr<Session> session, pid_t process);
    ~SchedulerFeed();

    /// "kernel", or "none: " with the reason and what would allow it.
    [[nodiscard]] const std::string& sayWhat() const { return m_word; }

    /// Starts to carry; to be called when no fork follows any more.
    void start();

    /// Carries the rest and ends.
    void finish();

private:
    struct State;
    void carry(const std::stop_token& stop);

    std::string m_word;
    std::unique_ptr<State> m_state; ///< null where there is no watch
    std::jthread m_thread;
};

} // namespace heddle

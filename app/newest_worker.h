// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/locks.h"

#include <condition_variable>
#include <functional>
#include <stop_token>
#include <thread>

namespace heddle::app {

/// A thread that does the newest of the jobs it is given: a new one cancels the one before.
///
/// Destroying it cancels what runs and waits for it.
///
/// Threads: any thread.
class NewestWorker
{
public:
    /// A job looks at its stop token where it may last.
    using Job = std::function<void(const std::stop_token&)>;

    NewestWorker();
    ~NewestWorker();
    NewestWorker(const NewestWorker&) = delete;
    NewestWorker& operator=(const NewestWorker&) = delete;

    void submit(Job job);
    void cancel();

private:
    void work(const std::stop_token& stop);

    InternalMutex m_mutex;
    std::condition_variable_any m_changed;
    Job m_next HEDDLE_GUARDED_BY(m_mutex);
    std::stop_source m_running HEDDLE_GUARDED_BY(m_mutex){std::nostopstate};
    std::jthread m_thread; // last: it uses all others
};

} // namespace heddle::app

// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/locks.h"
#include "engine/base/result.h"
#include "engine/model/run/run_report.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace heddle::app {

/// What has become known of a run since the window looked last.
struct RunNews
{
    std::shared_ptr<const Trace> trace; ///< once, when the run has begun
    std::vector<OutputLine> output;
    std::uint64_t outputLost = 0; ///< lines that came too fast to be kept
    std::vector<DeadlockReport> deadlocks;
    std::optional<RunReport> report;
    std::optional<Error> refusal; ///< the run could not be started
    bool hasGrown = false;
    bool isOver = false; ///< nothing is left of the run: the last news
};

/// Where the threads of a run leave their news and the window takes them, newest wins.
///
/// It keeps at most kOutputLimit lines that nobody has taken yet, so that a program that prints
/// without end takes no memory without end.
///
/// Threads: any thread.
class RunMailbox
{
public:
    static constexpr std::size_t kOutputLimit = 20'000;

    /// Applies `change` to the news. Result: whether the window has to be told that there are some.
    template <typename Change> [[nodiscard]] bool put(Change change) HEDDLE_EXCLUDES(m_mutex)
    {
        const InternalLock lock(m_mutex);
        change(m_news);
        dropOldOutputLocked();
        const bool mustTell = !m_isTold;
        m_isTold = true;
        return mustTell;
    }

    [[nodiscard]] RunNews take() HEDDLE_EXCLUDES(m_mutex);

private:
    void dropOldOutputLocked() HEDDLE_REQUIRES(m_mutex);

    InternalMutex m_mutex;
    RunNews m_news HEDDLE_GUARDED_BY(m_mutex);
    bool m_isTold HEDDLE_GUARDED_BY(m_mutex) = false;
};

} // namespace heddle::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/locks.h"
#include "engine/processes/exchange.h"
#include "engine/processes/subprocess.h"

namespace heddle {

/// What a Subprocess is made of; it stays where it is while several threads wait for the child.
///
/// Errors:  of poll() and peek(): SystemCall of waitid.
/// Threads: what the mutex guards any thread; the streams one thread at a time.
/// Source:  waitid(2), pidfd_open(2).
struct Subprocess::State
{
    pid_t pid = -1;
    OwnedFd pidfd;
    ProcessGroup group = ProcessGroup::Own;
    std::vector<std::string> arguments;
    PipeWriter input;
    PipeReader output;
    PipeReader errors;
    Exchange exchange;

    InternalMutex mutex;
    std::optional<ExitStatus> status HEDDLE_GUARDED_BY(mutex); ///< once reaped

    [[nodiscard]] bool hasOwnGroup() const
    {
        return group == ProcessGroup::Own || group == ProcessGroup::OwnSession;
    }
    [[nodiscard]] Result<std::optional<ExitStatus>> poll();
    [[nodiscard]] Result<std::optional<ExitStatus>> peek();

    /// Returns when poll() has an answer; leaves the child to be reaped by it.
    void sleepUntilEnded();

private:
    [[nodiscard]] Result<std::optional<ExitStatus>> askLocked(int flags) const
        HEDDLE_REQUIRES(mutex);
};

} // namespace heddle

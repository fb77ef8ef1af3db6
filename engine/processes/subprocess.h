// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/owned_fd.h"
#include "engine/base/result.h"
#include "engine/processes/exit_status.h"
#include "engine/processes/spawn_options.h"

#include <optional>

#include <sys/types.h>

namespace heddle {

/// A child process that runs another program, with one owner.
///
/// If it is destroyed while the child lives, the whole group is killed and the child reaped.
///
/// Threads: one thread at a time.
/// Source:  clone(2) CLONE_VFORK and CLONE_PIDFD, execve(2), waitid(2), signal-safety(7).
class Subprocess
{
public:
    /// Starts the program in a new process and returns once exec has succeeded or failed.
    ///
    /// The child gets default signal dispositions, an empty signal mask and, unless asked
    /// otherwise, its own process group. Descriptors not named in `options` are closed in it.
    ///
    /// Errors:  SystemCall with the child's errno if chdir or exec fails (ENOENT: no such program,
    ///          EACCES: not executable); SystemCall if clone fails in this process; InvalidArgument
    ///          if an argument holds a zero byte or there is none.
    /// Threads: any thread.
    [[nodiscard]] static Result<Subprocess> spawn(const SpawnOptions& options);

    Subprocess(Subprocess&& other) noexcept;
    Subprocess& operator=(Subprocess&& other) noexcept;
    Subprocess(const Subprocess&) = delete;
    Subprocess& operator=(const Subprocess&) = delete;
    ~Subprocess();

    [[nodiscard]] pid_t pid() const { return m_pid; }

    /// Becomes readable when the child has ended; stays this object's.
    [[nodiscard]] int pidfd() const { return m_pidfd.get(); }

    /// Waits for the child's end and reaps it.
    ///
    /// Errors:  Timeout when the deadline comes first; ChildGone if somebody else has reaped it;
    ///          Interrupted if a handler of a signal says so.
    [[nodiscard]] Result<ExitStatus> wait(Deadline deadline);

    /// How the child ended, or nothing while it runs. Never waits.
    [[nodiscard]] Result<std::optional<ExitStatus>> poll();

    /// Sends a signal to the child; does nothing once it has ended. Never reaches another process
    /// that got the same number.
    [[nodiscard]] Result<void> sendSignal(int signal);

    /// Sends a signal to the child's own group, as long as the child has not been reaped.
    ///
    /// Errors:  InvalidArgument if the child stayed in the group of this process.
    [[nodiscard]] Result<void> signalGroup(int signal);

private:
    Subprocess(pid_t pid, OwnedFd pidfd, ProcessGroup group);
    void endAndReap();

    pid_t m_pid = -1;
    OwnedFd m_pidfd;
    ProcessGroup m_group = ProcessGroup::Own;
    std::optional<ExitStatus> m_status; ///< once reaped
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/locks.h"
#include "engine/base/owned_fd.h"
#include "engine/base/result.h"
#include "engine/processes/exit_status.h"
#include "engine/processes/pipe_stream.h"
#include "engine/processes/process_failure.h"
#include "engine/processes/spawn_options.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace heddle {

/// A child process, usually one that runs another program, with one owner.
///
/// If it is destroyed while the child lives, the whole group is killed and the child reaped; a child
/// that may not be killed, because it has taken another user's rights, is abandoned.
///
/// Threads: wait, poll, peek, sendSignal and signalGroup may be called by any number of threads at once;
///          everything else by one thread at a time.
/// Source:  clone(2) CLONE_VFORK and CLONE_PIDFD, execve(2), waitid(2), signal-safety(7).
class Subprocess
{
public:
    /// Starts the program in a new process and returns once exec has succeeded or failed.
    ///
    /// Unless asked otherwise the child gets an empty signal mask and its own process group, SIGPIPE and
    /// SIGXFSZ have their default actions in it (other signals that are ignored here stay ignored), and
    /// descriptors not named in `options` are closed in it. Abandoned children that have ended are
    /// reaped first.
    ///
    /// Errors:  SystemCall with the child's errno if chdir, exec or another step of the child fails
    ///          (ENOENT: no such program, EACCES: not executable, ENOEXEC: a script without a #! line,
    ///          which is not given to a shell by itself; `detail` names the program and says more, for
    ///          chdir the folder); SystemCall if clone or pipe fails in this process (EAGAIN,
    ///          EMFILE) or a descriptor to be passed is closed (EBADF); InvalidArgument if an
    ///          argument holds a zero byte or there is none.
    /// Threads: any thread.
    [[nodiscard]] static Result<Subprocess> spawn(const SpawnOptions& options);

    /// Takes over a child of this process that was made otherwise.
    [[nodiscard]] static Subprocess adopt(pid_t pid, OwnedFd pidfd, ProcessGroup group);

    Subprocess(Subprocess&& other) noexcept;
    Subprocess& operator=(Subprocess&& other) noexcept;
    Subprocess(const Subprocess&) = delete;
    Subprocess& operator=(const Subprocess&) = delete;
    ~Subprocess();

    /// The child's number; once it has been reaped another process may get it.
    [[nodiscard]] pid_t pid() const;

    /// What it was started with; empty if it was adopted.
    [[nodiscard]] const std::vector<std::string>& arguments() const;

    /// Becomes readable when the child has ended; stays this object's.
    [[nodiscard]] int pidfd() const;

    /// This process's ends of the pipes; closed ones where no pipe was asked for.
    [[nodiscard]] PipeWriter& standardInput();
    [[nodiscard]] PipeReader& standardOutput();
    [[nodiscard]] PipeReader& standardError();

    /// Waits for the child's end and reaps it. If its status was lost, because SIGCHLD is ignored
    /// or somebody else has reaped it, the status is that of success with `isKnown` false.
    ///
    /// Errors:  Timeout when the deadline comes first; Cancelled when `stop` is asked for;
    ///          Interrupted if a handler of a signal says so; SystemCall of waitid or poll.
    [[nodiscard]] Result<ExitStatus> wait(
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

    /// How the child ended, or nothing while it runs or is only stopped. Never waits.
    ///
    /// Errors:  SystemCall of waitid.
    [[nodiscard]] Result<std::optional<ExitStatus>> poll();

    /// The same, and the child is not reaped by it: it stays a zombie until somebody else asks.
    ///
    /// Errors:  SystemCall of waitid.
    [[nodiscard]] Result<std::optional<ExitStatus>> peek();

    /// Sends `input` and closes stdin, reads stdout and stderr to their ends, all together, then
    /// waits for the child. A child that does not want all of its input is no error.
    ///
    /// What was written or read through the streams before comes first. After a timeout the child
    /// lives on and nothing is lost: the next call continues with the unsent input and returns all
    /// output from the beginning. Once a call has returned the finished process, the output is the
    /// caller's, and a further call gives the status alone, with empty outputs.
    ///
    /// Errors:  TimedOut with the output so far; Broken: with InvalidArgument if a later call
    ///          brings new input, with Cancelled when `stop` is asked for.
    [[nodiscard]] ProcessResult communicate(std::string_view input = {},
        Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

    /// Closes the pipes, stdin after flushing it, and waits for the child in any case. The outputs are
    /// closed first: a child that still writes one gets SIGPIPE, and is not waited for in vain.
    ///
    /// Errors:  those of the flush (EPIPE) after the child has been waited for; those of wait.
    [[nodiscard]] Result<ExitStatus> closeAndWait(Deadline deadline = Deadline::never());

    /// Sends a signal to the child; does nothing once it has ended. Never reaches another process
    /// that got the same number.
    ///
    /// Errors:  SystemCall (EINVAL: no such signal; EPERM: it has taken another user's rights).
    [[nodiscard]] Result<void> sendSignal(int signal);
    /// Sends SIGTERM. Errors: as sendSignal.
    [[nodiscard]] Result<void> terminate();
    /// Sends SIGKILL. Errors: as sendSignal.
    [[nodiscard]] Result<void> kill();

    /// Sends a signal to the child's own group, as long as the child has not been reaped.
    ///
    /// Errors:  InvalidArgument if the child stayed in the group of this process; SystemCall (EINVAL: no
    ///          such signal; EPERM: none of the group may be signalled).
    [[nodiscard]] Result<void> signalGroup(int signal);
    /// Sends SIGKILL to the group. Errors: as signalGroup.
    [[nodiscard]] Result<void> killGroup();

    /// Closes the pipes and lets the child run; once it has ended, a later spawn reaps it.
    void abandon() &&;

    /// How many abandoned children have not been reaped yet; reaps those that have ended.
    ///
    /// Threads: any thread.
    [[nodiscard]] static std::size_t reapAbandoned();

private:
    struct State;
    explicit Subprocess(std::unique_ptr<State> state);
    void endAndReap();

    std::unique_ptr<State> m_state;
};

} // namespace heddle

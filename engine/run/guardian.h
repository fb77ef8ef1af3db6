// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/owned_fd.h"
#include "engine/base/result.h"
#include "engine/processes/exit_status.h"

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace heddle {

/// A small process between the supervisor and the program process, so that nothing is left behind
/// even when the supervisor is killed.
///
/// It makes the program process, adopts the orphans of everything below it, and ends them all when
/// the program process has ended or the supervisor has gone. If the guardian itself is killed, the
/// program process is killed by the kernel and the supervisor adopts the rest.
///
/// Threads: one thread at a time; made by a process with one thread.
/// Source:  prctl(2) PR_SET_PDEATHSIG and PR_SET_CHILD_SUBREAPER, unix(7).
class Guardian
{
public:
    /// Forks the guardian, which forks the program process. That waits for release(), then calls
    /// `program` with one thread, an empty signal mask, default dispositions and a process group of
    /// its own, and ends with its result.
    ///
    /// Errors: SystemCall of socketpair, pipe2 or fork; ChildGone if the guardian could not go on.
    [[nodiscard]] static Result<Guardian> start(const std::function<int()>& program);

    Guardian(Guardian&& other) noexcept = default;
    Guardian& operator=(Guardian&& other) = delete;
    ~Guardian();

    [[nodiscard]] pid_t pid() const { return m_pid; }
    [[nodiscard]] pid_t programPid() const { return m_programPid; }

    /// Lets the program process begin.
    void release() { m_gate.reset(); }

    /// Readable when there is news for readNews().
    [[nodiscard]] int fd() const { return m_socket.get(); }

    /// Takes in what the guardian says; never waits.
    void readNews();

    /// An orphan of the program that has ended while the program went on.
    struct EndedOrphan
    {
        pid_t process = 0;
        ExitStatus status;
        nanoseconds processorTime{0}; ///< 0: not known
    };

    /// Those that are new. One that ended in a moment of many may be missing.
    [[nodiscard]] std::vector<EndedOrphan> takeEndedOrphans()
    {
        return std::exchange(m_endedOrphans, {});
    }

    /// How the program process ended, once it has.
    [[nodiscard]] std::optional<ExitStatus> programStatus() const { return m_programStatus; }

    /// The guardian has ended: normally because no descendant is left.
    [[nodiscard]] bool isGone() const { return m_isGone; }

    /// Sends a signal to the program process's group while it lives.
    void signalProgram(int signal) const;

    /// Tells the guardian to end everything; does not wait.
    void requestEnd();

    /// Tells the guardian to end everything and waits for it; kills it at the deadline.
    /// Result: whether it has ended everything. If not, orphans come to this process.
    [[nodiscard]] bool endEverything(Deadline deadline);

private:
    Guardian() = default;
    void reapGuardian();

    pid_t m_pid = -1;
    pid_t m_programPid = -1;
    OwnedFd m_socket;
    OwnedFd m_gate; ///< closing it lets the program process begin
    std::optional<ExitStatus> m_programStatus;
    std::vector<EndedOrphan> m_endedOrphans;
    bool m_isGone = false;
};

} // namespace heddle

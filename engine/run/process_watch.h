// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/processes/exit_status.h"
#include "engine/record/event_ring.h"
#include "engine/record/session_view.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include <sys/types.h>

namespace heddle {

/// Records of the program's processes and commands what none of them can record: that one has lost
/// the process that made it, how it ended then unless it has said so itself, and that the guardian,
/// which had adopted it, has reaped it; that one is stopped and goes on; and who is sent a signal by
/// whoever watches the run.
///
/// Threads: one thread at a time.
class ProcessWatch
{
public:
    /// A ring to record into, when one is needed; null if there is none.
    using Ring = std::function<RingWriter*()>;

    ProcessWatch(std::shared_ptr<Session> session, pid_t guardian, pid_t program, Ring ring);

    /// Looks once, and records Orphaned, Stopped and Continued where they are new.
    void look();

    /// A process is about to be sent a signal from outside: records that.
    void noteSignal(pid_t process, int signal);

    /// An orphan has ended and was reaped: records that.
    ///
    /// Result: the actor, unless its end was told before or it is none of the program's actors.
    std::optional<ActorWait> noteEnd(pid_t process, ExitStatus status);

    /// The orphans that nobody has been told to be reaped: the end of the run was theirs.
    [[nodiscard]] std::vector<pid_t> left() const;

private:
    [[nodiscard]] bool isMainOfProgram(const ActorWait& actor) const;
    [[nodiscard]] std::vector<ActorWait> processActors() const;
    [[nodiscard]] std::vector<ActorWait> livingProcesses() const;
    void noteOrphan(const ActorWait& actor);
    void noteStop(const ActorWait& actor, bool isStopped);
    void record(const TraceEvent& event) const;

    std::shared_ptr<Session> m_session;
    pid_t m_guardian;
    pid_t m_program;
    Ring m_ring;
    std::set<ActorId> m_orphans;
    std::set<ActorId> m_reaped; ///< of them
    std::set<ActorId> m_stopped;
};

} // namespace heddle

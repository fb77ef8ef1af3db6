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

/// Records what nobody of the program can record any more: that a process actor or a command has lost
/// the process that made it, and how it ended then. The guardian has adopted it and reaps it.
///
/// Threads: one thread at a time.
class OrphanWatch
{
public:
    /// A ring to record into, when one is needed; null if there is none.
    using Ring = std::function<RingWriter*()>;

    OrphanWatch(std::shared_ptr<Session> session, pid_t guardian, pid_t program, Ring ring);

    /// Looks once, and records Orphaned for those that are new.
    void look();

    /// An orphan has ended and was reaped: records that.
    ///
    /// Result: the actor, unless its end was told before (it was a zombie when it was adopted) or it is
    /// none of the program's actors.
    std::optional<ActorWait> noteEnd(pid_t process, ExitStatus status);

    /// The orphans that are still there: whoever ends the run ends them.
    [[nodiscard]] std::vector<pid_t> left() const;

private:
    [[nodiscard]] std::vector<ActorWait> processActors() const;
    void noteOrphan(const ActorWait& actor);
    void record(const TraceEvent& event) const;

    std::shared_ptr<Session> m_session;
    pid_t m_guardian;
    pid_t m_program;
    Ring m_ring;
    std::set<ActorId> m_orphans;
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/processes/process_picture.h"
#include "engine/record/session_view.h"
#include "engine/run/blocked_processes.h"
#include "engine/run/live_actors.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace heddle {

/// An end of a pipe that is waited at.
struct PipeWait
{
    std::uint64_t inode = 0;
    std::string name;
    bool isReading = false;
};

/// Who waits at which pipe, a command among them, and who has its other end.
///
/// The system tells; it is asked only for the sake of somebody who has waited for a while. Until then,
/// and without a guardian, nobody who waits at a pipe is held up by it.
///
/// Threads: one thread at a time.
class PipeWaits
{
public:
    /// `guardian` is the process below which the run's own are; 0: the system is never asked.
    PipeWaits(
        std::shared_ptr<const Session> session, std::shared_ptr<const Code> code, pid_t guardian);

    /// Asks the system, if that could matter to one of the actors.
    void look(const LiveActors& actors);

    /// To be told when it is clear who is stuck: while no one is held up at a pipe, some looks are
    /// left out.
    void rest(const LiveActors& actors);

    /// Forgets what the system has said if a command has done anything since the look before.
    void keepConfirmed();

    /// Takes those commands out of the blocked ones who are not if only the others are. Result:
    /// whether there were any.
    [[nodiscard]] bool takeOutMoving(const LiveActors& actors);

    [[nodiscard]] bool isBlocked(const LiveActor& command) const
    {
        return m_processes.isBlocked(command.process());
    }

    /// Nothing: the actor waits at no pipe.
    [[nodiscard]] std::optional<PipeWait> waitOf(const LiveActor& actor) const;

    /// Whether somebody who is not stuck may end the actor's wait at a pipe.
    [[nodiscard]] bool canBeEnded(const LiveActor& actor, const LiveActors& actors) const;

    /// The stuck actors of the processes that have the other end; the one at `self`, who waits, only if
    /// it is alone with it.
    [[nodiscard]] std::vector<std::size_t> blockersOf(
        std::size_t self, const PipeWait& wait, const LiveActors& actors) const;

    /// The names of the processes that have the other end.
    [[nodiscard]] std::string holdersText(const PipeWait& wait, const LiveActors& actors) const;

private:
    [[nodiscard]] bool doesMatterTo(const LiveActors& actors) const;
    [[nodiscard]] std::vector<pid_t> namedHolders(
        const PipeWait& wait, const LiveActors& actors) const;
    [[nodiscard]] PipeWait waitOf(const ProcessPicture& picture) const;
    [[nodiscard]] bool isProcessStuck(pid_t process, const LiveActors& actors) const;
    [[nodiscard]] bool isKeptByChild(pid_t process, const LiveActors& actors) const;

    std::shared_ptr<const Session> m_session;
    std::shared_ptr<const Code> m_code;
    pid_t m_guardian;
    bool m_hasSignals; ///< the code sends some, or has handlers
    BlockedProcesses m_processes; ///< of this look
    BlockedProcesses::Stamp m_stampBefore;
    int m_looksToPass = 0; ///< before the system is asked again
};

} // namespace heddle

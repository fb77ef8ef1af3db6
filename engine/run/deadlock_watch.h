// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/model/run/run_report.h"
#include "engine/record/session_view.h"
#include "engine/run/live_actors.h"
#include "engine/run/pipe_waits.h"
#include "engine/run/stuck_search.h"
#include "engine/run/wait_chains.h"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include <sys/types.h>

namespace heddle {

/// A deadlock that has been seen twice, with nobody in it having moved in between.
struct FoundDeadlock
{
    DeadlockReport report;
    std::vector<ActorId> actors; ///< of the cycle, or all that are stuck
};

/// Looks at the session again and again and tells who is stuck for good.
///
/// Stuck is the largest set of actors that wait without a time limit and whose waits could be ended
/// only from inside the set (see StuckSearch). So an actor that computes, sleeps or waits with a limit
/// keeps alive whom it may still help, however slow it is; so does one that may still send a signal
/// which could take somebody out of its wait, or end its process. While an alarm is to come nobody is
/// stuck: it may end any wait, or the program. A deadlock is a closed chain of waits among the stuck,
/// or everybody being stuck but for daemons that wait for a signal which none of the program will send.
///
/// A wait at a pipe is ended by whoever has its other end open, by using it or by letting go of it; who
/// that is the system tells. It is never called stuck while a command may still do anything, or while
/// somebody moves in a program that sends or handles signals.
///
/// Threads: one thread at a time.
class DeadlockWatch
{
public:
    /// `guardian` is the process below which the run's own are, to be asked whether they really sleep
    /// and which pipes they have open. 0: the session is believed, and waits at pipes are left alone.
    DeadlockWatch(std::shared_ptr<const Session> session, std::shared_ptr<const Code> code,
        pid_t guardian = 0);

    /// Looks once. Gives the deadlocks that this look confirms and no earlier one has reported.
    [[nodiscard]] std::vector<FoundDeadlock> look();

    /// Whether, at the last look, every actor was stuck: nothing will ever happen any more.
    [[nodiscard]] bool isEverybodyStuck() const { return m_isEverybodyStuck; }

private:
    void findStuck();
    void keepConfirmed();
    [[nodiscard]] bool isAlarmToCome() const;
    [[nodiscard]] bool isAsleep(const LiveActor& actor) const;
    [[nodiscard]] bool isIdleDaemon(const LiveActor& actor) const;
    [[nodiscard]] std::vector<FoundDeadlock> findNew();
    [[nodiscard]] bool isReported(const LiveActor& actor) const;
    [[nodiscard]] bool doesMatter(const std::vector<std::size_t>& members) const;
    [[nodiscard]] FoundDeadlock reportOf(const std::vector<std::size_t>& members, bool isCycle);
    [[nodiscard]] DeadlockReport::Link linkOf(const LiveActor& actor, const LiveActor* next) const;

    std::shared_ptr<const Session> m_session;
    std::shared_ptr<const Code> m_code;
    pid_t m_guardian;
    bool m_hasSignals; ///< the code sends some, or has handlers
    LiveActors m_actors; ///< of this look
    PipeWaits m_pipes;
    StuckSearch m_search;
    std::map<ActorId, std::uint32_t> m_stuckBefore; ///< epochs, of the last look
    std::map<ActorId, std::uint32_t> m_reported; ///< epochs
    bool m_isEverybodyStuck = false;
};

} // namespace heddle

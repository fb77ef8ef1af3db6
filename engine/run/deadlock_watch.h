// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/model/program/wake_reach.h"
#include "engine/model/run/run_report.h"
#include "engine/record/session_view.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

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
/// only from inside the set: a lock by its holder, a join by the actor it waits for, everything else
/// by anybody outside of the set who can still reach, in the program's code, an operation that would
/// end it. So an actor that computes, sleeps or waits with a limit keeps alive whom it may still help,
/// however slow it is. While an alarm is to come nobody is stuck: it may end any wait, or the program.
/// A deadlock is a closed chain of waits among the stuck, or everybody being stuck.
///
/// Threads: one thread at a time.
class DeadlockWatch
{
public:
    /// Whether the thread with this native id sleeps in the kernel: one that was woken and has no
    /// processor yet is not stuck, whatever the session says. Empty: not asked.
    using IsAsleep = std::function<bool(std::uint32_t nativeThread)>;

    DeadlockWatch(std::shared_ptr<const Session> session, std::shared_ptr<const Code> code,
        IsAsleep isAsleep = {});

    /// Looks once. Gives the deadlocks that this look confirms and no earlier one has reported.
    [[nodiscard]] std::vector<FoundDeadlock> look();

    /// Whether, at the last look, every actor was stuck: nothing will ever happen any more.
    [[nodiscard]] bool isEverybodyStuck() const { return m_isEverybodyStuck; }

private:
    struct Actor
    {
        ActorWait wait;
        ObjectState object; ///< waited for, if it is one
        std::int32_t declaration = -1; ///< of that object
        std::int32_t ownRoutine = -1;
        bool isDaemon = false;
        bool isStuck = false;
        std::vector<std::size_t> blockers; ///< stuck ones that keep the wait from ending, by name
    };

    void takeSnapshot();
    [[nodiscard]] bool isAlarmToCome() const;
    void describe(Actor& actor);
    void findStuck();
    [[nodiscard]] WakeMasks reachableOutside();
    [[nodiscard]] WakeMasks reachOf(const Actor& actor);
    [[nodiscard]] bool canBeEnded(const Actor& actor, const WakeMasks& outside) const;
    [[nodiscard]] std::optional<ActorId> exclusiveHolder(const Actor& actor) const;
    [[nodiscard]] const Actor* live(ActorId id) const;
    void keepConfirmed();
    void findBlockers(Actor& actor);
    void addBlocker(Actor& actor, ActorId id);
    [[nodiscard]] std::vector<std::size_t> shortestCycleFrom(std::size_t start) const;
    [[nodiscard]] bool isReported(std::size_t index) const;
    [[nodiscard]] FoundDeadlock reportOf(const std::vector<std::size_t>& members, bool isCycle);
    void addCycles(std::vector<FoundDeadlock>& found);
    [[nodiscard]] std::int32_t objectDeclaration(const ObjectState& object);
    [[nodiscard]] const ActorDeclaration* actorDeclaration(const std::string& name) const;

    std::shared_ptr<const Session> m_session;
    std::shared_ptr<const Code> m_code;
    IsAsleep m_isAsleep;
    WakeReach m_reach;
    std::vector<Actor> m_actors; ///< live ones, of this look
    std::map<ActorId, std::size_t> m_places; ///< in m_actors
    std::map<ActorId, std::uint32_t> m_stuckBefore; ///< epochs, of the last look
    std::map<ActorId, std::uint32_t> m_reported; ///< epochs
    std::int64_t m_lastAlarm = 0; ///< nanoseconds; 0: none was ever set
    bool m_isEverybodyStuck = false;
};

/// Whether a thread of a process sleeps, by /proc/[pid]/task/[tid]/stat.
[[nodiscard]] bool isThreadAsleep(pid_t process, std::uint32_t nativeThread);

} // namespace heddle

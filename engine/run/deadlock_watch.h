// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/model/program/signal_reach.h"
#include "engine/model/program/wake_reach.h"
#include "engine/model/run/run_report.h"
#include "engine/record/session_view.h"
#include "engine/run/blocked_processes.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
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
/// only from inside the set: a lock by its holder, a join by the actor it waits for (one that has not been
/// started: by whoever might start it), everything else
/// by anybody outside of the set who can still reach, in the program's code, an operation that would
/// end it. So an actor that computes, sleeps or waits with a limit keeps alive whom it may still help,
/// however slow it is; so does one that may still send a signal which could take somebody out of its wait,
/// or end its process. While an alarm is to come nobody is stuck: it may end any wait, or the program.
/// A deadlock is a closed chain of waits among the stuck, or everybody being stuck.
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
    struct Actor
    {
        ActorWait wait;
        ObjectState object; ///< waited for, if it is one
        std::int32_t declaration = -1; ///< of that object
        std::int32_t ownRoutine = -1;
        bool isDaemon = false;
        bool isStuck = false;
        std::vector<std::size_t> blockers; ///< stuck ones that keep the wait from ending, by name

        [[nodiscard]] bool isCommand() const { return wait.kind == ActorKind::Command; }
        [[nodiscard]] pid_t process() const { return static_cast<pid_t>(wait.process); }
    };

    /// An end of a pipe that is waited at.
    struct PipeWait
    {
        std::uint64_t inode = 0;
        std::string name;
        bool isReading = false;
    };

    void takeSnapshot();
    void describe(Actor& actor);
    void nameProcess(const ActorWait& wait);
    void takePictures();
    void restFromPictures();
    [[nodiscard]] bool dependsOnProcesses() const;
    [[nodiscard]] bool isAlarmToCome() const;
    void findStuck();
    [[nodiscard]] WakeMasks reachableOutside();
    [[nodiscard]] WakeMasks reachOf(const Actor& actor);
    [[nodiscard]] bool canBeEnded(const Actor& actor, const WakeMasks& outside) const;
    [[nodiscard]] bool canPipeWaitBeEnded(const Actor& actor) const;
    void lookForSenders();
    [[nodiscard]] bool canSignalReach(const Actor& actor) const;
    [[nodiscard]] bool canSignalReach(const ActorDeclaration* process, bool isMainThread) const;
    [[nodiscard]] bool isProcessStuck(pid_t process) const;
    [[nodiscard]] bool isKeptByChild(pid_t process) const;
    [[nodiscard]] std::string holdersText(const PipeWait& wait) const;
    [[nodiscard]] std::optional<PipeWait> pipeWaitOf(const Actor& actor) const;
    [[nodiscard]] PipeWait pipeWaitOf(const ProcessPicture& picture) const;
    [[nodiscard]] std::optional<ActorId> exclusiveHolder(const Actor& actor) const;
    [[nodiscard]] const Actor* live(ActorId id) const;
    void keepConfirmed();
    [[nodiscard]] bool mayHandlerBegin(pid_t process) const;
    void findBlockers(Actor& actor);
    void findPipeBlockers(Actor& actor, const PipeWait& wait);
    void addBlocker(Actor& actor, ActorId id);
    [[nodiscard]] std::vector<std::size_t> shortestCycleFrom(std::size_t start) const;
    [[nodiscard]] bool isReported(std::size_t index) const;
    [[nodiscard]] bool doesMatter(const std::vector<std::size_t>& members) const;
    [[nodiscard]] FoundDeadlock reportOf(const std::vector<std::size_t>& members, bool isCycle);
    [[nodiscard]] DeadlockReport::Link linkOf(const Actor& actor, const Actor* next) const;
    void addCycles(std::vector<FoundDeadlock>& found);
    [[nodiscard]] std::int32_t objectDeclaration(const ObjectState& object);
    [[nodiscard]] const ActorDeclaration* actorDeclaration(const std::string& name) const;

    std::shared_ptr<const Session> m_session;
    std::shared_ptr<const Code> m_code;
    pid_t m_guardian;
    bool m_hasSignals; ///< the code sends some, or has handlers
    WakeReach m_reach;
    SignalReach m_signalReach;
    bool m_mayLineSend = false; ///< somebody who is not stuck has a `send` before it
    bool m_mayCommandSend = false; ///< a command may still do anything
    std::vector<Actor> m_actors; ///< live ones, of this look
    std::map<ActorId, std::size_t> m_places; ///< in m_actors
    std::set<ActorId> m_notStarted; ///< declared ones

    /// The program's own and its commands, ended ones too.
    std::map<pid_t, std::string> m_processNames;

    std::int64_t m_lastAlarm = 0; ///< nanoseconds; 0: none was ever set
    BlockedProcesses m_processes; ///< of this look
    BlockedProcesses::Stamp m_stampBefore;
    int m_looksToPass = 0; ///< before the system is asked again
    std::map<ActorId, std::uint32_t> m_stuckBefore; ///< epochs, of the last look
    std::map<ActorId, std::uint32_t> m_reported; ///< epochs
    bool m_isEverybodyStuck = false;
};

} // namespace heddle

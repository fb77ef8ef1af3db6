// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/model/exploration/forced_schedule.h"
#include "engine/model/program/code.h"
#include "engine/run/actor_table.h"
#include "engine/run/process_lock.h"
#include "engine/run/shared_arena.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace heddle {

/// Lets the actors of a run take their steps in the order of a schedule, one at a time.
///
/// Each actor stands before its next step until the schedule's head is its own, does the step for
/// real, and gives the head to the next one when it comes to its next step, parks in the first half
/// of a wait, or has ended. Behind the last step all go on as they like, unless the schedule is also
/// the end of the program. Where the program does something else than the schedule says, there is a
/// problem, and nobody moves any more.
///
/// How far the schedule is stands in the memory of all processes of the program, which each have a copy of
/// the rest. Whoever comes to a step waits first for the ends of processes and commands that belong to the
/// one before.
///
/// Threads: any thread of any process of the program.
class ScheduleGate
{
public:
    ScheduleGate(std::shared_ptr<const ForcedSchedule> schedule, const Code& code,
        const ActorTable& actors, SharedArena& arena);

    /// The step that the actor (ForcedStep::actor) is to do, when it is its turn; null once nothing is
    /// forced any more, and also when `isOff` has become other than 0. Where the program ends with the
    /// schedule, those for whom there is no step stay here, and let signals through from then on.
    [[nodiscard]] const ForcedStep* awaitTurn(
        std::int64_t actor, const std::atomic<std::uint32_t>* isOff = nullptr);

    /// The head's actor is done with its step.
    void handOn();

    /// The actor has ended: it must have no step left.
    void noteEnd(const ActorRecord& actor);

    /// Wakes who waits with an `isOff`.
    void lookAgain();

    /// The program is not where the schedule wants it: `what`, the end of a sentence, says how. The
    /// first problem counts.
    void reportProblem(const ForcedStep& step, const std::string& what);
    [[nodiscard]] std::optional<std::string> problem() const;

    /// The head's step takes so long by itself.
    void expectLong(nanoseconds duration);

    /// To be called again and again at the same pace: after too many calls without any step the head
    /// is given up, which is a problem.
    void watch(nanoseconds pace, nanoseconds patience);

    [[nodiscard]] const ActorTable& actors() const { return m_actors; }
    [[nodiscard]] const Code& code() const { return m_code; }

    /// Whether signals wait until it is their step (signal_hold.h).
    [[nodiscard]] bool holdsSignals() const { return m_schedule->holdsSignals; }

private:
    struct Shared;
    [[nodiscard]] std::size_t head() const;
    void awaitEndsBefore(std::size_t step);
    [[nodiscard]] const ForcedEnd* missingEndBefore(std::size_t step) const;

    const std::shared_ptr<const ForcedSchedule> m_schedule;
    const Code& m_code;
    const ActorTable& m_actors;
    const pid_t m_program; ///< the program's own process
    Shared& m_shared;
    mutable ProcessLock m_problemLock; ///< held while the problem is written
    std::size_t m_watchedHead = 0;
    nanoseconds m_watchedFor{0};
};

} // namespace heddle

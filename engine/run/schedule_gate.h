// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/locks.h"
#include "engine/model/exploration/forced_schedule.h"
#include "engine/model/program/code.h"
#include "engine/run/actor_table.h"
#include "engine/threads/wait_gate.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace heddle {

/// Lets the actors of a run take their steps in the order of a schedule, one at a time.
///
/// Each actor stands before its next step until the schedule's head is its own, does the step for
/// real, and gives the head to the next one when it comes to its next step, parks in the first half
/// of a wait, or has ended. Behind the last step all go on as they like, unless the schedule is also
/// the end of the program. Where the program does something else than the schedule says, there is a
/// problem, and nobody moves any more.
///
/// Threads: any thread.
class ScheduleGate
{
public:
    ScheduleGate(
        std::shared_ptr<const ForcedSchedule> schedule, const Code& code, const ActorTable& actors);

    /// The step that the actor is to do, when it is its turn; null once nothing is forced any more,
    /// and also when `isOff` has become other than 0.
    [[nodiscard]] const ForcedStep* awaitTurn(
        const ActorRecord& actor, const std::atomic<std::uint32_t>* isOff = nullptr);

    /// The head's actor is done with its step.
    void handOn();

    /// The actor has ended: it must have no step left.
    void noteEnd(const ActorRecord& actor);

    /// Wakes who waits with an `isOff`.
    void lookAgain();

    /// The program is not where the schedule wants it. The first one counts.
    void reportProblem(const ForcedStep& step, const std::string& what);
    [[nodiscard]] std::optional<std::string> problem() const;

    /// The head's step takes so long by itself.
    void expectLong(nanoseconds duration);

    /// To be called again and again at the same pace: after too many calls without any step the head
    /// is given up, which is a problem.
    void watch(nanoseconds pace, nanoseconds patience);

    [[nodiscard]] const ActorTable& actors() const { return m_actors; }
    [[nodiscard]] const Code& code() const { return m_code; }

private:
    [[nodiscard]] std::size_t head() const { return m_head.load(); }
    [[nodiscard]] std::string name(std::size_t step) const;

    const std::shared_ptr<const ForcedSchedule> m_schedule;
    const Code& m_code;
    const ActorTable& m_actors;
    std::atomic<std::uint32_t> m_head{0}; ///< number of the step that is done or comes next
    std::atomic<std::uint32_t> m_news{
        0}; ///< the futex that actors sleep on: raised with each change
    std::atomic<bool> m_isTaken{false}; ///< the head's actor has come to it
    std::atomic<std::int64_t> m_allowance{
        0}; ///< nanoseconds that the head may take beyond the usual
    std::size_t m_watchedHead = 0;
    nanoseconds m_watchedFor{0};
    mutable InternalMutex m_mutex;
    std::optional<std::string> m_problem HEDDLE_GUARDED_BY(m_mutex);
};

/// One actor at the gate of its run: what it has to do next, and what is said of it.
///
/// Without a ScheduleGate it does nothing.
///
/// Threads: the actor's own.
class ActorGate final : public WaitGate
{
public:
    /// Takes effect for the calling thread as long as it lives.
    ActorGate(ScheduleGate* gate, const ActorRecord& record);
    ~ActorGate() override;

    /// A timer waits for its time to come: false once nothing is forced any more, or if `isOff`.
    [[nodiscard]] bool waitToFire(const std::atomic<std::uint32_t>& isOff);

    /// Before the actor's first instruction.
    void begin();

    /// Before each visible operation that is a step of its own.
    void enter(std::int32_t instruction);

    /// After the actor's end is known to all.
    void end();

    /// The step that is being done; null where nothing is forced.
    [[nodiscard]] const ForcedStep* step() const { return m_step; }

    /// What comes next of all that the step leaves open; nothing if nothing is forced.
    [[nodiscard]] std::optional<std::int64_t> decision();

    /// The step takes so long by itself.
    void expectLong(nanoseconds duration);

    /// Others may have been let go in another way than by their turn.
    void lookAgain();

    [[nodiscard]] Turn giveWay() override;
    [[nodiscard]] bool isForced() const override { return m_step != nullptr; }
    [[nodiscard]] bool joinsWaiters() const override;
    [[nodiscard]] bool isChosen(ActorId waiter) const override;

private:
    void takeNext();
    void finish();

    ScheduleGate* const m_gate;
    const ActorRecord& m_record;
    const ForcedStep* m_step = nullptr; ///< the schedule's head, while it is this actor's
    bool m_isBegun = false; ///< its operation has been entered
    std::size_t m_decided = 0; ///< decisions that were asked for
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/interruption.h"
#include "engine/run/schedule_gate.h"
#include "engine/threads/wait_gate.h"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

namespace heddle {

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

    /// Before the actor's first instruction. Handlers of signals whose step it is run in here, and in
    /// enter(). GiveUp: one of them has raised an exception,
    /// which comes out in the place of what was to begin.
    [[nodiscard]] AfterInterruption begin();

    /// Before each visible operation that is a step of its own.
    [[nodiscard]] AfterInterruption enter(std::int32_t instruction);

    /// In a `pause`, or a `send`, behind its first half: until a handler has run.
    ///
    /// Result: nothing if nothing is forced any more, or if the step is done without one.
    [[nodiscard]] std::optional<AfterInterruption> awaitHandler();

    /// How many bytes the step writes of what the operation has to write; nothing if all that are left.
    [[nodiscard]] std::optional<std::int64_t> part() const;

    /// After the actor's end is known to all.
    void end();

    /// The step is done, and the process is about to end by it.
    void leave() { finish(); }

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
    [[nodiscard]] bool isAtSignal() const;
    [[nodiscard]] AfterInterruption deliver();
    [[nodiscard]] AfterInterruption deliverAll();
    void depart(const std::string& what);

    ScheduleGate* const m_gate;
    const ActorRecord& m_record;
    const ForcedStep* m_step = nullptr; ///< the schedule's head, while it is this actor's
    bool m_isBegun = false; ///< its operation has been entered
    std::size_t m_decided = 0; ///< decisions that were asked for
};

} // namespace heddle

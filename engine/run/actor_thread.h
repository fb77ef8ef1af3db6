// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/interpreter.h"
#include "engine/run/actor_gate.h"
#include "engine/run/program_run.h"
#include "engine/run/random_numbers.h"
#include "engine/run/step_outcome.h"
#include "engine/run/world_context.h"

#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

namespace heddle {

/// One actor, main or timer of a real run, carried out on the thread that calls carryOut().
///
/// Invisible instructions are the interpreter's; the visible ones are carried out by the rows of
/// the runner's table, which get what they need from here.
///
/// Threads: the actor's own.
class ActorThread final : public WorldContext
{
public:
    ActorThread(ProgramRun& run, ActorGate& gate, ActorRecord& record, std::int32_t routine,
        std::vector<Value> arguments);

    /// From the first instruction to the end of the routine.
    void carryOut();

    /// The same for a routine that is a handler: those that interrupt it come on top of it.
    void carryOutAsHandler();

    /// Runs a handler of a signal on this thread, between two steps or inside of a wait. GiveUp: it has
    /// raised an exception, which comes out of that wait.
    AfterInterruption runHandler(std::int32_t routine, int signal);

    /// Whether it is within a block that is one step.
    [[nodiscard]] bool isInAtomic() const { return m_atomicDepth > 0; }

    /// How it ended: by an exception that nobody caught, or a failed assertion.
    [[nodiscard]] bool hasFailed() const { return m_state.status == ActorState::Status::Failed; }
    [[nodiscard]] std::string failure() const; ///< that exception's name, "assert", or nothing

    // What the rows of the runner's table use.

    [[nodiscard]] ActorRecord& record() { return m_record; }
    [[nodiscard]] ActorGate& gate() { return m_gate; }
    [[nodiscard]] const Value& value(Register number) const;
    [[nodiscard]] std::vector<Value> values(Register first, std::int32_t count) const;

    /// Place of the current instruction in Code::instructions.
    [[nodiscard]] std::int32_t instructionNumber() const { return m_state.frames.back().next; }

    /// Which element of an array the current instruction means.
    [[nodiscard]] ElementIndex element(
        std::int32_t count, std::int64_t low, const std::string& what) const;

    /// When a timed instruction is to be given up; never for others, now for a `try` without limit.
    /// Where the outcome is forced, it is soon or never.
    [[nodiscard]] Deadline deadline(const Instruction& instruction) const;

    /// The predicate of an AwaitUntil, in one step.
    [[nodiscard]] Evaluated condition();

    /// `with atomic`: the steps up to endAtomic() are one for everybody else. They may be nested.
    void beginAtomic();
    void endAtomic();

    /// Held for one access to what all share; owns nothing in programs without long steps and in a
    /// block that is one step anyway.
    [[nodiscard]] std::unique_lock<StepLock> accessLock();

    /// An actor that this one has spawned, for `join all`.
    void addChild(std::int64_t handle) { m_children.push_back(handle); }
    [[nodiscard]] const std::vector<std::int64_t>& children() const { return m_children; }

    // EvaluationContext.
    [[nodiscard]] std::int64_t me() const override { return m_record.handle; }
    [[nodiscard]] std::int64_t random(std::int64_t low, std::int64_t high) override;
    void raised(const Value& exception, std::uint32_t line) override;

private:
    void advance();
    void step();
    [[nodiscard]] bool isInterrupted();
    void raiseInterruption();
    void settle(const Instruction& instruction, const StepOutcome& outcome);
    [[nodiscard]] bool hasWrongLimit(const Instruction& instruction) const;
    void finish();
    void reportFailure();
    [[nodiscard]] RaisedException report(
        std::string name, std::string text, std::uint32_t line) const;

    ActorGate& m_gate;
    ActorRecord& m_record;
    ActorState m_state;
    RandomNumbers m_draws; ///< of the program
    RandomNumbers m_jitter; ///< of the runner, so that jitter does not change what is drawn
    std::vector<std::int64_t> m_children;
    int m_atomicDepth = 0;
    std::optional<Value> m_handlersException; ///< that a handler has raised
    std::size_t m_handlers = 0; ///< that run, each within a step of the one before
    bool m_isTold = false; ///< the exception that is being raised has been told of before
    std::uint32_t m_raisedAt = 0; ///< line of the last exception
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/model/program/evaluate.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

/// As Frame::result: nothing is stored, and the caller repeats its instruction (initializers of
/// private variables).
inline constexpr Register kRepeatInstruction = -2;

/// Calls of defs may be nested so deep; beyond it they raise NoResources.
inline constexpr std::size_t kMaximumFrames = 1000;

/// Handlers of signals that interrupt one another: one more raises NoResources.
inline constexpr std::size_t kMaximumHandlers = 100;
inline constexpr std::string_view kHandlersTooDeep = "handlers interrupt one another too deep";

/// A routine that is being carried out; its registers lie in ActorState::registers from `base` on.
struct Frame
{
    std::int32_t routine = 0;
    std::int32_t next = 0; ///< the instruction that comes next; of a caller: its call
    std::int32_t base = 0;
    /// Register of the caller's frame that receives what is returned.
    Register result = kNoRegister;
};

/// Where an actor stands: a plain value, so that the explorer can copy, compare and keep it.
///
/// Threads: one thread at a time.
struct ActorState
{
    enum class Status : std::uint8_t
    {
        Going, ///< has a next instruction
        Ended, ///< its routine has returned
        Failed, ///< `outcome` is the exception that nobody caught; number kAssertionFailure: a
        ///< failed assertion
    };
    Status status = Status::Going;
    std::vector<Frame> frames; ///< outermost first
    std::vector<Value> registers;
    Value outcome; ///< what was returned, or the exception
};

/// Why runInvisible came back.
enum class InvisibleStop : std::uint8_t
{
    AtVisible, ///< the next instruction is a visible operation: the executor's part
    Ended,
    Failed,
    BudgetSpent, ///< still invisible after so many instructions: look for a stop and go on, or
    ///< report a spin
};

/// An actor (or timer, or initializer) before its first instruction, with its arguments in
/// registers 0, 1, ….
[[nodiscard]] ActorState startRoutine(
    const Code& code, std::int32_t routine, std::vector<Value> arguments);

/// Carries out invisible instructions up to the next visible one. The one meaning of the invisible
/// half of the language, for the runner and for the machine.
[[nodiscard]] InvisibleStop runInvisible(const Code& code, ActorState& state,
    EvaluationContext& context, std::int64_t budget = 1'000'000);

/// The next instruction; the actor must be Going.
[[nodiscard]] const Instruction& currentInstruction(const Code& code, const ActorState& state);

/// A register of the innermost frame; none of kNoRegister.
[[nodiscard]] const Value& registerValue(const ActorState& state, Register number);

/// The `count` registers from `first` on: arguments of Spawn, StartTimer.
[[nodiscard]] std::vector<Value> registerValues(
    const ActorState& state, Register first, std::int32_t count);

/// Which element of an array the current instruction means (0 if it is no array). `low` is where an
/// actor array begins.
[[nodiscard]] ElementIndex currentElement(const Code& code, const ActorState& state,
    std::int32_t count, std::int64_t low, const std::string& what);

// How the executor ends a visible instruction: with one of these four.

/// It is done: the value goes to its result register, if it has one, and the actor to the next instruction.
void complete(const Code& code, ActorState& state, Value result = Value::none());

/// It was not done in time: the `otherwise` branch of a `try`, or the exception Timeout.
void giveUp(const Code& code, ActorState& state, EvaluationContext& context);

/// It raises: the actor goes on in the handler that fits, or has failed.
void raise(const Code& code, ActorState& state, EvaluationContext& context,
    std::string_view exception, std::string text);

/// An assertion is false: clean-up code (`with`, `finally`) runs, then the actor has failed.
void failAssertion(
    const Code& code, ActorState& state, EvaluationContext& context, std::string text);

/// An exception that a handler let out goes on from here: it has been raised already.
void passOn(
    const Code& code, ActorState& state, EvaluationContext& context, const Value& exception);

/// The predicate of the AwaitUntil that comes next, on the actor's registers, in one go.
[[nodiscard]] Evaluated evaluateCondition(
    const Code& code, const ActorState& state, EvaluationContext& context);

/// A fragment (`final`, `invariant`) with registers of its own, in one go.
[[nodiscard]] Evaluated evaluateFragment(
    const Code& code, const Fragment& fragment, EvaluationContext& context);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/run/actor_thread.h"

#include "engine/base/interruption.h"
#include "engine/model/program/refusals.h"
#include "engine/model/program/step_operands.h"
#include "engine/record/recorder.h"
#include "engine/run/pause.h"
#include "engine/run/runner_table.h"
#include "engine/run/source_line.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

constexpr std::int64_t kLongestJitter = 50'000; // nanoseconds
constexpr nanoseconds kForcedLimit(1'000'000); // of a wait that is known to be in vain

std::string exceptionName(const Code& code, const Value& exception)
{
    return exception.number() == kAssertionFailure
        ? "assert"
        : code.exceptions[static_cast<std::size_t>(exception.number())];
}

} // namespace

ActorThread::ActorThread(ProgramRun& run, ActorGate& gate, ActorRecord& record,
    std::int32_t routine, std::vector<Value> arguments)
    : WorldContext(run)
    , m_gate(gate)
    , m_record(record)
    , m_state(startRoutine(run.code(), routine, std::move(arguments)))
    , m_draws(run.options().seed, static_cast<std::uint64_t>(record.handle))
    , m_jitter(~run.options().seed, static_cast<std::uint64_t>(record.handle))
{
}

void ActorThread::carryOut()
{
    if (m_gate.begin() == AfterInterruption::GiveUp)
        raiseInterruption();
    advance();
    finish();
}

void ActorThread::carryOutAsHandler()
{
    m_handlers = 1;
    carryOut();
}

// A handler comes between two steps: what is invisible behind an operation, an end too, belongs to it.
void ActorThread::advance()
{
    if (isInterrupted())
        raiseInterruption();
    for (bool isFresh = true;; isFresh = false) {
        const InvisibleStop stop = runInvisible(code(), m_state, *this);
        if (stop == InvisibleStop::Ended || stop == InvisibleStop::Failed)
            return;
        if (!isFresh && isInterrupted())
            raiseInterruption();
        else if (stop == InvisibleStop::AtVisible)
            step();
        // else a loop that nobody else can see; whoever stops the run kills this process
    }
}

// A block that is one step is not taken apart by a handler.
// NOLINTNEXTLINE(readability-make-member-function-const): the handlers that it runs change the actor
bool ActorThread::isInterrupted()
{
    if (m_atomicDepth > 0 || m_state.status != ActorState::Status::Going)
        return false;
    while (hasInterruption()) // a handler may send another signal
        if (runInterruptions() == AfterInterruption::GiveUp)
            return true;
    return false;
}

void ActorThread::raiseInterruption()
{
    static_cast<void>(interruptedError("a step")); // it is no matter of the next wait any more
    const std::optional<Value> exception = std::exchange(m_handlersException, std::nullopt);
    if (!exception)
        return heddle::raise(code(), m_state, *this, "Interrupted", "SIGINT has come.");
    if (exception->number() == kAssertionFailure)
        return failAssertion(code(), m_state, *this, exception->asText());
    m_isTold = true;
    heddle::raise(code(), m_state, *this, exceptionName(code(), *exception), exception->asText());
    m_isTold = false;
}

AfterInterruption ActorThread::runHandler(std::int32_t routine, int signal)
{
    const WaitPutAside aside;
    ActorState interrupted =
        std::exchange(m_state, startRoutine(code(), routine, {Value::signal(signal)}));
    ++m_handlers;
    if (m_handlers > kMaximumHandlers)
        heddle::raise(code(), m_state, *this, "NoResources", std::string(kHandlersTooDeep));
    else
        advance();
    --m_handlers;
    const bool hasRaised = hasFailed();
    if (hasRaised)
        m_handlersException = m_state.outcome;
    m_state = std::move(interrupted);
    if (!m_state.frames.empty())
        setPosition(
            recordedLine(currentInstruction(code(), m_state).line), m_state.frames.back().next);
    return hasRaised ? AfterInterruption::GiveUp : AfterInterruption::GoOn;
}

void ActorThread::step()
{
    const Instruction& instruction = currentInstruction(code(), m_state);
    const std::uint16_t line = recordedLine(instruction.line);
    if (run().options().jitter && m_atomicDepth == 0)
        pauseFor(nanoseconds(m_jitter.between(0, kLongestJitter)));
    if (m_atomicDepth == 0 && m_gate.enter(m_state.frames.back().next) == AfterInterruption::GiveUp)
        return raiseInterruption();
    setPosition(line, m_state.frames.back().next);
    if (isRecording())
        heddle::record(EventKind::StepBegan, 0,
            packOperation(m_state.frames.back().next, operandDigest(code(), m_state)), line);
    if (hasWrongLimit(instruction))
        return heddle::raise(code(), m_state, *this, kBadValue, kLimitNeedsDuration);
    settle(instruction, carryOutOperation(*this, instruction));
}

void ActorThread::settle(const Instruction& instruction, const StepOutcome& outcome)
{
    switch (outcome.kind) {
    case StepOutcome::Kind::Done:
        return complete(code(), m_state, outcome.value);
    case StepOutcome::Kind::GaveUp:
        return giveUp(code(), m_state, *this);
    case StepOutcome::Kind::Raised:
        return heddle::raise(code(), m_state, *this, outcome.exception, outcome.text);
    case StepOutcome::Kind::Interrupted:
        return raiseInterruption();
    case StepOutcome::Kind::AssertionFailed:
        run().channel().sendFailedAssertion(report("assert", outcome.text, instruction.line));
        return failAssertion(code(), m_state, *this, outcome.text);
    }
}

void ActorThread::finish()
{
    while (m_atomicDepth > 0)
        endAtomic();
    if (hasFailed())
        reportFailure();
}

void ActorThread::reportFailure()
{
    if (m_record.isMain)
        run().life().noteMainFailed();
    const Value& exception = m_state.outcome;
    if (exception.number() == kAssertionFailure)
        return;
    RaisedException uncaught =
        report(exceptionName(code(), exception), exception.asText(), m_raisedAt);
    uncaught.isUncaught = true;
    if (m_record.isMain && uncaught.name == "Interrupted")
        run().life().noteInterrupted();
    run().channel().sendRaised(uncaught);
}

RaisedException ActorThread::report(std::string name, std::string text, std::uint32_t line) const
{
    RaisedException exception;
    exception.time = recordingNow();
    exception.name = std::move(name);
    exception.text = std::move(text);
    exception.actor = std::string(m_record.name);
    exception.line = line;
    return exception;
}

std::string ActorThread::failure() const
{
    return hasFailed() ? exceptionName(code(), m_state.outcome) : std::string();
}

bool ActorThread::hasWrongLimit(const Instruction& instruction) const
{
    return instruction.isTimed && instruction.limit != kNoRegister
        && !value(instruction.limit).is(ValueKind::Duration);
}

const Value& ActorThread::value(Register number) const
{
    return registerValue(m_state, number);
}

std::vector<Value> ActorThread::values(Register first, std::int32_t count) const
{
    return registerValues(m_state, first, count);
}

ElementIndex ActorThread::element(
    std::int32_t count, std::int64_t low, const std::string& what) const
{
    return currentElement(run().code(), m_state, count, low, what);
}

Deadline ActorThread::deadline(const Instruction& instruction) const
{
    if (!instruction.isTimed)
        return Deadline::never();
    if (instruction.limit == kNoRegister)
        return Deadline::after(nanoseconds(0));
    const nanoseconds limit = run().scaled(value(instruction.limit).number());
    const ForcedStep* forced = m_gate.step();
    if (forced == nullptr || forced->course == ForcedStep::Course::Parks)
        return Deadline::after(limit);
    if (forced->course == ForcedStep::Course::GivesUp) // nobody else moves meanwhile
        return Deadline::after(std::min(limit, kForcedLimit));
    return Deadline::never();
}

Evaluated ActorThread::condition()
{
    const std::unique_lock<StepLock> lock = accessLock();
    return evaluateCondition(code(), m_state, *this);
}

void ActorThread::beginAtomic()
{
    if (m_atomicDepth++ == 0)
        run().stepLock().lock();
}

void ActorThread::endAtomic()
{
    if (m_atomicDepth > 0 && --m_atomicDepth == 0)
        run().stepLock().unlock();
}

std::unique_lock<StepLock> ActorThread::accessLock()
{
    if (!run().hasLongSteps() || m_atomicDepth > 0)
        return {};
    return std::unique_lock<StepLock>(run().stepLock());
}

std::int64_t ActorThread::random(std::int64_t low, std::int64_t high)
{
    if (low == high)
        return low;
    if (const std::optional<std::int64_t> end = m_gate.decision())
        return *end != 0 ? high : low;
    return m_draws.between(low, high);
}

void ActorThread::raised(const Value& exception, std::uint32_t line)
{
    m_raisedAt = line;
    if (m_isTold)
        return;
    const std::string name = exceptionName(code(), exception);
    heddle::record(EventKind::Raised, 0, defineName(name).value, recordedLine(line));
    run().channel().sendRaised(report(name, exception.asText(), line));
}

} // namespace heddle

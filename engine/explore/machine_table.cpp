// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_table.h"

#include "engine/base/check.h"
#include "engine/explore/machine_actions.h"
#include "engine/explore/machine_objects.h"
#include "engine/explore/machine_processes.h"
#include "engine/explore/machine_signals.h"
#include "engine/explore/machine_streams.h"
#include "engine/model/program/operation_table.h"

#include <algorithm>
#include <array>

namespace heddle {

namespace {

struct OperationRow
{
    Operation operation = Operation::Constant;
    void (*carryOut)(MachineStep&) = nullptr;
};

// In the order of the enumeration, which the assertion below holds.
constexpr std::array<OperationRow, kVisibleCount> kOperationRows = {{
    {Operation::LoadShared, loadVariable},
    {Operation::StoreShared, storeVariable},
    {Operation::StoreSharedElement, storeElement},
    {Operation::AddShared, addToVariable},
    {Operation::ExchangeShared, exchangeVariable},
    {Operation::FetchAddShared, fetchAddVariable},
    {Operation::CompareExchangeShared, compareExchangeVariable},
    {Operation::Query, askQuestion},
    {Operation::Lock, lockObject},
    {Operation::Unlock, unlockObject},
    {Operation::Acquire, acquireUnits},
    {Operation::Release, releaseUnits},
    {Operation::Wait, waitForObject},
    {Operation::WaitCondition, waitForCondition},
    {Operation::Notify, notifyCondition},
    {Operation::Set, setEvent},
    {Operation::Clear, clearObject},
    {Operation::Arrive, arriveAtBarrier},
    {Operation::Abort, abortBarrier},
    {Operation::Finish, finishObject},
    {Operation::AwaitUntil, awaitPredicate},
    {Operation::Put, putItem},
    {Operation::Get, getItem},
    {Operation::Close, closeStream},
    {Operation::Spawn, spawnActor},
    {Operation::Join, joinActor},
    {Operation::JoinAll, joinChildren},
    {Operation::Cancel, cancelTimer},
    {Operation::Compute, passTime},
    {Operation::Sleep, passTime},
    {Operation::Yield, doNothing},
    {Operation::Say, sayLine},
    {Operation::Progress, markProgress},
    {Operation::Assert, checkAssertion},
    {Operation::Choose, chooseItem},
    {Operation::BeginAtomic, beginAtomicBlock},
    {Operation::EndAtomic, endAtomicBlock},
    {Operation::StartTimer, startTimerActor},
    {Operation::End, endThread}, // the actor's routine returns behind it
    {Operation::Exit, exitWith},
    {Operation::Read, readStream},
    {Operation::Write, writeStream},
    {Operation::Communicate, communicateWithCommand},
    {Operation::StartCommand, startCommandActor},
    {Operation::Send, sendSignal},
    {Operation::SetHandler, setSignalHandler},
    {Operation::Alarm, setAlarm},
    {Operation::Pause, pauseActor},
    {Operation::AwaitSignal, awaitSignal},
}};

static_assert(
    hasEachVisibleOperation(kOperationRows), "each visible operation has a row, in order");

Cell nothing(const ObjectDeclaration& /*declaration*/, ValueStore& /*values*/)
{
    return 0;
}

Cell initialCount(const ObjectDeclaration& declaration, ValueStore& /*values*/)
{
    return static_cast<Cell>(std::clamp<std::int64_t>(declaration.initial, 0, INT32_MAX));
}

Cell emptyList(const ObjectDeclaration& /*declaration*/, ValueStore& values)
{
    return values.intern(Value::list({}));
}

using State = std::span<const Cell>;

/// Those whose next operation is to wait for the object; whether they have begun to is not known.
Value waitersOf(const Machine& machine, State state, std::int32_t object, Phase phase)
{
    std::int64_t count = 0;
    for (std::int32_t actor = 0; actor < machine.actorCount(); ++actor) {
        if (!machine.isStarted(state, actor) || !machine.isGoing(state, actor))
            continue;
        const LocalFacts& facts = machine.facts(state, actor);
        if (facts.spins || facts.phase != phase || facts.object != object)
            continue;
        const Operation next = facts.next->operation;
        const bool mayWait = next == Operation::Lock || next == Operation::Acquire
            || next == Operation::Wait || next == Operation::WaitCondition
            || next == Operation::Arrive || next == Operation::Put || next == Operation::Get
            || next == Operation::Join || next == Operation::Read || next == Operation::Write;
        count += mayWait ? 1 : 0;
    }
    return Value::integer(count);
}

std::optional<Value> askMutex(
    Machine& machine, State state, std::int32_t object, std::string_view question)
{
    const Cell owner = state[machine.objectCell(object)];
    if (question == "locked")
        return Value::boolean(owner != 0);
    if (question == "owner")
        return owner == 0 ? Value::none() : Value::handle(static_cast<std::int64_t>(owner) - 1);
    return std::nullopt;
}

std::optional<Value> askReadWriteLock(
    Machine& machine, State state, std::int32_t object, std::string_view question)
{
    const std::size_t cell = machine.objectCell(object);
    if (question == "locked")
        return Value::boolean(state[cell] != 0 || state[cell + 1] != 0);
    return std::nullopt;
}

std::optional<Value> askCounter(
    Machine& machine, State state, std::int32_t object, std::string_view question)
{
    if (question == "value")
        return Value::integer(state[machine.objectCell(object)]);
    return std::nullopt;
}

std::optional<Value> askNothing(
    Machine& /*machine*/, State /*state*/, std::int32_t /*object*/, std::string_view /*question*/)
{
    return std::nullopt;
}

std::optional<Value> askEvent(
    Machine& machine, State state, std::int32_t object, std::string_view question)
{
    if (question == "is_set")
        return Value::boolean(state[machine.objectCell(object)] != 0);
    return std::nullopt;
}

std::optional<Value> askBarrier(
    Machine& machine, State state, std::int32_t object, std::string_view question)
{
    if (question == "broken")
        return Value::boolean(state[machine.objectCell(object)] != 0);
    return std::nullopt;
}

std::optional<Value> askQueue(
    Machine& machine, State state, std::int32_t object, std::string_view question)
{
    const std::size_t length =
        machine.values().value(state[machine.objectCell(object)]).asList().size();
    const std::optional<std::int64_t>& most = machine.declarationOf(object).maximum;
    if (question == "len")
        return Value::integer(static_cast<std::int64_t>(length));
    if (question == "full")
        return Value::boolean(most && static_cast<std::int64_t>(length) >= *most);
    if (question == "empty")
        return Value::boolean(length == 0);
    return std::nullopt;
}

std::optional<Value> askPipe(
    Machine& machine, State state, std::int32_t object, std::string_view question)
{
    const std::int64_t bytes = bytesIn(machine, state, machine.layout().pipeOf(object));
    if (question == "len")
        return Value::integer(bytes);
    if (question == "empty")
        return Value::boolean(bytes == 0);
    return std::nullopt;
}

// In the order of the enumeration, which the assertion below holds.
constexpr PrimitiveRows<PrimitiveLayout> kPrimitiveRows = {{
    {PrimitiveKind::Mutex, 1, nothing, Phase::Ready, askMutex}, // owner
    {PrimitiveKind::RecursiveMutex, 2, nothing, Phase::Ready, askMutex}, // owner, levels
    {PrimitiveKind::ReadWriteLock, 2, nothing, Phase::Ready, askReadWriteLock}, // writer, readers
    {PrimitiveKind::Semaphore, 1, initialCount, Phase::Ready, askCounter}, // units
    {PrimitiveKind::Condition, 1, emptyList, Phase::Parked, askNothing}, // order of the waiters
    {PrimitiveKind::Event, 1, nothing, Phase::Ready, askEvent}, // whether it is set
    {PrimitiveKind::Barrier, 1, nothing, Phase::Meeting, askBarrier}, // whether it is broken
    {PrimitiveKind::Latch, 1, initialCount, Phase::Ready, askCounter}, // count
    {PrimitiveKind::Queue, 2, emptyList, Phase::Ready, askQueue}, // items; unhandled, closed
    {PrimitiveKind::Pipe, 2, emptyList, Phase::Ready, askPipe}, // contents; bytes a reader has
}};

constexpr bool isEveryPrimitiveLaidOut()
{
    for (const PrimitiveLayout& row : kPrimitiveRows)
        if (row.cells == 0)
            return false;
    return true;
}
static_assert(isEveryPrimitiveLaidOut(), "each kind of primitive has cells");
static_assert(hasEachPrimitive(kPrimitiveRows), "each kind of primitive has a row, in order");

} // namespace

void carryOutStep(MachineStep& step)
{
    const std::size_t row = rowOf(step.instruction().operation);
    HEDDLE_ASSERT(row < kVisibleCount, "only visible instructions are steps");
    kOperationRows[row].carryOut(step);
}

std::optional<Value> answerOf(
    Machine& machine, std::span<const Cell> state, std::int32_t object, std::string_view question)
{
    const PrimitiveLayout& layout = primitiveLayout(machine.declarationOf(object).kind);
    if (question == "waiting")
        return waitersOf(machine, state, object, layout.waiting);
    return layout.answer(machine, state, object, question);
}

const PrimitiveLayout& primitiveLayout(PrimitiveKind kind)
{
    const std::size_t row = rowOf(kind);
    HEDDLE_ASSERT(row < kPrimitiveRows.size(), "a declared object has a kind");
    return kPrimitiveRows[row];
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/run/runner_table.h"

#include "engine/model/program/operation_table.h"
#include "engine/run/command_start.h"
#include "engine/run/life_operations.h"
#include "engine/run/object_operations.h"
#include "engine/run/other_operations.h"
#include "engine/run/pipe_object.h"
#include "engine/run/shared_operations.h"
#include "engine/run/signal_operations.h"
#include "engine/run/stream_operations.h"
#include "engine/run/thread_objects.h"

#include <array>
#include <cstddef>

namespace heddle {

namespace {

struct OperationRow
{
    Operation operation = Operation::Constant;
    StepOutcome (*carryOut)(ActorThread&, const Instruction&) = nullptr;
};

// In the order of the enumeration, which the assertion below holds.
constexpr std::array<OperationRow, kVisibleCount> kOperationRows = {{
    {Operation::LoadShared, loadShared},
    {Operation::StoreShared, storeShared},
    {Operation::StoreSharedElement, storeSharedElement},
    {Operation::AddShared, addShared},
    {Operation::ExchangeShared, exchangeShared},
    {Operation::FetchAddShared, fetchAddShared},
    {Operation::CompareExchangeShared, compareExchangeShared},
    {Operation::Query, query},
    {Operation::Lock, useObject},
    {Operation::Unlock, useObject},
    {Operation::Acquire, useObject},
    {Operation::Release, useObject},
    {Operation::Wait, useObject},
    {Operation::WaitCondition, useObject},
    {Operation::Notify, useObject},
    {Operation::Set, useObject},
    {Operation::Clear, useObject},
    {Operation::Arrive, useObject},
    {Operation::Abort, useObject},
    {Operation::Finish, useObject},
    {Operation::AwaitUntil, awaitUntil},
    {Operation::Put, useObject},
    {Operation::Get, useObject},
    {Operation::Close, closeStream},
    {Operation::Spawn, spawn},
    {Operation::Join, join},
    {Operation::JoinAll, joinAll},
    {Operation::Cancel, cancel},
    {Operation::Compute, compute},
    {Operation::Sleep, sleepFor},
    {Operation::Yield, yieldProcessor},
    {Operation::Say, say},
    {Operation::Progress, progress},
    {Operation::Assert, assertTrue},
    {Operation::Choose, choose},
    {Operation::BeginAtomic, beginAtomic},
    {Operation::EndAtomic, endAtomic},
    {Operation::StartTimer, startTimer},
    {Operation::End, endRoutine},
    {Operation::Exit, exitProgram},
    {Operation::Read, readStream},
    {Operation::Write, writeStream},
    {Operation::Communicate, communicate},
    {Operation::StartCommand, startCommand},
    {Operation::Send, sendTo},
    {Operation::SetHandler, setHandler},
    {Operation::Alarm, setAlarm},
    {Operation::Pause, pauseActor},
    {Operation::AwaitSignal, awaitSignal},
}};

static_assert(
    hasEachVisibleOperation(kOperationRows), "each visible operation has a row, in order");

struct PrimitiveRow
{
    PrimitiveKind kind = PrimitiveKind::None;
    std::unique_ptr<RunObject> (*make)(const ObjectPlan&) = nullptr;
};

// In the order of the enumeration, which the assertion below holds.
constexpr PrimitiveRows<PrimitiveRow> kPrimitiveRows = {{
    {PrimitiveKind::Mutex, makeMutex},
    {PrimitiveKind::RecursiveMutex, makeRecursiveMutex},
    {PrimitiveKind::ReadWriteLock, makeReadWriteLock},
    {PrimitiveKind::Semaphore, makeSemaphore},
    {PrimitiveKind::Condition, makeCondition},
    {PrimitiveKind::Event, makeEvent},
    {PrimitiveKind::Barrier, makeBarrier},
    {PrimitiveKind::Latch, makeLatch},
    {PrimitiveKind::Queue, makeQueue},
    {PrimitiveKind::Pipe, makePipe},
}};

static_assert(hasEachPrimitive(kPrimitiveRows), "each kind of primitive has a row, in order");

} // namespace

StepOutcome carryOutOperation(ActorThread& actor, const Instruction& instruction)
{
    const std::size_t row = rowOf(instruction.operation);
    HEDDLE_ASSERT(row < kVisibleCount, "only visible instructions are steps");
    return kOperationRows[row].carryOut(actor, instruction);
}

std::unique_ptr<RunObject> makeObject(const ObjectPlan& plan)
{
    const std::size_t row = rowOf(plan.declaration.kind);
    HEDDLE_ASSERT(row < kPrimitiveRows.size(), "a declared object has a kind");
    return kPrimitiveRows[row].make(plan);
}

} // namespace heddle

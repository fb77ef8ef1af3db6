// SPDX-License-Identifier: Apache-2.0
#include "engine/run/runner_table.h"

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

constexpr auto kFirstVisible = static_cast<std::size_t>(Operation::LoadShared);
constexpr auto kLastVisible = static_cast<std::size_t>(Operation::AwaitSignal);
constexpr std::size_t kVisibleCount = kLastVisible - kFirstVisible + 1;

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

constexpr bool isEveryOperationCarriedOut()
{
    for (std::size_t row = 0; row < kVisibleCount; ++row) {
        if (static_cast<std::size_t>(kOperationRows[row].operation) != kFirstVisible + row)
            return false;
    }
    return true;
}
static_assert(isEveryOperationCarriedOut(), "each visible operation has a row, in order");

struct PrimitiveRow
{
    PrimitiveKind kind = PrimitiveKind::None;
    std::unique_ptr<RunObject> (*make)(const ObjectPlan&) = nullptr;
};

// In the order of the enumeration, without None.
constexpr std::array<PrimitiveRow, kPrimitiveKindCount - 1> kPrimitiveRows = {{
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

constexpr bool isEveryPrimitiveMade()
{
    for (std::size_t row = 0; row < kPrimitiveRows.size(); ++row) {
        if (static_cast<std::size_t>(kPrimitiveRows[row].kind) != row + 1)
            return false;
    }
    return true;
}
static_assert(isEveryPrimitiveMade(), "each kind of primitive has a row, in order");

} // namespace

StepOutcome carryOutOperation(ActorThread& actor, const Instruction& instruction)
{
    const auto row = static_cast<std::size_t>(instruction.operation) - kFirstVisible;
    HEDDLE_ASSERT(row < kVisibleCount, "only visible instructions are steps");
    return kOperationRows[row].carryOut(actor, instruction);
}

std::unique_ptr<RunObject> makeObject(const ObjectPlan& plan)
{
    const auto kind = static_cast<std::size_t>(plan.declaration.kind);
    HEDDLE_ASSERT(kind > 0 && kind <= kPrimitiveRows.size(), "a declared object has a kind");
    return kPrimitiveRows[kind - 1].make(plan);
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/refusals.h"
#include "engine/record/recorder.h"
#include "engine/run/program_run.h"
#include "engine/run/thread_objects.h"
#include "engine/threads/condition.h"
#include "engine/threads/mutex.h"
#include "engine/threads/recursive_mutex.h"
#include "engine/threads/rw_lock.h"

#include <utility>

namespace heddle {

namespace {

LockOrder lockOrder(const ObjectPlan& plan)
{
    return plan.run.code().options.fairLocks ? LockOrder::Fair : LockOrder::Unfair;
}

ObjectId define(const ObjectPlan& plan)
{
    return defineObject(plan.declaration.kind, plan.name);
}

/// What `owner` answers: the holder's handle, or none.
Value ownerOf(ProgramRun& run, ActorId holder)
{
    const std::int64_t handle = run.actors().handleOf(holder);
    return handle < 0 ? Value::none() : Value::handle(handle);
}

/// A mutex or an rlock.
template <typename Lock> class ExclusiveObject final : public RunObject
{
public:
    template <typename... Arguments>
    explicit ExclusiveObject(ProgramRun& run, Arguments&&... arguments)
        : m_run(run)
        , m_lock(std::forward<Arguments>(arguments)...)
    {
    }

    StepOutcome perform(const ObjectStep& step) override
    {
        if (step.operation == Operation::Lock)
            return outcomeOf(m_lock.lock(step.deadline));
        if (step.operation == Operation::Unlock)
            return outcomeOf(m_lock.unlock());
        if (step.question == "locked")
            return StepOutcome::done(Value::boolean(m_lock.isLocked()));
        if (step.question == "owner")
            return StepOutcome::done(ownerOf(m_run, m_lock.holder()));
        if (step.question == "waiting")
            return StepOutcome::done(Value::integer(static_cast<std::int64_t>(m_lock.waiting())));
        return notForThisObject(step);
    }

    [[nodiscard]] Lock& lock() { return m_lock; }

private:
    ProgramRun& m_run;
    Lock m_lock;
};

using MutexObject = ExclusiveObject<Mutex>;
using RecursiveMutexObject = ExclusiveObject<RecursiveMutex>;

class ConditionObject final : public RunObject
{
public:
    template <typename Lock>
    ConditionObject(Lock& lock, ObjectId object, ConditionOptions options)
        : m_condition(lock, object, options)
    {
    }

    StepOutcome perform(const ObjectStep& step) override
    {
        if (step.operation == Operation::WaitCondition)
            return outcomeOf(m_condition.wait(step.deadline));
        if (step.operation == Operation::Notify)
            return notify(step);
        if (step.question == "waiting")
            return StepOutcome::done(
                Value::integer(static_cast<std::int64_t>(m_condition.waiting())));
        return notForThisObject(step);
    }

private:
    StepOutcome notify(const ObjectStep& step)
    {
        if (step.mode == 'a')
            return outcomeOf(ignoringCount(m_condition.notifyAll()));
        const std::int64_t units = step.units();
        if (units < 0)
            return StepOutcome::raised(kBadValue, kNotifiesFewerThanNone);
        return outcomeOf(ignoringCount(m_condition.notify(static_cast<std::size_t>(units))));
    }

    static Result<void> ignoringCount(const Result<std::size_t>& notified)
    {
        return notified ? Result<void>() : Result<void>(notified.error());
    }

    Condition m_condition;
};

class ReadWriteObject final : public RunObject
{
public:
    explicit ReadWriteObject(ObjectId object)
        : m_lock(object)
    {
    }

    StepOutcome perform(const ObjectStep& step) override
    {
        const bool forReading = step.mode == 'r';
        if (step.operation == Operation::Lock)
            return outcomeOf(
                forReading ? m_lock.lockRead(step.deadline) : m_lock.lockWrite(step.deadline));
        if (step.operation == Operation::Unlock)
            return outcomeOf(forReading ? m_lock.unlockRead() : m_lock.unlockWrite());
        if (step.question == "locked")
            return StepOutcome::done(Value::boolean(m_lock.isWriting() || m_lock.readers() > 0));
        if (step.question == "waiting")
            return StepOutcome::done(Value::integer(static_cast<std::int64_t>(m_lock.waiting())));
        return notForThisObject(step);
    }

private:
    ReadWriteLock m_lock;
};

} // namespace

std::unique_ptr<RunObject> makeMutex(const ObjectPlan& plan)
{
    return std::make_unique<MutexObject>(
        plan.run, define(plan), MutexOptions{lockOrder(plan), UnlockBy::HolderOnly});
}

std::unique_ptr<RunObject> makeRecursiveMutex(const ObjectPlan& plan)
{
    return std::make_unique<RecursiveMutexObject>(plan.run, define(plan), lockOrder(plan));
}

std::unique_ptr<RunObject> makeReadWriteLock(const ObjectPlan& plan)
{
    return std::make_unique<ReadWriteObject>(define(plan));
}

std::unique_ptr<RunObject> makeCondition(const ObjectPlan& plan)
{
    ConditionOptions options;
    options.order = plan.run.code().options.notifyFirst ? NotifyOrder::Fifo : NotifyOrder::Any;
    options.notifyBy = NotifyBy::AnyThread;
    options.spurious =
        plan.run.code().options.spuriousWakeups ? SpuriousWakeups::Rarely : SpuriousWakeups::Never;
    options.seed = plan.run.options().seed;
    if (auto* mutex = dynamic_cast<MutexObject*>(plan.mutex))
        return std::make_unique<ConditionObject>(mutex->lock(), define(plan), options);
    auto* recursive = dynamic_cast<RecursiveMutexObject*>(plan.mutex);
    HEDDLE_ASSERT(recursive != nullptr, "a condition is declared on a mutex or an rlock");
    return std::make_unique<ConditionObject>(recursive->lock(), define(plan), options);
}

} // namespace heddle

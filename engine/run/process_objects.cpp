// SPDX-License-Identifier: Apache-2.0
#include "engine/run/process_objects.h"

#include "engine/base/futex.h"
#include "engine/base/interruption.h"
#include "engine/base/object_refusals.h"
#include "engine/record/recorder.h"
#include "engine/run/program_run.h"
#include "engine/run/runner_table.h"

#include <algorithm>
#include <atomic>
#include <climits>
#include <functional>

namespace heddle {

namespace {

/// One word in the memory of all processes, and the wait for what it has to become.
class SharedWord
{
public:
    explicit SharedWord(std::uint32_t first)
        : m_word(first)
    {
    }

    [[nodiscard]] std::atomic<std::uint32_t>& word() { return m_word; }
    [[nodiscard]] std::int64_t waiting() const { return m_waiting.load(); }

    void wake() { futexWake(m_word, INT_MAX, FutexScope::SharedMemory); }

    /// Until `take`, which gets the word as it is, has been successful.
    StepOutcome wait(ObjectId object, State shownAs, Deadline deadline,
        const std::function<bool(std::uint32_t)>& take)
    {
        if (take(m_word.load())) {
            reportHas(object);
            return StepOutcome::done();
        }
        if (deadline.isOver())
            return StepOutcome::gaveUp();
        reportWants(object, shownAs, deadline);
        m_waiting.fetch_add(1);
        StepOutcome outcome = sleep(object, deadline, take);
        m_waiting.fetch_sub(1);
        return outcome;
    }

private:
    StepOutcome sleep(
        ObjectId object, Deadline deadline, const std::function<bool(std::uint32_t)>& take)
    {
        for (;;) {
            const std::uint32_t seen = m_word.load();
            if (take(seen)) {
                reportHas(object);
                return StepOutcome::done();
            }
            if (hasInterruption() && runInterruptions() == AfterInterruption::GiveUp) {
                reportGaveUp(object, EndOfWait::Cancelled);
                return StepOutcome::of(interruptedError("wait"));
            }
            if (deadline.isOver()) {
                reportGaveUp(object, EndOfWait::TimedOut);
                return StepOutcome::gaveUp();
            }
            futexWaitInterruptibly(m_word, seen, deadline, FutexScope::SharedMemory);
        }
    }

    std::atomic<std::uint32_t> m_word;
    std::atomic<std::int64_t> m_waiting{0};
};

class ProcessEvent final : public RunObject
{
public:
    explicit ProcessEvent(const ObjectPlan& plan)
        : m_object(defineObject(plan.declaration.kind, plan.name))
    {
    }

    StepOutcome perform(const ObjectStep& step) override
    {
        switch (step.operation) {
        case Operation::Wait:
            return m_isSet.wait(m_object, State::WaitCondition, step.deadline,
                [](std::uint32_t isSet) { return isSet != 0; });
        case Operation::Set:
            record(EventKind::WasSet, m_object.value);
            m_isSet.word().store(1);
            m_isSet.wake();
            return StepOutcome::done();
        case Operation::Clear:
            m_isSet.word().store(0);
            record(EventKind::WasCleared, m_object.value);
            return StepOutcome::done();
        default:
            break;
        }
        if (step.question == "is_set")
            return StepOutcome::done(Value::boolean(m_isSet.word().load() != 0));
        if (step.question == "waiting")
            return StepOutcome::done(Value::integer(m_isSet.waiting()));
        return notForThisObject(step);
    }

private:
    ObjectId m_object;
    SharedWord m_isSet{0};
};

class ProcessSemaphore final : public RunObject
{
public:
    explicit ProcessSemaphore(const ObjectPlan& plan)
        : m_object(defineObject(plan.declaration.kind, plan.name))
        , m_maximum(std::min<std::int64_t>(plan.declaration.maximum.value_or(UINT_MAX), UINT_MAX))
        , m_units(static_cast<std::uint32_t>(plan.declaration.initial))
    {
        reportLevel(m_object, plan.declaration.initial);
    }

    StepOutcome perform(const ObjectStep& step) override
    {
        if (step.operation == Operation::Acquire)
            return acquire(step);
        if (step.operation == Operation::Release)
            return release(step.units());
        if (step.question == "value")
            return StepOutcome::done(Value::integer(m_units.word().load()));
        if (step.question == "waiting")
            return StepOutcome::done(Value::integer(m_units.waiting()));
        return notForThisObject(step);
    }

private:
    StepOutcome acquire(const ObjectStep& step)
    {
        const std::int64_t wanted = step.units();
        if (wanted < 1)
            return StepOutcome::raised(kBadValue, kTooFewUnits);
        StepOutcome outcome =
            m_units.wait(m_object, State::WaitLock, step.deadline, [&](std::uint32_t units) {
                while (units >= wanted) {
                    const auto left = static_cast<std::uint32_t>(units - wanted);
                    if (m_units.word().compare_exchange_weak(units, left))
                        return true;
                }
                return false;
            });
        if (outcome.kind == StepOutcome::Kind::Done)
            reportLevel(m_object, m_units.word().load());
        return outcome;
    }

    StepOutcome release(std::int64_t given)
    {
        if (given < 1)
            return StepOutcome::raised(kBadValue, kTooFewUnits);
        std::uint32_t units = m_units.word().load();
        do {
            if (units + given > m_maximum)
                return StepOutcome::raised("Overflow", kTooManyUnits);
        } while (!m_units.word().compare_exchange_weak(
            units, static_cast<std::uint32_t>(units + given)));
        reportReleased(m_object, static_cast<std::uint64_t>(given));
        reportLevel(m_object, units + given);
        m_units.wake();
        return StepOutcome::done();
    }

    ObjectId m_object;
    std::int64_t m_maximum;
    SharedWord m_units;
};

/// The word is the ActorId of the holder, or 0. A holder that is killed never gives it back.
class ProcessMutex final : public RunObject
{
public:
    explicit ProcessMutex(const ObjectPlan& plan)
        : m_run(plan.run)
        , m_object(defineObject(plan.declaration.kind, plan.name))
    {
    }

    StepOutcome perform(const ObjectStep& step) override
    {
        if (step.operation == Operation::Lock)
            return lock(step.deadline);
        if (step.operation == Operation::Unlock)
            return unlock();
        if (step.question == "locked")
            return StepOutcome::done(Value::boolean(m_holder.word().load() != 0));
        if (step.question == "waiting")
            return StepOutcome::done(Value::integer(m_holder.waiting()));
        if (step.question == "owner")
            return StepOutcome::done(owner());
        return notForThisObject(step);
    }

private:
    StepOutcome lock(Deadline deadline)
    {
        const std::uint32_t self = currentActor().value;
        StepOutcome outcome =
            m_holder.wait(m_object, State::WaitLock, deadline, [&](std::uint32_t holder) {
                return holder == 0 && m_holder.word().compare_exchange_strong(holder, self);
            });
        if (outcome.kind == StepOutcome::Kind::Done)
            reportHolder(m_object, currentActor());
        return outcome;
    }

    StepOutcome unlock()
    {
        if (m_holder.word().load() != currentActor().value)
            return StepOutcome::raised("NotOwner", kNotHeldByCaller);
        reportHolder(m_object, {});
        reportReleased(m_object);
        m_holder.word().store(0);
        m_holder.wake();
        return StepOutcome::done();
    }

    Value owner()
    {
        const std::int64_t handle = m_run.actors().handleOf(ActorId{m_holder.word().load()});
        return handle < 0 ? Value::none() : Value::handle(handle);
    }

    ProgramRun& m_run;
    ObjectId m_object;
    SharedWord m_holder{0};
};

/// Whether a condition works with this mutex.
bool hasCondition(const ObjectPlan& plan)
{
    const std::vector<ObjectDeclaration>& objects = plan.run.code().objects;
    return std::any_of(objects.begin(), objects.end(), [&](const ObjectDeclaration& object) {
        return object.mutex >= 0
            && &objects[static_cast<std::size_t>(object.mutex)] == &plan.declaration;
    });
}

} // namespace

std::shared_ptr<RunObject> makeProcessObject(const ObjectPlan& plan)
{
    SharedArena& arena = plan.run.arena();
    switch (plan.declaration.kind) {
    case PrimitiveKind::Event:
        return arena.share<RunObject, ProcessEvent>(plan);
    case PrimitiveKind::Semaphore:
        return arena.share<RunObject, ProcessSemaphore>(plan);
    case PrimitiveKind::Mutex:
        return hasCondition(plan) ? nullptr : arena.share<RunObject, ProcessMutex>(plan);
    default:
        return nullptr;
    }
}

} // namespace heddle

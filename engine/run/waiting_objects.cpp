// SPDX-License-Identifier: Apache-2.0
#include "engine/record/recorder.h"
#include "engine/run/program_run.h"
#include "engine/run/thread_objects.h"
#include "engine/threads/barrier.h"
#include "engine/threads/event.h"
#include "engine/threads/latch.h"
#include "engine/threads/queue.h"
#include "engine/threads/semaphore.h"

#include <utility>

namespace heddle {

namespace {

ObjectId define(const ObjectPlan& plan)
{
    return defineObject(plan.declaration.kind, plan.name);
}

StepOutcome count(std::size_t number)
{
    return StepOutcome::done(Value::integer(static_cast<std::int64_t>(number)));
}

class SemaphoreObject final : public RunObject
{
public:
    explicit SemaphoreObject(const ObjectPlan& plan)
        : m_semaphore(plan.declaration.initial, plan.declaration.maximum, define(plan))
    {
    }

    StepOutcome perform(const ObjectStep& step) override
    {
        if (step.operation == Operation::Acquire)
            return outcomeOf(m_semaphore.acquire(step.units(), step.deadline));
        if (step.operation == Operation::Release)
            return outcomeOf(m_semaphore.release(step.units()));
        if (step.question == "value")
            return StepOutcome::done(Value::integer(m_semaphore.value()));
        if (step.question == "waiting")
            return count(m_semaphore.waiting());
        return notForThisObject(step);
    }

private:
    Semaphore m_semaphore;
};

class EventObject final : public RunObject
{
public:
    explicit EventObject(const ObjectPlan& plan)
        : m_event(define(plan))
    {
    }

    StepOutcome perform(const ObjectStep& step) override
    {
        switch (step.operation) {
        case Operation::Wait:
            return outcomeOf(m_event.wait(step.deadline));
        case Operation::Set:
            m_event.set();
            return StepOutcome::done();
        case Operation::Clear:
            m_event.clear();
            return StepOutcome::done();
        default:
            break;
        }
        if (step.question == "is_set")
            return StepOutcome::done(Value::boolean(m_event.isSet()));
        if (step.question == "waiting")
            return count(m_event.waiting());
        return notForThisObject(step);
    }

private:
    Event m_event;
};

class BarrierObject final : public RunObject
{
public:
    explicit BarrierObject(const ObjectPlan& plan)
        : m_barrier(static_cast<std::uint32_t>(plan.declaration.initial), define(plan))
    {
    }

    StepOutcome perform(const ObjectStep& step) override
    {
        switch (step.operation) {
        case Operation::Arrive:
            return arrive(step);
        case Operation::Abort:
            m_barrier.abort();
            return StepOutcome::done();
        case Operation::Clear:
            m_barrier.reset();
            return StepOutcome::done();
        default:
            break;
        }
        if (step.question == "waiting")
            return count(m_barrier.waiting());
        if (step.question == "broken")
            return StepOutcome::done(Value::boolean(m_barrier.isBroken()));
        return notForThisObject(step);
    }

private:
    StepOutcome arrive(const ObjectStep& step)
    {
        const Result<std::uint32_t> order = m_barrier.arrive(step.deadline);
        return order ? StepOutcome::done(Value::integer(*order)) : StepOutcome::of(order.error());
    }

    Barrier m_barrier;
};

class LatchObject final : public RunObject
{
public:
    explicit LatchObject(const ObjectPlan& plan)
        : m_latch(plan.declaration.initial, define(plan))
    {
    }

    StepOutcome perform(const ObjectStep& step) override
    {
        if (step.operation == Operation::Wait)
            return outcomeOf(m_latch.wait(step.deadline));
        if (step.operation == Operation::Finish)
            return outcomeOf(m_latch.countDown());
        if (step.question == "value")
            return StepOutcome::done(Value::integer(m_latch.count()));
        if (step.question == "waiting")
            return count(m_latch.waiting());
        return notForThisObject(step);
    }

private:
    Latch m_latch;
};

QueueOrder queueOrder(char order)
{
    switch (order) {
    case 'l':
        return QueueOrder::Lifo;
    case 'p':
        return QueueOrder::Priority;
    default:
        return QueueOrder::Fifo;
    }
}

QueueOptions queueOptions(const ObjectPlan& plan)
{
    QueueOptions options;
    if (plan.declaration.maximum)
        options.most = static_cast<std::size_t>(*plan.declaration.maximum);
    options.order = queueOrder(plan.declaration.order);
    options.object = define(plan);
    return options;
}

class QueueObject final : public RunObject
{
public:
    explicit QueueObject(const ObjectPlan& plan)
        : m_queue(queueOptions(plan))
    {
    }

    StepOutcome perform(const ObjectStep& step) override
    {
        switch (step.operation) {
        case Operation::Put:
            return outcomeOf(m_queue.put(step.value, step.deadline));
        case Operation::Get:
            return get(step);
        case Operation::Join:
            return outcomeOf(m_queue.join(step.deadline));
        case Operation::Finish:
            return outcomeOf(m_queue.taskDone());
        case Operation::Close:
            return close(step);
        default:
            return answer(step);
        }
    }

private:
    StepOutcome get(const ObjectStep& step)
    {
        Result<Value> item = m_queue.get(step.deadline);
        return item ? StepOutcome::done(std::move(*item)) : StepOutcome::of(item.error());
    }

    StepOutcome close(const ObjectStep& step)
    {
        if (step.mode == 'n')
            m_queue.closeNow();
        else
            m_queue.close();
        return StepOutcome::done();
    }

    StepOutcome answer(const ObjectStep& step)
    {
        if (step.question == "len")
            return count(m_queue.size());
        if (step.question == "full")
            return StepOutcome::done(Value::boolean(m_queue.isFull()));
        if (step.question == "empty")
            return StepOutcome::done(Value::boolean(m_queue.isEmpty()));
        if (step.question == "waiting")
            return count(m_queue.waiting());
        return notForThisObject(step);
    }

    Queue<Value> m_queue;
};

} // namespace

std::unique_ptr<RunObject> makeSemaphore(const ObjectPlan& plan)
{
    return std::make_unique<SemaphoreObject>(plan);
}

std::unique_ptr<RunObject> makeEvent(const ObjectPlan& plan)
{
    return std::make_unique<EventObject>(plan);
}

std::unique_ptr<RunObject> makeBarrier(const ObjectPlan& plan)
{
    return std::make_unique<BarrierObject>(plan);
}

std::unique_ptr<RunObject> makeLatch(const ObjectPlan& plan)
{
    return std::make_unique<LatchObject>(plan);
}

std::unique_ptr<RunObject> makeQueue(const ObjectPlan& plan)
{
    return std::make_unique<QueueObject>(plan);
}

} // namespace heddle

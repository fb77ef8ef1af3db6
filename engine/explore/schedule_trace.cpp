// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/schedule_trace.h"

#include "engine/explore/deadlock_text.h"
#include "engine/explore/event_sink.h"
#include "engine/explore/step_recorder.h"
#include "engine/explore/wait_recorder.h"
#include "engine/model/trace/trace_builder.h"

#include <string>
#include <vector>

namespace heddle {

namespace {

/// The one processor of the model: it goes from one actor to the next.
class ModelProcessor
{
public:
    explicit ModelProcessor(EventSink& sink)
        : m_sink(sink)
    {
    }

    void give(std::int32_t actor)
    {
        if (actor == m_running)
            return;
        take(true);
        m_sink.add(-1, EventKind::SwitchedIn, EventSink::idOf(actor), 0);
        m_running = actor;
    }

    /// The actor stops; it waits or has ended, unless it could go on.
    void take(bool couldGoOn)
    {
        if (m_running < 0)
            return;
        m_sink.setLine(-1, couldGoOn ? 1 : 0);
        m_sink.add(-1, EventKind::SwitchedOut, EventSink::idOf(m_running), 0);
        m_sink.setLine(-1, 0);
        m_running = -1;
    }

private:
    EventSink& m_sink;
    std::int32_t m_running = -1;
};

/// Each actor of a ring, or everybody who waits.
void recordDeadlock(EventSink& sink, const ExploredMoment& last)
{
    std::vector<const ExploredActor*> stuck = waitRing(last);
    if (stuck.empty())
        for (const ExploredActor& actor : last.actors)
            if (actor.standing == ExploredActor::Standing::Waits)
                stuck.push_back(&actor);
    for (const ExploredActor* actor : stuck)
        sink.add(actor->number, EventKind::Deadlocked, stuck.size());
}

} // namespace

std::shared_ptr<const Trace> scheduleTrace(Machine& machine, const WalkedPath& path,
    const ExploredMoment& last, std::int64_t stepNanoseconds, const std::string& text)
{
    TraceBuilder builder;
    EventSink sink(builder);
    StepRecorder steps(machine, path, sink);
    WaitRecorder waits(machine, path, sink);
    ModelProcessor processor(sink);
    steps.recordStart();
    waits.recordBeginnings(0);
    const auto count = static_cast<std::int64_t>(path.stepCount());
    for (std::int64_t number = 1; number <= count; ++number) {
        const auto step = static_cast<std::size_t>(number);
        const std::int32_t actor = path.schedule.steps[step - 1].actor;
        processor.give(actor);
        steps.recordBegin(step);
        sink.setTime(number * stepNanoseconds);
        steps.recordWork(step);
        waits.recordEnds(step);
        waits.recordUncontended(step);
        StepList next(machine.width());
        machine.expand(path.states[step], actor, next);
        if (next.empty())
            processor.take(false);
        steps.recordLives(step);
        waits.recordBeginnings(step);
    }
    if (last.isDeadlock)
        recordDeadlock(sink, last);
    RecorderFigures figures;
    figures.events = sink.count();
    figures.schedulerData = "model";
    builder.setRecorder(figures);
    builder.setProperty("program", machine.code().title);
    if (!text.empty())
        builder.setProperty(Trace::kTextProperty, text);
    builder.setProperty(Trace::kStepProperty, std::to_string(stepNanoseconds));
    builder.setEnd((count + 1) * stepNanoseconds);
    builder.finish();
    return builder.trace();
}

} // namespace heddle

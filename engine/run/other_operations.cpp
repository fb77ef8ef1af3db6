// SPDX-License-Identifier: Apache-2.0
#include "engine/run/other_operations.h"

#include "engine/base/descriptor_wait.h"
#include "engine/model/program/refusals.h"
#include "engine/record/recorder.h"
#include "engine/run/actor_thread.h"
#include "engine/run/pause.h"
#include "engine/run/source_line.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include <sched.h>

namespace heddle {

namespace {

StepOutcome nothingToChoose()
{
    return StepOutcome::raised("Missing", kNothingToChoose);
}

StepOutcome needsDuration()
{
    return StepOutcome::raised(kBadValue, kNeedsDuration);
}

std::uint64_t asRecorded(nanoseconds duration)
{
    return duration.count() > 0 ? static_cast<std::uint64_t>(duration.count()) : 0;
}

/// The number of the item, of `count`.
std::int64_t drawItem(ActorThread& actor, std::int64_t count)
{
    const std::optional<std::int64_t> forced = actor.gate().decision();
    return forced ? std::clamp<std::int64_t>(*forced, 0, count - 1) : actor.random(0, count - 1);
}

} // namespace

StepOutcome compute(ActorThread& actor, const Instruction& instruction)
{
    if (!actor.value(instruction.a).is(ValueKind::Duration))
        return needsDuration();
    const nanoseconds work = actor.run().scaled(actor.value(instruction.a).number());
    actor.gate().expectLong(work);
    record(EventKind::ComputeBegan, 0, asRecorded(work), recordedLine(instruction.line));
    burnProcessor(work);
    record(EventKind::ComputeEnded, 0, 0, recordedLine(instruction.line));
    return StepOutcome::done();
}

StepOutcome sleepFor(ActorThread& actor, const Instruction& instruction)
{
    if (!actor.value(instruction.a).is(ValueKind::Duration))
        return needsDuration();
    const nanoseconds time = actor.run().scaled(actor.value(instruction.a).number());
    actor.gate().expectLong(time);
    record(EventKind::SleepBegan, 0, asRecorded(time), recordedLine(instruction.line));
    const Result<void> slept = sleepUntil(Deadline::after(time));
    record(EventKind::SleepEnded, 0, 0, recordedLine(instruction.line));
    return outcomeOf(slept);
}

StepOutcome yieldProcessor(ActorThread& /*actor*/, const Instruction& /*instruction*/)
{
    static_cast<void>(sched_yield()); // it cannot fail on Linux
    return StepOutcome::done();
}

StepOutcome say(ActorThread& actor, const Instruction& instruction)
{
    const Value& text = actor.value(instruction.a);
    const OutputStream stream =
        instruction.mode == 'e' ? OutputStream::Error : OutputStream::Standard;
    actor.run().output().say(
        actor.record().name, stream, displayText(text, &actor), instruction.line);
    return StepOutcome::done();
}

StepOutcome progress(ActorThread& /*actor*/, const Instruction& instruction)
{
    record(EventKind::Progressed, 0, 0, recordedLine(instruction.line));
    return StepOutcome::done();
}

StepOutcome assertTrue(ActorThread& actor, const Instruction& instruction)
{
    if (actor.value(instruction.a).isTrue())
        return StepOutcome::done();
    const Value& text = actor.value(instruction.b);
    return StepOutcome::assertionFailed(
        text.is(ValueKind::None) ? std::string() : displayText(text, &actor));
}

StepOutcome choose(ActorThread& actor, const Instruction& instruction)
{
    const Value& from = actor.value(instruction.a);
    if (instruction.mode == 'r') {
        const std::int64_t high = actor.value(instruction.b).number();
        if (from.number() > high)
            return nothingToChoose();
        return StepOutcome::done(
            Value::integer(from.number() + drawItem(actor, high - from.number() + 1)));
    }
    const Evaluated all = itemsOf(from);
    if (all.isRaised())
        return StepOutcome::of(all);
    const ListValue& items = all.value.asList();
    if (items.empty())
        return nothingToChoose();
    const auto count = static_cast<std::int64_t>(items.size());
    return StepOutcome::done(items[static_cast<std::size_t>(drawItem(actor, count))]);
}

StepOutcome beginAtomic(ActorThread& actor, const Instruction& /*instruction*/)
{
    actor.beginAtomic();
    return StepOutcome::done();
}

StepOutcome endAtomic(ActorThread& actor, const Instruction& /*instruction*/)
{
    actor.endAtomic();
    return StepOutcome::done();
}

} // namespace heddle

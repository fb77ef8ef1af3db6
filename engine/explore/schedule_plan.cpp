// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/schedule_plan.h"

#include "engine/explore/stepper.h"

#include <algorithm>

namespace heddle {

namespace {

using Course = ForcedStep::Course;
using State = std::span<const Cell>;

constexpr std::int32_t kSpareActors = 64;

Course courseOfWaiting(Phase before, const StepNotes& notes)
{
    if (before == Phase::Parked)
        return notes.timedOut ? Course::LimitOver : Course::WakesUp;
    if (before == Phase::Meeting)
        return Course::LimitOver;
    return before == Phase::RetakingLate ? Course::ResumesLate : Course::Resumes;
}

/// Whether it has something that the gates of real threads do not reach.
bool hasProcessesOrSignals(const Code& code)
{
    return code.hasProcesses() || !code.commands.empty() || !code.handlers.empty()
        || std::any_of(code.instructions.begin(), code.instructions.end(),
            [](const auto& one) { return one.operation >= Operation::Read; });
}

/// A fresh actor's step is its first operation, unless others can tell what comes before it.
bool startsOnly(Machine& machine, State state, std::int32_t actor)
{
    const Cell fresh = state[machine.actorCell(actor)];
    return machine.beginRoutine(state, actor, fresh) == fresh;
}

Course courseOf(
    Machine& machine, State before, State after, std::int32_t actor, const StepNotes& notes)
{
    const Phase phase = machine.local(before, actor).phase;
    if (phase == Phase::Pending)
        return Course::Fires;
    if (phase == Phase::Fresh && startsOnly(machine, before, actor))
        return Course::Starts;
    if (phase != Phase::Fresh && phase != Phase::Ready)
        return courseOfWaiting(phase, notes);
    const Phase next = machine.local(after, actor).phase;
    if (next == Phase::Parked || next == Phase::Meeting)
        return Course::Parks;
    if (next == Phase::RetakingLate)
        return Course::PassesBy;
    return notes.timedOut ? Course::GivesUp : Course::GoesOn;
}

std::int32_t instructionOf(Machine& machine, State state, std::int32_t actor)
{
    const Cell cell = state[machine.actorCell(actor)];
    const LocalState& local = machine.locals().local(cell);
    if (local.phase != Phase::Fresh)
        return local.state.frames.back().next;
    return machine.locals()
        .local(machine.beginRoutine(state, actor, cell))
        .state.frames.back()
        .next;
}

/// Who waits at a condition before the step and does not any more behind it.
std::vector<std::int64_t> wokenBetween(
    const Machine& machine, State before, State after, std::int32_t notifier)
{
    std::vector<std::int64_t> woken;
    for (std::int32_t actor = 0; actor < machine.actorCount(); ++actor) {
        if (actor != notifier && machine.isStarted(before, actor)
            && machine.local(before, actor).phase == Phase::Parked
            && machine.local(after, actor).phase == Phase::Retaking)
            woken.push_back(actor);
    }
    return woken;
}

ForcedStep forcedStep(Machine& machine, State before, const Stepper& stepper, ScheduledStep step)
{
    const State after = stepper.state();
    ForcedStep forced;
    forced.actor = step.actor;
    forced.actorName = std::move(step.actorName);
    forced.line = step.line;
    forced.text = std::move(step.text);
    forced.course = courseOf(machine, before, after, forced.actor, stepper.notes());
    if (forced.course != Course::Starts && forced.course != Course::Fires)
        forced.instruction = instructionOf(machine, before, forced.actor);
    forced.decisions = stepper.notes().decisions;
    forced.wakes = wokenBetween(machine, before, after, forced.actor);
    return forced;
}

} // namespace

Result<ForcedSchedule> planSchedule(
    const std::shared_ptr<const Code>& code, const Schedule& schedule)
{
    if (const std::optional<Sentence> obstacle = Machine::obstacle(*code))
        return Error{ErrorKind::NotSupported, 0, "replay", obstacle->text() + "."};
    if (code->options.totalStoreOrder)
        return Error{ErrorKind::NotSupported, 0, "replay",
            "Under \"option memory tso\" the processor decides when a write is seen."};
    if (hasProcessesOrSignals(*code))
        return Error{ErrorKind::NotSupported, 0, "replay",
            "Real processes, commands and signals cannot be forced through a schedule yet."};
    MachineOptions options;
    options.spareActors = kSpareActors;
    Machine machine(code, options);
    Stepper stepper(machine);
    ForcedSchedule plan;
    for (ScheduledStep step : schedule.steps) {
        if (machine.isEnd(stepper.state()))
            break;
        const std::vector<Cell> before(stepper.state().begin(), stepper.state().end());
        const Result<void> moved = stepper.move(step);
        if (!moved)
            return Error{ErrorKind::BadProgram, 0, "replay",
                "Step " + std::to_string(plan.steps.size() + 1) + ": " + moved.error().detail};
        plan.steps.push_back(forcedStep(machine, before, stepper, std::move(step)));
    }
    plan.endsProgram = machine.isEnd(stepper.state());
    return plan;
}

} // namespace heddle

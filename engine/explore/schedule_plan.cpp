// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/schedule_plan.h"

#include "engine/explore/machine_processes.h"
#include "engine/explore/plan_obstacles.h"
#include "engine/explore/stepper.h"

namespace heddle {

namespace {

using Course = ForcedStep::Course;
using State = std::span<const Cell>;

Course courseOfWaiting(Phase before, const StepNotes& notes)
{
    if (before == Phase::Parked)
        return notes.timedOut ? Course::LimitOver : Course::WakesUp;
    if (before == Phase::Meeting)
        return Course::LimitOver;
    return before == Phase::RetakingLate ? Course::ResumesLate : Course::Resumes;
}

/// A fresh actor's step is its first operation, unless others can tell what comes before it.
bool startsOnly(Machine& machine, State state, std::int32_t actor)
{
    const Cell fresh = state[machine.actorCell(actor)];
    return machine.beginRoutine(state, actor, fresh) == fresh;
}

/// Whether a program is over, or a process that was going in the state before.
bool endsProcess(const Machine& machine, State before, State after, std::int32_t actor)
{
    const std::int64_t process = processOf(machine, before, actor);
    return after[Machine::kExitCell] != 0 || processRecord(machine, after, process).hasEnded;
}

/// Whether the actor is still at the operation that it was at: no handler has begun or ended.
bool isStillAtIt(const LocalState& before, const LocalState& after)
{
    return before.held.size() == after.held.size()
        && (before.phase == Phase::Fresh || after.state.frames.empty()
            || before.state.frames.back().next == after.state.frames.back().next);
}

Course courseOfStep(
    Machine& machine, State before, State after, std::int32_t actor, const StepNotes& notes)
{
    const Phase phase = machine.local(before, actor).phase;
    const Phase next = isStillAtIt(machine.local(before, actor), machine.local(after, actor))
        ? machine.local(after, actor).phase
        : Phase::Ready;
    if (next == Phase::Writing || next == Phase::Fed)
        return Course::DoesPart;
    if (phase == Phase::Writing || phase == Phase::Fed)
        return notes.timedOut ? Course::LimitOver : Course::Resumes;
    if (phase != Phase::Fresh && phase != Phase::Ready)
        return courseOfWaiting(phase, notes);
    if (next == Phase::Parked || next == Phase::Meeting || next == Phase::Pausing)
        return Course::Parks;
    if (next == Phase::RetakingLate)
        return Course::PassesBy;
    return notes.timedOut ? Course::GivesUp : Course::GoesOn;
}

Course courseOf(
    Machine& machine, State before, State after, std::int32_t actor, const StepNotes& notes)
{
    const Phase phase = machine.local(before, actor).phase;
    if (notes.delivered != 0)
        return endsProcess(machine, before, after, actor) ? Course::Ends : Course::Delivers;
    if (phase == Phase::Pending)
        return machine.identity(before, actor).isAlarm ? Course::Rings : Course::Fires;
    if (phase == Phase::Fresh && startsOnly(machine, before, actor))
        return Course::Starts;
    return courseOfStep(machine, before, after, actor, notes);
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

/// Processes and commands that are over behind the step; the program itself is not told of.
std::vector<ForcedEnd> endsBetween(const Machine& machine, State before, State after)
{
    std::vector<ForcedEnd> ends;
    for (std::int32_t process = 0;
         machine.layout().hasProcesses() && process < machine.actorCount(); ++process) {
        if (!hasProcess(machine, before, process)
            || processRecord(machine, before, process).hasEnded)
            continue;
        const ProcessRecord& record = processRecord(machine, after, process);
        if (record.hasEnded)
            ends.push_back({process, machine.actorName(after, process), record.exitCode});
    }
    return ends;
}

std::int64_t bytesWritten(const LocalState& before, const LocalState& after)
{
    const std::int64_t done = before.phase == Phase::Writing ? before.extra : 0;
    return after.phase == Phase::Writing ? after.extra - done : 0;
}

ForcedStep forcedStep(Machine& machine, State before, const Stepper& stepper, ScheduledStep step)
{
    const State after = stepper.state();
    ForcedStep forced;
    forced.actor = step.actor;
    forced.actorName = std::move(step.actorName);
    forced.line = step.line;
    forced.text = std::move(step.text);
    forced.course = courseOf(machine, before, after, step.actor, stepper.notes());
    forced.signal = stepper.notes().delivered;
    if (forced.course == Course::Rings)
        forced.actor = ForcedStep::alarmOf(processOf(machine, before, step.actor));
    const bool isOperation = forced.course != Course::Starts && forced.course != Course::Fires
        && forced.course != Course::Rings && forced.signal == 0;
    if (isOperation)
        forced.instruction = instructionOf(machine, before, step.actor);
    forced.decisions = stepper.notes().decisions;
    forced.wakes = wokenBetween(machine, before, after, step.actor);
    forced.ends = endsBetween(machine, before, after);
    if (forced.course == Course::DoesPart)
        forced.bytes =
            bytesWritten(machine.local(before, step.actor), machine.local(after, step.actor));
    return forced;
}

/// A command's step: who ends with it has ended behind the step before.
void addHidden(ForcedSchedule& plan, std::vector<ForcedEnd> ends)
{
    if (plan.steps.empty()) // somebody has started the command
        return;
    for (ForcedEnd& end : ends)
        plan.steps.back().ends.push_back(std::move(end));
}

/// Of the last step: "Step 7 (send SIGTERM to child by main in line 5): "
std::string placeOf(const ForcedSchedule& plan)
{
    const ForcedStep& step = plan.steps.back();
    const std::string line =
        step.line == 0 ? std::string() : " in line " + std::to_string(step.line);
    return "Step " + std::to_string(step.number) + " (" + step.text + " by " + step.actorName + line
        + "): ";
}

Error notSupported(std::string why)
{
    return Error{ErrorKind::NotSupported, 0, "replay", std::move(why)};
}

} // namespace

Result<ForcedSchedule> planSchedule(
    const std::shared_ptr<const Code>& code, const Schedule& schedule)
{
    if (std::optional<std::string> obstacle = obstacleToForcing(*code))
        return notSupported(*std::move(obstacle));
    MachineOptions options;
    options.spareActors = kMostSpareActors;
    Machine machine(code, options);
    Stepper stepper(machine);
    ForcedSchedule plan;
    for (std::size_t number = 1; number <= schedule.steps.size(); ++number) {
        if (machine.isEnd(stepper.state()))
            break;
        const std::vector<Cell> before(stepper.state().begin(), stepper.state().end());
        ScheduledStep step = schedule.steps[number - 1];
        const Result<void> moved = stepper.move(step);
        if (!moved)
            return Error{ErrorKind::BadProgram, 0, "replay",
                "Step " + std::to_string(number) + ": " + moved.error().detail};
        if (machine.identity(before, step.actor).kind == ActorKind::Command) {
            addHidden(plan, endsBetween(machine, before, stepper.state()));
            continue;
        }
        const std::int32_t actor = step.actor;
        plan.steps.push_back(forcedStep(machine, before, stepper, std::move(step)));
        plan.steps.back().number = number;
        const std::optional<std::string> obstacle =
            obstacleTo({machine, before, stepper.state(), actor}, plan.steps.back());
        if (obstacle)
            return notSupported(placeOf(plan) + *obstacle);
    }
    if (std::optional<std::string> obstacle = obstacleToEnd(machine, stepper.state()))
        return notSupported(*std::move(obstacle));
    plan.endsProgram = machine.isEnd(stepper.state());
    plan.holdsSignals = mayGetSignals(*code);
    return plan;
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/run/life_operations.h"

#include "engine/base/futex.h"
#include "engine/base/interruption.h"
#include "engine/model/program/refusals.h"
#include "engine/record/recorder.h"
#include "engine/run/actor_start.h"
#include "engine/run/actor_thread.h"
#include "engine/run/object_operations.h"
#include "engine/run/process_start.h"
#include "engine/run/run_command.h"
#include "engine/run/runner.h"
#include "engine/run/source_line.h"

#include <utility>
#include <vector>

namespace heddle {

namespace {

/// The record of a spawned element: its declared one the first time, a new one each further time. Null:
/// there is no room for one.
ActorRecord* recordFor(ActorThread& actor, const Instruction& instruction, std::int32_t element)
{
    ActorTable& actors = actor.run().actors();
    const ActorDeclaration& declared =
        actor.code().actors[static_cast<std::size_t>(instruction.target)];
    const Lifetime lifetime = declared.isDaemon ? Lifetime::IsDaemon : Lifetime::KeepsProgram;
    const Value& name = actor.value(instruction.b);
    if (!name.is(ValueKind::None))
        return actors.addNamed(declared.kind, displayText(name, &actor), lifetime);
    if (ActorRecord* first = actors.takeDeclared(instruction.target, element))
        return first;
    return actors.add(
        declared.kind, actor.code().instanceName(instruction.target, element), lifetime);
}

StepOutcome spawnElement(ActorThread& actor, const Instruction& instruction, std::int32_t element)
{
    const ActorDeclaration& declared =
        actor.code().actors[static_cast<std::size_t>(instruction.target)];
    ActorPlan plan;
    plan.routine = declared.routine;
    if (declared.isArray)
        plan.arguments.push_back(Value::integer(declared.low + element));
    for (Value& argument : actor.values(instruction.a, instruction.count))
        plan.arguments.push_back(std::move(argument));
    ActorRecord* placed = recordFor(actor, instruction, element);
    if (placed == nullptr)
        return StepOutcome::raised("NoResources", kNoRoomForActor);
    ActorRecord& record = *placed;
    heddle::record(EventKind::ActorCreated, record.id.value, 0, recordedLine(instruction.line));
    const std::string_view handle = actor.code().handleNameOf(actor.instructionNumber());
    if (!handle.empty())
        actor.run().channel().sendHandle(std::string(handle), std::string(record.name));
    const Result<void> started = declared.kind == ActorKind::Process
        ? startProcess(actor.run(), record, declared, plan)
        : startActor(actor.run(), record, std::move(plan));
    if (!started)
        return StepOutcome::of(started.error());
    actor.addChild(record.handle);
    return StepOutcome::done(Value::handle(record.handle));
}

StepOutcome spawnArray(ActorThread& actor, const Instruction& instruction, std::int32_t count)
{
    ListValue handles;
    for (std::int32_t element = 0; element < count; ++element) {
        StepOutcome one = spawnElement(actor, instruction, element);
        if (one.kind != StepOutcome::Kind::Done)
            return one;
        handles.push_back(std::move(one.value));
    }
    return StepOutcome::done(Value::list(std::move(handles)));
}

/// How a wait for an actor is given up, as a handler of a signal wants it.
StepOutcome interrupted(const ActorRecord& record)
{
    reportGaveUpActor(record.id, EndOfWait::Cancelled);
    return StepOutcome::of(interruptedError("join"));
}

/// Whether it ended with the exit code 0.
StepOutcome checked(const ActorRecord& record)
{
    const int code = record.exitCode.load();
    const bool hasFailed =
        record.phase.load() == static_cast<std::uint32_t>(ActorRecord::Phase::Failed);
    if (code == 0 && !hasFailed)
        return StepOutcome::done();
    return StepOutcome::raised(
        "ExitFailed", actorExitFailed(std::string(record.name), code == 0 ? 1 : code));
}

/// One step: when all have ended, they are taken together.
StepOutcome joinList(ActorThread& actor, const ListValue& handles, Deadline deadline, char mode)
{
    std::vector<const ActorRecord*> records;
    for (const Value& handle : handles) {
        records.push_back(
            handle.is(ValueKind::Handle) ? actor.run().actors().find(handle.number()) : nullptr);
        if (records.back() == nullptr)
            return StepOutcome::raised(kBadValue, kJoinNeedsActor);
    }
    for (const ActorRecord* record : records) {
        StepOutcome one = joinActor(*record, deadline);
        if (one.kind != StepOutcome::Kind::Done)
            return one;
    }
    for (const ActorRecord* record : records)
        if (RunCommand* command = actor.run().commands().find(record->handle))
            command->reap();
    for (const ActorRecord* record : records)
        if (StepOutcome one = checked(*record); mode == 'c' && one.kind != StepOutcome::Kind::Done)
            return one;
    return StepOutcome::done();
}

} // namespace

StepOutcome joinActor(const ActorRecord& record, Deadline deadline)
{
    if (record.hasEnded()) {
        reportHasActor(record.id);
        return StepOutcome::done();
    }
    if (deadline.isOver()) // `try` without a limit never waits
        return StepOutcome::gaveUp();
    reportWantsActor(record.id, deadline);
    for (;;) {
        const std::uint32_t phase = record.phase.load();
        if (record.hasEnded()) {
            reportHasActor(record.id);
            return StepOutcome::done();
        }
        if (hasInterruption() && runInterruptions() == AfterInterruption::GiveUp)
            return interrupted(record);
        if (futexWaitInterruptibly(record.phase, phase, deadline, FutexScope::SharedMemory)
                == FutexWait::TimedOut
            && !record.hasEnded()) {
            reportGaveUpActor(record.id, EndOfWait::TimedOut);
            return StepOutcome::gaveUp();
        }
    }
}

StepOutcome spawn(ActorThread& actor, const Instruction& instruction)
{
    const ActorDeclaration& declared =
        actor.code().actors[static_cast<std::size_t>(instruction.target)];
    if (declared.isArray && instruction.index == kNoRegister)
        return spawnArray(actor, instruction, declared.count);
    const ElementIndex found = actor.element(declared.count, declared.low, declared.name);
    if (found.problem.isRaised())
        return StepOutcome::of(found.problem);
    return spawnElement(actor, instruction, found.element);
}

StepOutcome join(ActorThread& actor, const Instruction& instruction)
{
    if (instruction.target >= 0)
        return useObject(actor, instruction);
    const Value handle = actor.value(instruction.a);
    const Deadline deadline = actor.deadline(instruction);
    return joinList(actor, handle.is(ValueKind::List) ? handle.asList() : ListValue{handle},
        deadline, instruction.mode);
}

StepOutcome joinAll(ActorThread& actor, const Instruction& instruction)
{
    ListValue handles;
    for (const std::int64_t child : actor.children())
        handles.push_back(Value::handle(child));
    return joinList(actor, handles, actor.deadline(instruction), instruction.mode);
}

StepOutcome cancel(ActorThread& actor, const Instruction& instruction)
{
    const Value& handle = actor.value(instruction.a);
    ActorRecord* record =
        handle.is(ValueKind::Handle) ? actor.run().actors().find(handle.number()) : nullptr;
    if (record == nullptr || record->kind != ActorKind::Timer)
        return StepOutcome::raised(kBadValue, kCancelNeedsTimer);
    if (!record->decide(ActorRecord::Fate::Cancelled))
        return StepOutcome::done(); // too late: nothing happens
    actor.gate().lookAgain();
    while (record->isAlive()) // a cancelled timer has ended, for everybody
        futexWait(record->phase, static_cast<std::uint32_t>(ActorRecord::Phase::Started),
            Deadline::never(), FutexScope::SharedMemory);
    return StepOutcome::done();
}

StepOutcome startTimer(ActorThread& actor, const Instruction& instruction)
{
    const Value& delay = actor.value(instruction.a);
    if (!delay.is(ValueKind::Duration))
        return StepOutcome::raised(kBadValue, kAfterNeedsDuration);
    ActorPlan plan;
    plan.routine = instruction.target;
    plan.arguments = actor.values(instruction.b, instruction.count);
    plan.delay = actor.run().scaled(delay.number());
    const std::string& name =
        actor.code().routines[static_cast<std::size_t>(instruction.target)].name;
    ActorRecord* record = actor.run().actors().add(ActorKind::Timer, name, Lifetime::KeepsProgram);
    if (record == nullptr)
        return StepOutcome::raised("NoResources", kNoRoomForActor);
    heddle::record(EventKind::ActorCreated, record->id.value, 0, recordedLine(instruction.line));
    const Result<void> started = startActor(actor.run(), *record, std::move(plan));
    if (!started)
        return StepOutcome::of(started.error());
    return StepOutcome::done(Value::handle(record->handle));
}

StepOutcome endRoutine(ActorThread& /*actor*/, const Instruction& /*instruction*/)
{
    return StepOutcome::done();
}

StepOutcome exitProgram(ActorThread& actor, const Instruction& instruction)
{
    const Value& code = actor.value(instruction.a);
    const bool isCode = code.is(ValueKind::None)
        || (code.is(ValueKind::Integer) && code.number() >= 0 && code.number() <= kLargestExitCode);
    if (!isCode)
        return StepOutcome::raised(kBadValue, std::string(kNeedsExitCode));
    if (actor.run().isProcessActor()) {
        actor.gate().leave();
        actor.run().leaveProcess(static_cast<int>(code.number()));
    }
    actor.run().life().requestExit(static_cast<int>(code.number()));
    endProgram(actor.run()); // the main thread may be anywhere
}

} // namespace heddle

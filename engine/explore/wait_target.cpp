// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/wait_target.h"

#include "engine/explore/machine_processes.h"
#include "engine/explore/machine_streams.h"
#include "engine/model/program/catalogue.h"

namespace heddle {

namespace {

/// Whether its next step cannot be what it is there for: only time could end it.
bool isHeldUp(Machine& machine, std::span<const Cell> state, std::int32_t actor)
{
    StepList steps(machine.width());
    machine.expand(state, actor, steps);
    if (steps.empty())
        return true;
    const Instruction& instruction = machine.nextInstruction(state, actor);
    if (instruction.limit == kNoRegister)
        return false;
    for (std::size_t choice = 0; choice < steps.size(); ++choice)
        if (!steps.notes(choice).timedOut)
            return false;
    return true;
}

std::vector<std::int32_t> goingOnes(
    const Machine& machine, std::span<const Cell> state, const ListValue& handles)
{
    std::vector<std::int32_t> going;
    for (const Value& handle : handles) {
        const auto actor = static_cast<std::int32_t>(handle.number());
        const bool isThere =
            handle.is(ValueKind::Handle) && actor >= 0 && actor < machine.actorCount();
        if (isThere && !isOver(machine, state, actor))
            going.push_back(actor);
    }
    return going;
}

WaitTarget joinTarget(const Machine& machine, std::span<const Cell> state, std::int32_t actor)
{
    WaitTarget target;
    target.what = WaitTarget::What::Actors;
    target.shownAs = State::WaitActor;
    const LocalState& local = machine.local(state, actor);
    const Instruction& instruction = machine.nextInstruction(state, actor);
    ListValue handles;
    if (instruction.operation == Operation::JoinAll) {
        for (const std::int64_t child : local.children)
            handles.push_back(Value::handle(child));
    } else {
        const Value& joined = registerValue(local.state, instruction.a);
        handles = joined.is(ValueKind::List) ? joined.asList() : ListValue{joined};
    }
    target.actors = goingOnes(machine, state, handles);
    return target;
}

WaitTarget objectTarget(const Machine& machine, std::int32_t object)
{
    WaitTarget target;
    target.object = object;
    target.shownAs = primitiveRow(machine.declarationOf(object).kind).waitState;
    return target;
}

WaitTarget targetOf(WaitTarget::What what, State shownAs)
{
    WaitTarget target;
    target.what = what;
    target.shownAs = shownAs;
    return target;
}

WaitTarget pipeTarget(const Machine& machine, std::int32_t pipe)
{
    WaitTarget target = targetOf(WaitTarget::What::Pipe, State::WaitInput);
    target.pipe = pipe;
    target.object = machine.layout().objectOfPipe(pipe);
    return target;
}

/// A `communicate` waits for room in the input first, then for the command's end.
WaitTarget communicateTarget(
    const Machine& machine, std::span<const Cell> state, std::int32_t actor)
{
    const LocalState& local = machine.local(state, actor);
    const Value& command = registerValue(local.state, machine.nextInstruction(state, actor).a);
    if (local.phase != Phase::Fed && local.phase != Phase::Ready)
        return pipeTarget(machine, machine.layout().ownPipe(command.number(), 0));
    WaitTarget target = targetOf(WaitTarget::What::Actors, State::WaitActor);
    target.actors = goingOnes(machine, state, {command});
    return target;
}

/// What only programs with processes, pipes and signals wait for.
std::optional<WaitTarget> processTarget(
    const Machine& machine, std::span<const Cell> state, std::int32_t actor)
{
    const Instruction& next = machine.nextInstruction(state, actor);
    switch (next.operation) {
    case Operation::Read:
    case Operation::Write:
        return pipeTarget(machine, streamInUse(machine, state, actor, next.part).pipe);
    case Operation::Communicate:
        return communicateTarget(machine, state, actor);
    case Operation::Pause:
    case Operation::AwaitSignal:
        return targetOf(WaitTarget::What::Signal, State::WaitSignal);
    default:
        return std::nullopt;
    }
}

/// The condition's mutex.
std::int32_t mutexOf(const Machine& machine, std::int32_t condition)
{
    const ObjectDeclaration& declared = machine.declarationOf(condition);
    return machine.code().objects[static_cast<std::size_t>(declared.mutex)].first
        + declared.mutexElement;
}

} // namespace

std::optional<WaitTarget> waitTargetOf(
    Machine& machine, std::span<const Cell> state, std::int32_t actor)
{
    const bool isAlive = machine.isStarted(state, actor) && machine.isGoing(state, actor)
        && state[Machine::kExitCell] == 0;
    if (!isAlive)
        return std::nullopt;
    const LocalState& local = machine.local(state, actor);
    if (local.phase == Phase::Pending || local.phase == Phase::Fresh)
        return std::nullopt;
    if (local.spins)
        return targetOf(WaitTarget::What::Nothing, State::None);
    const std::int32_t object = machine.nextObject(state, actor);
    const bool isParked = local.phase == Phase::Parked || local.phase == Phase::Meeting;
    if (isParked)
        return objectTarget(machine, object);
    if (!isHeldUp(machine, state, actor))
        return std::nullopt;
    if (std::optional<WaitTarget> target = processTarget(machine, state, actor))
        return target;
    const Operation operation = machine.nextInstruction(state, actor).operation;
    if (local.phase == Phase::Retaking || local.phase == Phase::RetakingLate)
        return objectTarget(machine, mutexOf(machine, object));
    if (object >= 0)
        return objectTarget(machine, object);
    if (operation == Operation::Join || operation == Operation::JoinAll)
        return joinTarget(machine, state, actor);
    if (operation == Operation::Sleep || operation == Operation::Compute)
        return targetOf(WaitTarget::What::Time, State::WaitTime);
    if (operation == Operation::AwaitUntil)
        return targetOf(WaitTarget::What::Predicate, State::None);
    return std::nullopt; // there is no room for what it wants to start
}

} // namespace heddle

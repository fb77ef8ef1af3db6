// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/wait_target.h"

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
        if (isThere && (!machine.isStarted(state, actor) || machine.isGoing(state, actor)))
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
        return WaitTarget{WaitTarget::What::Nothing, -1, {}, State::None};
    const std::int32_t object = machine.nextObject(state, actor);
    const bool isParked = local.phase == Phase::Parked || local.phase == Phase::Meeting;
    if (isParked)
        return objectTarget(machine, object);
    if (!isHeldUp(machine, state, actor))
        return std::nullopt;
    const Operation operation = machine.nextInstruction(state, actor).operation;
    if (local.phase == Phase::Retaking || local.phase == Phase::RetakingLate)
        return objectTarget(machine, mutexOf(machine, object));
    if (object >= 0)
        return objectTarget(machine, object);
    if (operation == Operation::Join || operation == Operation::JoinAll)
        return joinTarget(machine, state, actor);
    if (operation == Operation::Sleep || operation == Operation::Compute)
        return WaitTarget{WaitTarget::What::Time, -1, {}, State::WaitTime};
    if (operation == Operation::AwaitUntil)
        return WaitTarget{WaitTarget::What::Predicate, -1, {}, State::None};
    return std::nullopt; // there is no room for what it wants to start
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/run/shared_operations.h"

#include "engine/base/interruption.h"
#include "engine/run/actor_thread.h"
#include "engine/run/pause.h"

#include <functional>

#include <sched.h>

namespace heddle {

namespace {

using Access = std::function<Evaluated(SharedVariable&)>;

/// Finds the element that the instruction means and does one access to it.
StepOutcome accessOnce(ActorThread& actor, const Instruction& instruction, const Access& access)
{
    const VariableDeclaration& declared =
        actor.code().shared[static_cast<std::size_t>(instruction.target)];
    const ElementIndex found = actor.element(declared.count, 0, declared.name);
    if (found.problem.isRaised())
        return StepOutcome::of(found.problem);
    const std::unique_lock<StepLock> lock = actor.accessLock();
    return StepOutcome::of(access(actor.run().variable(instruction.target, found.element)));
}

Operation operationOf(char mode)
{
    switch (mode) {
    case '-':
        return Operation::Subtract;
    case '*':
        return Operation::Multiply;
    default:
        return Operation::Add;
    }
}

} // namespace

StepOutcome loadShared(ActorThread& actor, const Instruction& instruction)
{
    return accessOnce(
        actor, instruction, [](const SharedVariable& variable) { return variable.load(); });
}

StepOutcome storeShared(ActorThread& actor, const Instruction& instruction)
{
    const Value& value = actor.value(instruction.a);
    return accessOnce(
        actor, instruction, [&](SharedVariable& variable) { return variable.store(value); });
}

StepOutcome storeSharedElement(ActorThread& actor, const Instruction& instruction)
{
    const Value& key = actor.value(instruction.b);
    const Value& item = actor.value(instruction.a);
    return accessOnce(actor, instruction, [&](SharedVariable& variable) {
        return variable.update(
            [&](const Value& container) { return replaceElement(container, key, item); });
    });
}

StepOutcome addShared(ActorThread& actor, const Instruction& instruction)
{
    const Value& amount = actor.value(instruction.a);
    const Operation operation = operationOf(instruction.mode);
    return accessOnce(actor, instruction, [&](SharedVariable& variable) {
        return variable.update(
            [&](const Value& old) { return applyBinary(operation, old, amount); });
    });
}

StepOutcome exchangeShared(ActorThread& actor, const Instruction& instruction)
{
    const Value& value = actor.value(instruction.a);
    return accessOnce(actor, instruction, [&](SharedVariable& variable) {
        return variable.update([&](const Value&) -> Evaluated { return value; });
    });
}

StepOutcome fetchAddShared(ActorThread& actor, const Instruction& instruction)
{
    const Value& amount = actor.value(instruction.a);
    return accessOnce(actor, instruction, [&](SharedVariable& variable) {
        return variable.update(
            [&](const Value& old) { return applyBinary(Operation::Add, old, amount); });
    });
}

StepOutcome compareExchangeShared(ActorThread& actor, const Instruction& instruction)
{
    const Value& expected = actor.value(instruction.a);
    const Value& wanted = actor.value(instruction.b);
    return accessOnce(actor, instruction, [&](SharedVariable& variable) -> Evaluated {
        Evaluated old = variable.update(
            [&](const Value& before) -> Evaluated { return before == expected ? wanted : before; });
        if (old.isRaised())
            return old;
        return Value::boolean(old.value == expected);
    });
}

StepOutcome awaitUntil(ActorThread& actor, const Instruction& instruction)
{
    constexpr int kEagerRounds = 200;
    constexpr nanoseconds kRest(50'000); // between two looks after these, which others may use
    const Deadline deadline = actor.deadline(instruction);
    for (int round = 0;; ++round) {
        const Evaluated condition = actor.condition();
        if (condition.isRaised())
            return StepOutcome::of(condition);
        if (condition.value.isTrue())
            return StepOutcome::done();
        if (hasInterruption() && runInterruptions() == AfterInterruption::GiveUp)
            return StepOutcome::of(interruptedError("await"));
        if (deadline.isOver())
            return StepOutcome::gaveUp();
        if (round < kEagerRounds)
            static_cast<void>(sched_yield()); // it cannot fail on Linux
        else
            pauseFor(kRest);
    }
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/run/object_operations.h"

#include "engine/model/program/catalogue.h"
#include "engine/run/actor_thread.h"

#include <utility>

namespace heddle {

namespace {

ElementIndex objectElement(ActorThread& actor, const Instruction& instruction)
{
    const ObjectDeclaration& declared =
        actor.code().objects[static_cast<std::size_t>(instruction.target)];
    return actor.element(declared.count, 0, declared.name);
}

/// Whether a schedule says what the query answers: who is about to wait may have begun to or not.
bool isLeftOpen(const Code& code, const Instruction& instruction)
{
    const auto row = static_cast<std::size_t>(instruction.function);
    return instruction.target >= 0 && functionRows()[row].name == "waiting"
        && !isWaitTwoSteps(code.objects[static_cast<std::size_t>(instruction.target)].kind);
}

} // namespace

StepOutcome useObject(ActorThread& actor, const Instruction& instruction)
{
    const ElementIndex found = objectElement(actor, instruction);
    if (found.problem.isRaised())
        return StepOutcome::of(found.problem);
    ObjectStep step;
    step.operation = instruction.operation;
    step.mode = instruction.mode;
    step.value = actor.value(instruction.a);
    step.deadline = actor.deadline(instruction);
    return actor.run().object(instruction.target, found.element).perform(step);
}

StepOutcome query(ActorThread& actor, const Instruction& instruction)
{
    ElementIndex found;
    if (instruction.target >= 0)
        found = objectElement(actor, instruction);
    if (found.problem.isRaised())
        return StepOutcome::of(found.problem);
    const std::unique_lock<StepLock> lock = actor.accessLock();
    Evaluated answer = actor.query(
        instruction.function, instruction.target, found.element, actor.value(instruction.a));
    if (isLeftOpen(actor.code(), instruction)) {
        if (const std::optional<std::int64_t> forced = actor.gate().decision())
            return StepOutcome::done(Value::integer(*forced));
    }
    return StepOutcome::of(std::move(answer));
}

} // namespace heddle

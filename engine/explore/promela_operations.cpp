// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/promela_operations.h"

namespace heddle {

const ObjectDeclaration& PromelaSite::object() const
{
    return program.code().objects[static_cast<std::size_t>(instruction.target)];
}

PromelaElement PromelaSite::element(std::int64_t low, std::int32_t count, Register index) const
{
    PromelaElement element{"0", {}, false};
    if (index == kNoRegister)
        return element;
    const PromelaTerm number = term(index);
    if (number.known.isConstant()) {
        const std::int64_t counted = number.known.constant.number() - low;
        element.isMissing =
            !number.known.constant.is(ValueKind::Integer) || counted < 0 || counted >= count;
        element.text = std::to_string(counted);
        return element;
    }
    element.isMissing = number.known.valueKind() != ValueKind::Integer;
    element.text = low == 0 ? number.text
        : low < 0           ? "(" + number.text + " + " + std::to_string(-low) + ")"
                            : "(" + number.text + " - " + std::to_string(low) + ")";
    if (number.known.low < low || number.known.high > low + count - 1)
        element.guard =
            "(" + element.text + " >= 0 && " + element.text + " < " + std::to_string(count) + ")";
    return element;
}

PromelaOutcome PromelaSite::raised(std::string_view exception, std::string guard) const
{
    PromelaOutcome outcome;
    outcome.kind = PromelaOutcome::Kind::Raised;
    outcome.guard = std::move(guard);
    outcome.exception = findException(program.code(), exception);
    return outcome;
}

PromelaOutcome outcomeOf(
    PromelaOutcome::Kind kind, std::string guard, std::vector<std::string> effects)
{
    PromelaOutcome outcome;
    outcome.kind = kind;
    outcome.guard = std::move(guard);
    outcome.effects = std::move(effects);
    return outcome;
}

PromelaOutcomes whenever(
    const PromelaSite& site, const std::string& guard, std::vector<std::string> effects)
{
    PromelaOutcomes outcomes{outcomeOf(PromelaOutcome::Kind::Done, guard, std::move(effects))};
    if (site.instruction.isTimed)
        outcomes.push_back(outcomeOf(PromelaOutcome::Kind::GaveUp, negated(guard), {}));
    return outcomes;
}

std::string bothOf(const std::string& first, const std::string& second)
{
    if (first.empty() || second.empty())
        return first + second;
    return first + " && " + second;
}

PromelaOutcomes guarded(
    const PromelaSite& site, const PromelaElement& element, PromelaOutcomes outcomes)
{
    if (element.isMissing)
        return {site.raised("Missing")};
    if (element.guard.empty())
        return outcomes;
    for (PromelaOutcome& outcome : outcomes)
        outcome.guard = bothOf(element.guard, outcome.guard);
    outcomes.push_back(site.raised("Missing", negated(element.guard)));
    return outcomes;
}

std::string objectText(const PromelaSite& site, std::int32_t declaration,
    const PromelaElement& element, std::string_view ending)
{
    const ObjectDeclaration& object =
        site.program.code().objects[static_cast<std::size_t>(declaration)];
    std::string text = site.program.object(declaration) + std::string(ending);
    return object.isArray ? text + "[" + element.text + "]" : text;
}

std::string objectNumber(const ObjectDeclaration& declaration, const PromelaElement& element)
{
    return declaration.isArray
        ? "(" + std::to_string(declaration.first + 1) + " + " + element.text + ")"
        : std::to_string(declaration.first + 1);
}

std::string moveAll(
    const PromelaSite& site, const std::string& object, PromelaPhase from, PromelaPhase to)
{
    return "k_ = 0; do :: k_ < " + std::to_string(site.program.actorRoom())
        + " -> if :: phase[k_] == " + text(from) + " && place[k_] == " + object
        + " -> phase[k_] = " + text(to) + " :: else fi; k_++ :: else -> break od";
}

PromelaOutcomes promelaOutcomes(const PromelaSite& site)
{
    const Operation operation = site.instruction.operation;
    if (!isVisible(operation))
        return promelaComputation(site);
    if (isSharedAccess(operation))
        return promelaVariableAccess(site);
    switch (operation) {
    case Operation::Lock:
    case Operation::Unlock:
    case Operation::WaitCondition:
    case Operation::Notify:
        return promelaLocking(site);
    case Operation::Query:
    case Operation::Acquire:
    case Operation::Release:
    case Operation::Wait:
    case Operation::Set:
    case Operation::Clear:
    case Operation::Arrive:
    case Operation::Abort:
    case Operation::Finish:
    case Operation::Put:
    case Operation::Get:
    case Operation::Close:
        return promelaObjectUse(site);
    case Operation::Join:
        return site.instruction.target >= 0 ? promelaObjectUse(site) : promelaAction(site);
    default:
        return promelaAction(site);
    }
}

} // namespace heddle

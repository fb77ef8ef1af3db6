// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/promela_operations.h"

#include "engine/model/program/catalogue.h"
#include "engine/model/program/evaluate.h"

#include <algorithm>
#include <span>

namespace heddle {

namespace {

PromelaOutcomes fromCases(const PromelaSite& site, const std::vector<PromelaCase>& cases)
{
    if (cases.empty())
        site.refuse("this computation");
    PromelaOutcomes outcomes;
    for (const PromelaCase& each : cases) {
        PromelaOutcome outcome;
        outcome.guard = each.guard;
        outcome.result = each.value;
        if (!each.exception.empty())
            outcome = site.raised(each.exception, each.guard);
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

PromelaOutcomes gives(PromelaTerm term)
{
    PromelaOutcome outcome;
    outcome.result = std::move(term);
    return {outcome};
}

PromelaTerm someText()
{
    PromelaTerm term;
    term.known.kind = KnownValue::Kind::Text;
    return term;
}

/// A list whose items are all known.
PromelaOutcomes makeKnownList(const PromelaSite& site)
{
    std::vector<Value> items;
    for (std::int32_t i = 0; i < site.instruction.count; ++i) {
        const PromelaTerm item = site.term(site.instruction.a + i);
        if (!item.known.isConstant()) {
            site.refuse("a list of values that are not known beforehand");
            return {};
        }
        items.push_back(item.known.constant);
    }
    return gives(PromelaTerm::of(Value::list({items.begin(), items.end()})));
}

PromelaOutcomes elementOfList(const PromelaSite& site)
{
    const PromelaTerm list = site.term(site.instruction.a);
    const PromelaTerm index = site.term(site.instruction.b);
    if (list.known.isConstant() && index.known.isConstant()) {
        const Evaluated found = elementOf(list.known.constant, index.known.constant);
        return found.isRaised() ? PromelaOutcomes{site.raised(found.exception)}
                                : gives(PromelaTerm::of(found.value));
    }
    if (list.known.kind == KnownValue::Kind::Actors) {
        const ActorDeclaration& actors =
            site.program.code().actors[static_cast<std::size_t>(list.known.actors)];
        const PromelaElement element = site.element(0, actors.count, site.instruction.b);
        const KnownValue range =
            KnownValue::number(ValueKind::Handle, actors.first, actors.first + actors.count - 1);
        return guarded(site, element,
            gives({range, "(" + std::to_string(actors.first) + " + " + element.text + ")"}));
    }
    if (!list.known.isConstant() || !list.known.constant.is(ValueKind::List)) {
        site.refuse("an element of this value");
        return {};
    }
    const ListValue& items = list.known.constant.asList();
    const PromelaElement element =
        site.element(0, static_cast<std::int32_t>(items.size()), site.instruction.b);
    PromelaOutcomes outcomes;
    for (std::size_t i = 0; i < items.size(); ++i) {
        outcomes.push_back(gives(PromelaTerm::of(items[i])).front());
        outcomes.back().guard = "(" + element.text + " == " + std::to_string(i) + ")";
    }
    return guarded(site, element, outcomes);
}

PromelaOutcomes listOf(const PromelaSite& site)
{
    PromelaTerm container = site.term(site.instruction.a);
    if (!container.known.isConstant())
        return gives(std::move(container));
    const Evaluated items = itemsOf(container.known.constant);
    return items.isRaised() ? PromelaOutcomes{site.raised(items.exception)}
                            : gives(PromelaTerm::of(items.value));
}

PromelaTerm better(const char* sign, const PromelaTerm& left, const PromelaTerm& right)
{
    const KnownValue range = joined(left.known, right.known, false);
    return {range,
        "(" + left.text + " " + sign + " " + right.text + " -> " + left.text + " : " + right.text
            + ")"};
}

std::vector<PromelaTerm> argumentsOf(const PromelaSite& site)
{
    std::vector<PromelaTerm> arguments;
    arguments.reserve(static_cast<std::size_t>(site.instruction.count));
    for (std::int32_t i = 0; i < site.instruction.count; ++i)
        arguments.push_back(site.term(site.instruction.a + i));
    return arguments;
}

/// `random` may give either end; everything between is left out, as in the machine.
PromelaOutcomes drawn(const PromelaSite& site, const std::vector<PromelaTerm>& ends)
{
    if (!ends[0].known.isConstant() || !ends[1].known.isConstant()) {
        site.refuse("\"random\" with bounds that are not known beforehand");
        return {};
    }
    const std::int64_t low = ends[0].known.constant.number();
    const std::int64_t high = ends[1].known.constant.number();
    if (high < low)
        return {site.raised(kBadValue)};
    PromelaOutcomes outcomes = gives(ends[0]);
    if (low != high)
        outcomes.push_back(gives(ends[1]).front());
    return outcomes;
}

PromelaOutcomes callBuiltin(const PromelaSite& site)
{
    const std::string_view name =
        functionRows()[static_cast<std::size_t>(site.instruction.target)].name;
    std::vector<PromelaTerm> arguments = argumentsOf(site);
    const bool isInteger = std::all_of(arguments.begin(), arguments.end(),
        [](const PromelaTerm& each) { return each.known.valueKind() == ValueKind::Integer; });
    if (name == "inside" && arguments.front().known.isConstant()) {
        const auto& sections = site.program.code().sections;
        const auto found =
            std::find(sections.begin(), sections.end(), arguments.front().known.constant.asText());
        if (found == sections.end())
            return gives(PromelaTerm::integer(0));
        return gives({KnownValue::number(ValueKind::Integer, 0, UINT8_MAX),
            site.program.inside(static_cast<std::int32_t>(found - sections.begin()))});
    }
    if (name == "random" && isInteger && arguments.size() == 2)
        return drawn(site, arguments);
    if (name == "len" && arguments.front().known.kind == KnownValue::Kind::Actors)
        return gives(PromelaTerm::integer(
            site.program.code()
                .actors[static_cast<std::size_t>(arguments.front().known.actors)]
                .count));
    const bool areKnown = std::all_of(arguments.begin(), arguments.end(),
        [](const PromelaTerm& each) { return each.known.isConstant(); });
    if (areKnown && name != "now" && name != "me" && name != "random" && name != "name") {
        std::vector<Value> values;
        values.reserve(arguments.size());
        for (const PromelaTerm& each : arguments)
            values.push_back(each.known.constant);
        const Evaluated result =
            callFunction(site.program.code(), site.instruction.target, values, nullptr);
        return result.isRaised() ? PromelaOutcomes{site.raised(result.exception)}
                                 : gives(PromelaTerm::of(result.value));
    }
    if (isInteger && arguments.size() == 2 && name == "min")
        return gives(better("<", arguments[0], arguments[1]));
    if (isInteger && arguments.size() == 2 && name == "max")
        return gives(better(">", arguments[0], arguments[1]));
    if (isInteger && arguments.size() == 1 && name == "number")
        return gives(arguments.front());
    site.refuse("\"" + std::string(name) + "\"");
    return {};
}

PromelaOutcomes jumpIf(const PromelaSite& site, bool wanted)
{
    const std::string condition = truthOf(site.term(site.instruction.a));
    PromelaOutcome jumps;
    jumps.kind = PromelaOutcome::Kind::Jumped;
    jumps.target = site.instruction.target;
    PromelaOutcome goesOn;
    if (condition == "true" || condition == "false")
        return {(condition == "true") == wanted ? jumps : goesOn};
    jumps.guard = wanted ? condition : negated(condition);
    goesOn.guard = "else";
    return {jumps, goesOn};
}

PromelaOutcomes actorHandle(const PromelaSite& site)
{
    const ActorDeclaration& actor =
        site.program.code().actors[static_cast<std::size_t>(site.instruction.target)];
    if (site.instruction.index == kNoRegister)
        return gives(PromelaTerm::of(Value::handle(actor.first)));
    const PromelaElement element = site.element(actor.low, actor.count, site.instruction.index);
    const KnownValue range =
        KnownValue::number(ValueKind::Handle, actor.first, actor.first + actor.count - 1);
    return guarded(site, element,
        gives({range, "(" + std::to_string(actor.first) + " + " + element.text + ")"}));
}

PromelaOutcomes changeSection(const PromelaSite& site)
{
    PromelaOutcomes outcomes(1);
    if (site.program.countsSections())
        outcomes.front().effects.push_back(site.program.inside(site.instruction.target)
            + (site.instruction.operation == Operation::EnterSection ? "++" : "--"));
    return outcomes;
}

} // namespace

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

PromelaOutcomes promelaComputation(const PromelaSite& site)
{
    const Instruction& instruction = site.instruction;
    switch (instruction.operation) {
    case Operation::Constant:
        return gives(PromelaTerm::of(
            site.program.code().constants[static_cast<std::size_t>(instruction.target)]));
    case Operation::Copy:
        return gives(site.term(instruction.a));
    case Operation::Negate:
    case Operation::Not:
        return fromCases(site, promelaUnary(instruction.operation, site.term(instruction.a)));
    case Operation::InRange:
        return fromCases(site,
            promelaInRange(
                site.term(instruction.a), site.term(instruction.b), site.term(instruction.c)));
    case Operation::MakeList:
        return makeKnownList(site);
    case Operation::Element:
        return elementOfList(site);
    case Operation::ListOf:
        return listOf(site);
    case Operation::FormatText:
        return gives(someText());
    case Operation::Function:
        return callBuiltin(site);
    case Operation::Jump: {
        PromelaOutcomes outcomes(1);
        outcomes.front().kind = PromelaOutcome::Kind::Jumped;
        outcomes.front().target = instruction.target;
        return outcomes;
    }
    case Operation::JumpIfFalse:
        return jumpIf(site, false);
    case Operation::JumpIfTrue:
        return jumpIf(site, true);
    case Operation::EnterSection:
    case Operation::LeaveSection:
        return changeSection(site);
    case Operation::Raise: {
        PromelaOutcome outcome;
        outcome.kind = PromelaOutcome::Kind::Raised;
        outcome.exception = instruction.target;
        return {outcome};
    }
    case Operation::ActorHandle:
        return actorHandle(site);
    case Operation::MyHandle:
        return gives(
            {KnownValue::number(ValueKind::Handle, 0, site.program.actorRoom() - 1), "me"});
    case Operation::MakeTable:
    case Operation::ReplaceElement:
        site.refuse("a table, or a change of a list");
        return {};
    default:
        return fromCases(site,
            promelaBinary(
                instruction.operation, site.term(instruction.a), site.term(instruction.b)));
    }
}

PromelaOutcomes promelaOutcomes(const PromelaSite& site)
{
    const Operation operation = site.instruction.operation;
    if (!isVisible(operation))
        return promelaComputation(site);
    switch (operation) {
    case Operation::LoadShared:
    case Operation::StoreShared:
    case Operation::StoreSharedElement:
    case Operation::AddShared:
    case Operation::ExchangeShared:
    case Operation::FetchAddShared:
    case Operation::CompareExchangeShared:
        return promelaVariableAccess(site);
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

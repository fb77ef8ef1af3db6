// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/promela_operations.h"
#include "engine/model/program/evaluate.h"

namespace heddle {

namespace {

const VariableDeclaration& declarationOf(const PromelaSite& site)
{
    return site.program.code().shared[static_cast<std::size_t>(site.instruction.target)];
}

KnownValue rangeOf(const VariableDeclaration& variable)
{
    if (variable.kind == ValueKind::Boolean)
        return KnownValue::truth();
    return KnownValue::number(
        variable.kind, variable.minimum.value_or(INT32_MIN), variable.maximum.value_or(INT32_MAX));
}

std::string variableText(const PromelaSite& site, const PromelaElement& element)
{
    const std::string& name = site.program.variable(site.instruction.target);
    return declarationOf(site).isArray ? name + "[" + element.text + "]" : name;
}

/// That the value lies in the variable's range; empty if it surely does.
std::string fits(const VariableDeclaration& variable, const PromelaTerm& value)
{
    const bool isKnown = value.known.isConstant();
    const std::int64_t low = isKnown ? value.known.constant.number() : value.known.low;
    const std::int64_t high = isKnown ? value.known.constant.number() : value.known.high;
    std::string condition;
    if (variable.minimum && low < *variable.minimum)
        condition = "(" + value.text + " >= " + std::to_string(*variable.minimum) + ")";
    if (variable.maximum && high > *variable.maximum)
        condition =
            bothOf(condition, "(" + value.text + " <= " + std::to_string(*variable.maximum) + ")");
    return condition.empty() ? condition : "(" + condition + ")";
}

/// Writes a value; raises what checkStore (evaluate.h) says.
PromelaOutcomes written(const PromelaSite& site, const PromelaTerm& value, std::string before,
    const std::string& place, PromelaTerm result)
{
    const VariableDeclaration& variable = declarationOf(site);
    if (value.known.valueKind() != variable.kind)
        return {site.raised(kBadValue)};
    PromelaOutcome outcome;
    if (!before.empty())
        outcome.effects.push_back(std::move(before));
    outcome.effects.push_back(place + " = " + value.text);
    outcome.result = std::move(result);
    const std::string condition = fits(variable, value);
    if (condition.empty())
        return {outcome};
    outcome.guard = condition;
    return {outcome, site.raised("Overflow", negated(condition))};
}

/// The outcomes if the variable has a value, and Missing if it has none yet.
PromelaOutcomes ifSet(const PromelaSite& site, const std::string& place, PromelaOutcomes outcomes)
{
    if (!site.program.canBeUnset(site.instruction.target))
        return outcomes;
    for (PromelaOutcome& outcome : outcomes)
        outcome.guard = bothOf("(" + place + " != UNSET)", outcome.guard);
    outcomes.push_back(site.raised("Missing", "(" + place + " == UNSET)"));
    return outcomes;
}

PromelaOutcomes load(const PromelaSite& site, const std::string& place)
{
    PromelaOutcome outcome;
    outcome.result = {rangeOf(declarationOf(site)), place};
    return ifSet(site, place, {outcome});
}

/// Writes what a computation makes of the old value.
PromelaOutcomes computed(const PromelaSite& site, Operation operation, const std::string& place,
    const PromelaTerm& result, const std::string& before)
{
    const PromelaTerm old{rangeOf(declarationOf(site)), place};
    const std::vector<PromelaCase> cases =
        promelaBinary(operation, old, site.term(site.instruction.a));
    if (cases.size() != 1) {
        site.refuse("this computation");
        return {};
    }
    if (!cases.front().exception.empty())
        return ifSet(site, place, {site.raised(cases.front().exception)});
    return ifSet(site, place, written(site, cases.front().value, before, place, result));
}

PromelaOutcomes compareExchange(const PromelaSite& site, const std::string& place)
{
    const PromelaTerm expected = site.term(site.instruction.a);
    PromelaOutcome differs;
    differs.result = PromelaTerm::of(Value::boolean(false));
    if (expected.known.valueKind() != declarationOf(site).kind)
        return ifSet(site, place, {differs});
    const std::string isEqual = "(" + place + " == " + expected.text + ")";
    PromelaOutcomes outcomes = written(
        site, site.term(site.instruction.b), {}, place, PromelaTerm::of(Value::boolean(true)));
    for (PromelaOutcome& outcome : outcomes)
        outcome.guard = bothOf(isEqual, outcome.guard);
    differs.guard = negated(isEqual);
    outcomes.push_back(differs);
    return ifSet(site, place, outcomes);
}

} // namespace

PromelaOutcomes promelaVariableAccess(const PromelaSite& site)
{
    const VariableDeclaration& variable = declarationOf(site);
    const PromelaElement element = site.element(0, variable.count, site.instruction.index);
    if (element.isMissing)
        return {site.raised("Missing")};
    const std::string place = variableText(site, element);
    const PromelaTerm old{rangeOf(variable), "v_"};
    const std::string keepOld = "v_ = " + place;
    PromelaOutcomes outcomes;
    switch (site.instruction.operation) {
    case Operation::LoadShared:
        outcomes = load(site, place);
        break;
    case Operation::StoreShared:
        outcomes = written(site, site.term(site.instruction.a), {}, place, {});
        break;
    case Operation::AddShared:
        outcomes = computed(site,
            site.instruction.mode == '-'       ? Operation::Subtract
                : site.instruction.mode == '*' ? Operation::Multiply
                                               : Operation::Add,
            place, {}, {});
        break;
    case Operation::ExchangeShared:
        outcomes =
            ifSet(site, place, written(site, site.term(site.instruction.a), keepOld, place, old));
        break;
    case Operation::FetchAddShared:
        outcomes = computed(site, Operation::Add, place, old, keepOld);
        break;
    case Operation::CompareExchangeShared:
        outcomes = compareExchange(site, place);
        break;
    default:
        site.refuse("a list or table");
    }
    return guarded(site, element, outcomes);
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/promela_operations.h"
#include "engine/model/program/evaluate.h"

#include <algorithm>
#include <map>

namespace heddle {

namespace {

using Kind = PromelaOutcome::Kind;

constexpr int kMostSteps = 10'000; // of one predicate

/// Writes the predicate of `await until` as one expression.
class Predicate
{
public:
    explicit Predicate(const PromelaSite& site)
        : m_site(site)
    {
    }

    PromelaTerm at(std::int32_t next, std::map<Register, PromelaTerm> registers)
    {
        for (; m_steps < kMostSteps; ++m_steps) {
            const Instruction& instruction =
                m_site.program.code().instructions[static_cast<std::size_t>(next)];
            const auto term = [&](Register number) {
                const auto found = registers.find(number);
                return found != registers.end() ? found->second : m_site.term(number);
            };
            if (instruction.operation == Operation::EndPredicate)
                return term(instruction.a);
            if (instruction.operation == Operation::JumpIfFalse
                || instruction.operation == Operation::JumpIfTrue)
                return branch(instruction, next, truthOf(term(instruction.a)), registers);
            const PromelaOutcomes outcomes = compute(instruction, term);
            if (outcomes.size() != 1 || outcomes.front().kind == Kind::Raised) {
                m_site.refuse("a predicate that may raise an exception");
                return PromelaTerm::of(Value::boolean(false));
            }
            if (outcomes.front().kind == Kind::Jumped) {
                next = outcomes.front().target;
                continue;
            }
            registers[instruction.result] = outcomes.front().result;
            ++next;
        }
        m_site.refuse("a predicate as long as this");
        return PromelaTerm::of(Value::boolean(false));
    }

private:
    PromelaTerm branch(const Instruction& instruction, std::int32_t next,
        const std::string& condition, const std::map<Register, PromelaTerm>& registers)
    {
        const bool jumpsIf = instruction.operation == Operation::JumpIfTrue;
        if (condition == "true" || condition == "false")
            return at((condition == "true") == jumpsIf ? instruction.target : next + 1, registers);
        const std::string jumped = truthOf(at(instruction.target, registers));
        const std::string stayed = truthOf(at(next + 1, registers));
        const std::string& ifTrue = jumpsIf ? jumped : stayed;
        const std::string& ifFalse = jumpsIf ? stayed : jumped;
        return {KnownValue::truth(), "(" + condition + " -> " + ifTrue + " : " + ifFalse + ")"};
    }

    PromelaOutcomes compute(
        const Instruction& instruction, const std::function<PromelaTerm(Register)>& term)
    {
        PromelaSite site{m_site.program, instruction, false, term};
        if (instruction.operation == Operation::LoadShared) {
            PromelaOutcomes outcomes = promelaVariableAccess(site);
            // An element beyond the array is an error that pan itself finds.
            if (outcomes.size() == 2 && !site.program.canBeUnset(instruction.target)) {
                outcomes.pop_back();
                outcomes.front().guard.clear();
            }
            return outcomes;
        }
        if (instruction.operation != Operation::Query)
            return promelaComputation(site);
        PromelaElement element{"0", {}, false};
        if (instruction.target >= 0)
            element = site.element(0, site.object().count, instruction.index);
        PromelaOutcome outcome;
        outcome.result = promelaQuery(site, instruction, element,
            instruction.a == kNoRegister ? PromelaTerm() : term(instruction.a));
        return {outcome};
    }

    const PromelaSite& m_site;
    int m_steps = 0;
};

PromelaOutcomes awaitPredicate(const PromelaSite& site)
{
    const PromelaTerm condition = Predicate(site).at(site.instruction.target, {});
    return whenever(site, "(" + truthOf(condition) + ")");
}

PromelaOutcomes joinActor(const PromelaSite& site)
{
    const PromelaTerm handle = site.term(site.instruction.a);
    const auto hasEnded = [](const std::string& actor) {
        return "status[" + actor + "] >= " + std::to_string(kPromelaEnded);
    };
    if (handle.known.valueKind() == ValueKind::Handle)
        return whenever(site, "(" + hasEnded(handle.text) + ")");
    if (handle.known.kind != KnownValue::Kind::Actors) {
        if (handle.known.isConstant() || handle.known.isNumber())
            return {site.raised(kBadValue)};
        site.refuse("\"join\" of this value");
        return {};
    }
    const ActorDeclaration& actors =
        site.program.code().actors[static_cast<std::size_t>(handle.known.actors)];
    std::string all;
    for (std::int32_t element = 0; element < actors.count; ++element)
        all = bothOf(all, hasEnded(std::to_string(actors.first + element)));
    return whenever(site, "(" + all + ")");
}

PromelaOutcomes joinChildren(const PromelaSite& site)
{
    std::string all;
    for (std::int32_t actor = 0; actor < site.program.actorRoom(); ++actor) {
        const std::string number = std::to_string(actor);
        std::string hasGone = "(spawned[";
        hasGone += number;
        hasGone += "] != me + 1 || status[";
        hasGone += number;
        hasGone += "] >= ";
        hasGone += std::to_string(kPromelaEnded);
        hasGone += ")";
        all = bothOf(all, hasGone);
    }
    return whenever(site, "(" + all + ")");
}

PromelaOutcomes passTime(const PromelaSite& site)
{
    if (site.term(site.instruction.a).known.valueKind() != ValueKind::Duration)
        return {site.raised(kBadValue)};
    return PromelaOutcomes(1);
}

/// Prints the text of a failed assertion, as far as it is known.
std::string reportOf(const PromelaSite& site)
{
    const PromelaTerm said = site.term(site.instruction.b);
    std::string text;
    if (said.known.isConstant() && said.known.constant.is(ValueKind::Text))
        text = said.known.constant.asText();
    std::replace_if(
        text.begin(), text.end(),
        [](char each) { return each == '"' || each == '\\' || each == '%' || each == '\n'; }, '_');
    return "c_code { printf(\"@assert " + text + "\\n\"); }";
}

PromelaOutcomes checkAssertion(const PromelaSite& site)
{
    const std::string condition = truthOf(site.term(site.instruction.a));
    PromelaOutcome failed;
    failed.kind = Kind::Raised;
    failed.exception = kAssertionFailure;
    failed.guard = condition == "false" ? std::string() : negated(condition);
    failed.effects.push_back(
        site.program.reports() ? reportOf(site) : std::string("assert(false)"));
    if (condition == "true")
        return PromelaOutcomes(1);
    if (condition == "false")
        return {failed};
    return {outcomeOf(Kind::Done, condition, {}), failed};
}

PromelaOutcomes chooseFromRange(const PromelaSite& site)
{
    constexpr std::int64_t kMostBranches = 32;
    const PromelaTerm low = site.term(site.instruction.a);
    const PromelaTerm high = site.term(site.instruction.b);
    PromelaOutcomes outcomes;
    const bool isKnown = low.known.isConstant() && high.known.isConstant();
    if (isKnown && high.known.constant.number() < low.known.constant.number())
        return {site.raised("Missing")};
    if (isKnown && high.known.constant.number() - low.known.constant.number() < kMostBranches) {
        for (std::int64_t one = low.known.constant.number(); one <= high.known.constant.number();
             ++one) {
            outcomes.emplace_back();
            outcomes.back().result = PromelaTerm::integer(one);
        }
        return outcomes;
    }
    PromelaOutcome any = outcomeOf(Kind::Done, "(" + low.text + " <= " + high.text + ")",
        {"v_ = " + low.text, "do :: v_ < " + high.text + " -> v_++ :: break od"});
    any.result = {KnownValue::number(ValueKind::Integer), "v_"};
    return {any, site.raised("Missing", "(" + low.text + " > " + high.text + ")")};
}

PromelaOutcomes chooseItem(const PromelaSite& site)
{
    if (site.instruction.mode == 'r')
        return chooseFromRange(site);
    const PromelaTerm from = site.term(site.instruction.a);
    if (!from.known.isConstant()) {
        site.refuse("a choice from items that are not known beforehand");
        return {};
    }
    const Evaluated items = itemsOf(from.known.constant);
    if (items.isRaised())
        return {site.raised(items.exception)};
    PromelaOutcomes outcomes;
    for (const Value& item : items.value.asList()) {
        outcomes.emplace_back();
        outcomes.back().result = PromelaTerm::of(item);
    }
    return outcomes.empty() ? PromelaOutcomes{site.raised("Missing")} : outcomes;
}

PromelaOutcomes exitProgram()
{
    return {outcomeOf(Kind::Exited, {}, {"exited = true"})};
}

} // namespace

PromelaOutcomes promelaAction(const PromelaSite& site)
{
    switch (site.instruction.operation) {
    case Operation::AwaitUntil:
        return awaitPredicate(site);
    case Operation::Join:
        return joinActor(site);
    case Operation::JoinAll:
        return joinChildren(site);
    case Operation::Compute:
    case Operation::Sleep:
        return passTime(site);
    case Operation::Yield:
    case Operation::Say:
    case Operation::Progress:
    case Operation::BeginAtomic:
    case Operation::EndAtomic:
    case Operation::End:
        return PromelaOutcomes(1);
    case Operation::Assert:
        return checkAssertion(site);
    case Operation::Choose:
        return chooseItem(site);
    case Operation::Exit:
        return exitProgram();
    case Operation::StartTimer:
    case Operation::Cancel:
        site.refuse("a timer");
        return {};
    default:
        site.refuse("this statement");
        return {};
    }
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/promela_operations.h"

namespace heddle {

namespace {

using Kind = PromelaOutcome::Kind;

PromelaOutcomes lockReadWrite(const PromelaSite& site, const PromelaElement& element)
{
    const std::string writer = objectText(site, site.instruction.target, element, "_writer");
    const std::string readers = objectText(site, site.instruction.target, element, "_readers");
    if (site.instruction.mode == 'r')
        return whenever(site, "(" + writer + " == 0)", {readers + "++"});
    return whenever(site, "(" + writer + " == 0 && " + readers + " == 0)", {writer + " = me + 1"});
}

PromelaOutcomes unlockReadWrite(const PromelaSite& site, const PromelaElement& element)
{
    const std::string writer = objectText(site, site.instruction.target, element, "_writer");
    const std::string readers = objectText(site, site.instruction.target, element, "_readers");
    if (site.instruction.mode == 'r')
        return {outcomeOf(Kind::Done, "(" + readers + " > 0)", {readers + "--"}),
            site.raised("NotOwner", "(" + readers + " == 0)")};
    return {outcomeOf(Kind::Done, "(" + writer + " == me + 1)", {writer + " = 0"}),
        site.raised("NotOwner", "(" + writer + " != me + 1)")};
}

PromelaOutcomes lock(const PromelaSite& site, const PromelaElement& element)
{
    const std::string owner = objectText(site, site.instruction.target, element);
    if (site.object().kind == PrimitiveKind::Mutex)
        return whenever(site, "(" + owner + " == 0)", {owner + " = me + 1"});
    const std::string levels = objectText(site, site.instruction.target, element, "_levels");
    return whenever(site, "(" + owner + " == 0 || " + owner + " == me + 1)",
        {owner + " = me + 1", levels + "++"});
}

PromelaOutcomes unlock(const PromelaSite& site, const PromelaElement& element)
{
    const std::string owner = objectText(site, site.instruction.target, element);
    const std::string isMine = "(" + owner + " == me + 1)";
    std::vector<std::string> effects{owner + " = 0"};
    if (site.object().kind == PrimitiveKind::RecursiveMutex) {
        const std::string levels = objectText(site, site.instruction.target, element, "_levels");
        effects = {levels + "--", "if :: " + levels + " == 0 -> " + owner + " = 0 :: else fi"};
    }
    return {outcomeOf(Kind::Done, isMine, std::move(effects)),
        site.raised("NotOwner", "(" + owner + " != me + 1)")};
}

/// A wait for a condition: the condition, its mutex, and who waits.
struct ConditionWait
{
    std::string mutex;
    std::string levels; ///< empty: the mutex is not recursive
    std::string waiting; ///< how many
    std::string order; ///< the channel of those who wait; empty: their order does not matter
    std::string number;
};

ConditionWait conditionOf(const PromelaSite& site, const PromelaElement& element)
{
    const ObjectDeclaration& condition = site.object();
    const ObjectDeclaration& mutex =
        site.program.code().objects[static_cast<std::size_t>(condition.mutex)];
    const PromelaElement mutexElement{std::to_string(condition.mutexElement), {}, false};
    ConditionWait wait;
    wait.mutex = objectText(site, condition.mutex, mutexElement);
    if (mutex.kind == PrimitiveKind::RecursiveMutex)
        wait.levels = objectText(site, condition.mutex, mutexElement, "_levels");
    wait.waiting = objectText(site, site.instruction.target, element, "_waiting");
    if (site.program.code().options.notifyFirst)
        wait.order = objectText(site, site.instruction.target, element, "_order");
    wait.number = objectNumber(condition, element);
    return wait;
}

// The mutex is given back and the queue joined, in one go.
PromelaOutcomes beginWait(const PromelaSite& site, const ConditionWait& wait)
{
    std::vector<std::string> effects{wait.mutex + " = 0"};
    if (!wait.levels.empty()) {
        effects.push_back("extra[me] = " + wait.levels);
        effects.push_back(wait.levels + " = 0");
    }
    const PromelaPhase next = site.hasNoWait() ? PromelaPhase::RetakingLate : PromelaPhase::Parked;
    effects.push_back("phase[me] = " + text(next));
    if (next == PromelaPhase::Parked) {
        effects.push_back("place[me] = " + wait.number);
        effects.push_back(wait.waiting + "++");
        if (!wait.order.empty())
            effects.push_back(wait.order + " ! me");
    }
    return {outcomeOf(Kind::Waits, "(" + wait.mutex + " == me + 1)", std::move(effects)),
        site.raised("NotOwner", "(" + wait.mutex + " != me + 1)")};
}

PromelaOutcome retake(const ConditionWait& wait, Kind kind, PromelaPhase phase)
{
    std::vector<std::string> effects{wait.mutex + " = me + 1", "phase[me] = 0", "place[me] = 0"};
    if (!wait.levels.empty()) {
        effects.push_back(wait.levels + " = extra[me]");
        effects.emplace_back("extra[me] = 0");
    }
    return outcomeOf(
        kind, "(phase[me] == " + text(phase) + " && " + wait.mutex + " == 0)", std::move(effects));
}

// A waiter that nobody has notified comes back by itself.
PromelaOutcome comeBack(const ConditionWait& wait, PromelaPhase phase)
{
    std::vector<std::string> effects{"phase[me] = " + text(phase), wait.waiting + "--"};
    if (!wait.order.empty())
        effects.push_back(wait.order + " ?? eval(me)");
    return outcomeOf(
        Kind::Waits, "(phase[me] == " + text(PromelaPhase::Parked) + ")", std::move(effects));
}

PromelaOutcomes waitForCondition(const PromelaSite& site, const PromelaElement& element)
{
    const ConditionWait wait = conditionOf(site, element);
    if (!site.isWaiting)
        return beginWait(site, wait);
    PromelaOutcomes outcomes;
    outcomes.push_back(retake(wait, Kind::Done, PromelaPhase::Retaking));
    if (site.instruction.isTimed) {
        outcomes.push_back(retake(wait, Kind::GaveUp, PromelaPhase::RetakingLate));
        if (!site.hasNoWait())
            outcomes.push_back(comeBack(wait, PromelaPhase::RetakingLate));
    }
    if (site.program.code().options.spuriousWakeups)
        outcomes.push_back(comeBack(wait, PromelaPhase::Retaking));
    return outcomes;
}

std::string isParked(const std::string& actor, const ConditionWait& wait)
{
    return "phase[" + actor + "] == " + text(PromelaPhase::Parked) + " && place[" + actor
        + "] == " + wait.number;
}

PromelaOutcomes notifyAll(const PromelaSite& site, const ConditionWait& wait)
{
    PromelaOutcome outcome;
    outcome.effects = {moveAll(site, wait.number, PromelaPhase::Parked, PromelaPhase::Retaking),
        wait.waiting + " = 0"};
    if (!wait.order.empty())
        outcome.effects.push_back(
            "do :: len(" + wait.order + ") > 0 -> " + wait.order + " ? k_ :: else -> break od");
    return {outcome};
}

PromelaOutcomes notifyOne(const PromelaSite& site, const ConditionWait& wait)
{
    PromelaOutcomes outcomes{outcomeOf(Kind::Done, "(" + wait.waiting + " == 0)", {})};
    const std::string wake = "] = " + text(PromelaPhase::Retaking);
    if (!wait.order.empty()) {
        outcomes.push_back(outcomeOf(Kind::Done, "(" + wait.waiting + " > 0)",
            {wait.order + " ? k_", "phase[k_" + wake, wait.waiting + "--"}));
        return outcomes;
    }
    for (std::int32_t actor = 0; actor < site.program.actorRoom(); ++actor) {
        const std::string number = std::to_string(actor);
        std::string parked = "(";
        parked += isParked(number, wait);
        parked += ")";
        std::string awake = "phase[";
        awake += number;
        awake += wake;
        outcomes.push_back(outcomeOf(Kind::Done, parked, {awake, wait.waiting + "--"}));
    }
    return outcomes;
}

/// So many of them, in every way to choose them.
PromelaOutcomes notifySome(
    const PromelaSite& site, const ConditionWait& wait, const PromelaTerm& count)
{
    PromelaOutcome outcome;
    outcome.effects = {"n_ = (" + count.text + " < " + wait.waiting + " -> " + count.text + " : "
            + wait.waiting + ")",
        "w_ = " + wait.waiting, wait.waiting + " = " + wait.waiting + " - n_"};
    const std::string wake = "phase[k_] = " + text(PromelaPhase::Retaking) + "; n_--";
    if (!wait.order.empty())
        outcome.effects.push_back(
            "do :: n_ > 0 -> " + wait.order + " ? k_; " + wake + " :: else -> break od");
    else
        outcome.effects.push_back("k_ = 0; do :: n_ == 0 -> break :: n_ > 0 && "
            + isParked("k_", wait) + " -> " + wake + "; w_--; k_++ :: w_ > n_ && n_ > 0 && "
            + isParked("k_", wait) + " -> w_--; k_++ :: n_ > 0 && !(" + isParked("k_", wait)
            + ") -> k_++ od");
    const bool mayBeNegative = !count.known.isConstant() && count.known.low < 0;
    if (!mayBeNegative)
        return {outcome};
    outcome.guard = "(" + count.text + " >= 0)";
    return {outcome, site.raised(kBadValue, "(" + count.text + " < 0)")};
}

PromelaOutcomes notify(const PromelaSite& site, const PromelaElement& element)
{
    const ConditionWait wait = conditionOf(site, element);
    if (site.instruction.mode == 'a')
        return notifyAll(site, wait);
    if (site.instruction.a == kNoRegister)
        return notifyOne(site, wait);
    const PromelaTerm count = site.term(site.instruction.a);
    if (count.known.valueKind() != ValueKind::Integer) {
        site.refuse("a number of waiters that is no integer");
        return {};
    }
    if (count.known.isConstant() && count.known.constant.number() < 0)
        return {site.raised(kBadValue)};
    if (count.known.isConstant() && count.known.constant.number() == 1)
        return notifyOne(site, wait);
    return notifySome(site, wait, count);
}

} // namespace

PromelaOutcomes promelaLocking(const PromelaSite& site)
{
    const PromelaElement element = site.element(0, site.object().count, site.instruction.index);
    if (element.isMissing)
        return {site.raised("Missing")};
    const bool isReadWrite = site.object().kind == PrimitiveKind::ReadWriteLock;
    PromelaOutcomes outcomes;
    switch (site.instruction.operation) {
    case Operation::Lock:
        outcomes = isReadWrite ? lockReadWrite(site, element) : lock(site, element);
        break;
    case Operation::Unlock:
        outcomes = isReadWrite ? unlockReadWrite(site, element) : unlock(site, element);
        break;
    case Operation::WaitCondition:
        outcomes = waitForCondition(site, element);
        break;
    default:
        outcomes = notify(site, element);
    }
    return guarded(site, element, outcomes);
}

} // namespace heddle

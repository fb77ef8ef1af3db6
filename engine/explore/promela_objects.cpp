// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/promela_operations.h"
#include "engine/model/program/catalogue.h"

#include <algorithm>

namespace heddle {

namespace {

using Kind = PromelaOutcome::Kind;

/// The object of the site, with an ending.
std::string place(
    const PromelaSite& site, const PromelaElement& element, std::string_view ending = {})
{
    return objectText(site, site.instruction.target, element, ending);
}

/// Units of a semaphore; one where the program left them out.
PromelaTerm unitsOf(const PromelaSite& site)
{
    return site.instruction.a == kNoRegister ? PromelaTerm::integer(1)
                                             : site.term(site.instruction.a);
}

/// The outcomes if the units are at least one, and BadValue if they are not.
PromelaOutcomes ifSomeUnits(
    const PromelaSite& site, const PromelaTerm& units, PromelaOutcomes outcomes)
{
    if (units.known.valueKind() != ValueKind::Integer) {
        site.refuse("a number of units that is no integer");
        return {};
    }
    const std::int64_t least =
        units.known.isConstant() ? units.known.constant.number() : units.known.low;
    if (least >= 1)
        return outcomes;
    if (units.known.isConstant())
        return {site.raised(kBadValue)};
    for (PromelaOutcome& outcome : outcomes)
        outcome.guard = bothOf("(" + units.text + " >= 1)", outcome.guard);
    outcomes.push_back(site.raised(kBadValue, "(" + units.text + " < 1)"));
    return outcomes;
}

PromelaOutcomes acquire(const PromelaSite& site, const PromelaElement& element)
{
    const PromelaTerm units = unitsOf(site);
    const std::string free = place(site, element);
    return ifSomeUnits(site, units,
        whenever(site, "(" + free + " >= " + units.text + ")",
            {free + " = " + free + " - " + units.text}));
}

PromelaOutcomes release(const PromelaSite& site, const PromelaElement& element)
{
    const PromelaTerm units = unitsOf(site);
    const std::string free = place(site, element);
    PromelaOutcomes outcomes{outcomeOf(Kind::Done, {}, {free + " = " + free + " + " + units.text})};
    if (site.object().maximum) {
        const std::string fits =
            "(" + units.text + " <= " + std::to_string(*site.object().maximum) + " - " + free + ")";
        outcomes.front().guard = fits;
        outcomes.push_back(site.raised("Overflow", negated(fits)));
    }
    return ifSomeUnits(site, units, outcomes);
}

std::string breakAll(const PromelaSite& site, const std::string& number)
{
    return moveAll(site, number, PromelaPhase::Meeting, PromelaPhase::Broken);
}

PromelaOutcomes comeToBarrier(const PromelaSite& site, const PromelaElement& element)
{
    const std::string broken = place(site, element, "_broken");
    const std::string waiting = place(site, element, "_waiting");
    const std::string number = objectNumber(site.object(), element);
    const std::int64_t parties = std::max<std::int64_t>(site.object().initial, 1);
    const std::string isLast = waiting + " == " + std::to_string(parties - 1);
    PromelaOutcomes outcomes{site.raised("BrokenBarrier", "(" + broken + ")")};
    PromelaOutcome completes = outcomeOf(Kind::Done, "(!" + broken + " && " + isLast + ")",
        {moveAll(site, number, PromelaPhase::Meeting, PromelaPhase::Dismissed), waiting + " = 0"});
    completes.result = PromelaTerm::integer(parties - 1);
    outcomes.push_back(std::move(completes));
    const std::string isEarly = "(!" + broken + " && !(" + isLast + "))";
    if (site.hasNoWait())
        outcomes.push_back(outcomeOf(
            Kind::GaveUp, isEarly, {breakAll(site, number), broken + " = true", waiting + " = 0"}));
    else
        outcomes.push_back(outcomeOf(Kind::Waits, isEarly,
            {"phase[me] = " + text(PromelaPhase::Meeting), "place[me] = " + number,
                "extra[me] = " + waiting, waiting + "++"}));
    return outcomes;
}

PromelaOutcomes waitAtBarrier(const PromelaSite& site, const PromelaElement& element)
{
    const auto isIn = [](PromelaPhase phase) { return "(phase[me] == " + text(phase) + ")"; };
    const std::string leave = "phase[me] = 0; place[me] = 0; extra[me] = 0";
    PromelaOutcome done =
        outcomeOf(Kind::Done, isIn(PromelaPhase::Dismissed), {"v_ = extra[me]", leave});
    done.result = {
        KnownValue::number(ValueKind::Integer, 0, std::max<std::int64_t>(site.object().initial, 1)),
        "v_"};
    PromelaOutcome broken = site.raised("BrokenBarrier", isIn(PromelaPhase::Broken));
    broken.effects = {leave};
    PromelaOutcomes outcomes{std::move(done), std::move(broken)};
    if (site.instruction.isTimed)
        outcomes.push_back(outcomeOf(Kind::GaveUp, isIn(PromelaPhase::Meeting),
            {leave, breakAll(site, objectNumber(site.object(), element)),
                place(site, element, "_broken") + " = true",
                place(site, element, "_waiting") + " = 0"}));
    return outcomes;
}

PromelaOutcomes changeBarrier(const PromelaSite& site, const PromelaElement& element)
{
    const bool isAbort = site.instruction.operation == Operation::Abort;
    return {outcomeOf(Kind::Done, {},
        {breakAll(site, objectNumber(site.object(), element)),
            place(site, element, "_broken") + (isAbort ? " = true" : " = false"),
            place(site, element, "_waiting") + " = 0"})};
}

PromelaOutcomes finishLatch(const PromelaSite& site, const PromelaElement& element)
{
    const std::string count = place(site, element);
    return {outcomeOf(Kind::Done, "(" + count + " != 0)", {count + "--"}),
        site.raised("Overflow", "(" + count + " == 0)")};
}

/// How a queue is seen by the operation.
struct QueueText
{
    std::string items;
    std::string capacity;
    std::string isOpen; ///< empty: it is never closed
    std::string unhandled; ///< empty: nobody asks
};

QueueText queueOf(const PromelaSite& site, const PromelaElement& element)
{
    const std::int32_t declaration = site.instruction.target;
    QueueText queue;
    queue.items = place(site, element);
    queue.capacity = std::to_string(*site.object().maximum);
    if (site.program.usesOn(Operation::Close, declaration))
        queue.isOpen = "!" + place(site, element, "_closed");
    if (site.program.usesOn(Operation::Finish, declaration)
        || site.program.usesOn(Operation::Join, declaration))
        queue.unhandled = place(site, element, "_unhandled");
    return queue;
}

PromelaOutcomes put(const PromelaSite& site, const PromelaElement& element)
{
    const PromelaTerm item = site.term(site.instruction.a);
    if (item.known.valueKind() != ValueKind::Integer) {
        site.refuse("an item that is no integer");
        return {};
    }
    const QueueText queue = queueOf(site, element);
    std::vector<std::string> effects{queue.items + " ! " + item.text};
    if (!queue.unhandled.empty())
        effects.push_back(queue.unhandled + "++");
    PromelaOutcomes outcomes =
        whenever(site, "(len(" + queue.items + ") < " + queue.capacity + ")", std::move(effects));
    if (queue.isOpen.empty())
        return outcomes;
    for (PromelaOutcome& outcome : outcomes)
        outcome.guard = bothOf(queue.isOpen, outcome.guard);
    outcomes.push_back(site.raised("Closed", "!(" + queue.isOpen + ")"));
    return outcomes;
}

PromelaOutcomes get(const PromelaSite& site, const PromelaElement& element)
{
    const QueueText queue = queueOf(site, element);
    const std::string isEmpty = "(len(" + queue.items + ") == 0)";
    PromelaOutcomes outcomes{
        outcomeOf(Kind::Done, "(len(" + queue.items + ") > 0)", {queue.items + " ? v_"})};
    outcomes.front().result = {KnownValue::number(ValueKind::Integer), "v_"};
    if (site.instruction.isTimed)
        outcomes.push_back(outcomeOf(Kind::GaveUp, bothOf(isEmpty, queue.isOpen), {}));
    if (!queue.isOpen.empty())
        outcomes.push_back(site.raised("Closed", isEmpty + " && !(" + queue.isOpen + ")"));
    return outcomes;
}

PromelaOutcomes closeQueue(const PromelaSite& site, const PromelaElement& element)
{
    const QueueText queue = queueOf(site, element);
    PromelaOutcome outcome =
        outcomeOf(Kind::Done, {}, {place(site, element, "_closed") + " = true"});
    if (site.instruction.mode == 'n') {
        const std::string handled = queue.unhandled.empty()
            ? std::string()
            : "if :: " + queue.unhandled + " > 0 -> " + queue.unhandled + "-- :: else fi; ";
        outcome.effects.push_back("do :: len(" + queue.items + ") > 0 -> " + queue.items + " ? v_; "
            + handled + "skip :: else -> break od");
    }
    return {outcome};
}

PromelaOutcomes finish(const PromelaSite& site, const PromelaElement& element)
{
    if (site.object().kind == PrimitiveKind::Latch)
        return finishLatch(site, element);
    const std::string unhandled = queueOf(site, element).unhandled;
    return {outcomeOf(Kind::Done, "(" + unhandled + " > 0)", {unhandled + "--"}),
        site.raised("Overflow", "(" + unhandled + " == 0)")};
}

PromelaOutcomes waitFor(const PromelaSite& site, const PromelaElement& element)
{
    const bool isEvent = site.object().kind == PrimitiveKind::Event;
    return whenever(site, "(" + place(site, element) + (isEvent ? " == 1)" : " == 0)"), {});
}

PromelaTerm truth(std::string text)
{
    return {KnownValue::truth(), std::move(text)};
}

PromelaTerm number(std::string text)
{
    return {KnownValue::number(ValueKind::Integer), std::move(text)};
}

PromelaOutcomes askQuestion(const PromelaSite& site, const PromelaElement& element)
{
    const PromelaTerm handle =
        site.instruction.a == kNoRegister ? PromelaTerm() : site.term(site.instruction.a);
    PromelaOutcome outcome;
    outcome.result = promelaQuery(site, site.instruction, element, handle);
    return {outcome};
}

PromelaOutcomes carryOut(const PromelaSite& site, const PromelaElement& element)
{
    switch (site.instruction.operation) {
    case Operation::Query:
        return askQuestion(site, element);
    case Operation::Acquire:
        return acquire(site, element);
    case Operation::Release:
        return release(site, element);
    case Operation::Wait:
        return waitFor(site, element);
    case Operation::Set:
        return {outcomeOf(Kind::Done, {}, {place(site, element) + " = true"})};
    case Operation::Clear:
        return site.object().kind == PrimitiveKind::Barrier
            ? changeBarrier(site, element)
            : PromelaOutcomes{outcomeOf(Kind::Done, {}, {place(site, element) + " = false"})};
    case Operation::Arrive:
        return site.isWaiting ? waitAtBarrier(site, element) : comeToBarrier(site, element);
    case Operation::Abort:
        return changeBarrier(site, element);
    case Operation::Finish:
        return finish(site, element);
    case Operation::Put:
        return put(site, element);
    case Operation::Get:
        return get(site, element);
    case Operation::Close:
        return closeQueue(site, element);
    default: // Join of a queue
        return whenever(site, "(" + queueOf(site, element).unhandled + " == 0)", {});
    }
}

PromelaTerm queryHandle(
    const PromelaSite& site, std::string_view question, const PromelaTerm& handle)
{
    if (question == "alive" && handle.known.valueKind() == ValueKind::Handle)
        return truth("(status[" + handle.text + "] == " + std::to_string(kPromelaGoing) + ")");
    site.refuse("\"" + std::string(question) + "\"");
    return {};
}

} // namespace

PromelaTerm promelaQuery(const PromelaSite& site, const Instruction& query,
    const PromelaElement& element, const PromelaTerm& handle)
{
    const std::string_view question = functionRows()[static_cast<std::size_t>(query.function)].name;
    if (query.target < 0)
        return queryHandle(site, question, handle);
    const ObjectDeclaration& object =
        site.program.code().objects[static_cast<std::size_t>(query.target)];
    const auto at = [&](std::string_view ending = {}) {
        return objectText(site, query.target, element, ending);
    };
    const bool isLock =
        object.kind == PrimitiveKind::Mutex || object.kind == PrimitiveKind::RecursiveMutex;
    if (question == "locked" && isLock)
        return truth("(" + at() + " != 0)");
    if (question == "locked" && object.kind == PrimitiveKind::ReadWriteLock)
        return truth("(" + at("_writer") + " != 0 || " + at("_readers") + " != 0)");
    if (question == "value")
        return number(at());
    if (question == "is_set")
        return truth("(" + at() + " == 1)");
    if (question == "broken")
        return truth("(" + at("_broken") + " == 1)");
    if (question == "waiting"
        && (object.kind == PrimitiveKind::Condition || object.kind == PrimitiveKind::Barrier))
        return {KnownValue::number(ValueKind::Integer, 0, UINT8_MAX), at("_waiting")};
    if (object.kind == PrimitiveKind::Queue && question == "len")
        return {KnownValue::number(ValueKind::Integer, 0, *object.maximum), "len(" + at() + ")"};
    if (object.kind == PrimitiveKind::Queue && question == "empty")
        return truth("(len(" + at() + ") == 0)");
    if (object.kind == PrimitiveKind::Queue && question == "full")
        return truth("(len(" + at() + ") >= " + std::to_string(*object.maximum) + ")");
    site.refuse("\"" + std::string(question) + "\" of this object");
    return {};
}

PromelaOutcomes promelaObjectUse(const PromelaSite& site)
{
    const PromelaElement element = site.instruction.target < 0
        ? PromelaElement{"0", {}, false}
        : site.element(0, site.object().count, site.instruction.index);
    if (element.isMissing)
        return {site.raised("Missing")};
    return guarded(site, element, carryOut(site, element));
}

} // namespace heddle

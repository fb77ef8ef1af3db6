// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/machine_actions.h"
#include "engine/explore/machine_processes.h"
#include "engine/explore/machine_table.h"
#include "engine/model/program/catalogue.h"
#include "engine/model/program/refusals.h"

#include <utility>

namespace heddle {

namespace {

const VariableDeclaration& declarationOf(MachineStep& step)
{
    return step.machine().code().shared[static_cast<std::size_t>(step.instruction().target)];
}

Evaluated missing(const VariableDeclaration& declaration)
{
    return Evaluated::raise("Missing", variableIsUnset(declaration.name));
}

/// The element's cell; nothing if there is no such element, and then the step has raised.
std::optional<std::size_t> elementCell(MachineStep& step)
{
    const VariableDeclaration& declared = declarationOf(step);
    const LocalFacts& facts = step.machine().facts(step.state(), step.actor());
    if (facts.variable >= 0)
        return step.machine().variableCell(facts.variable, facts.element);
    step.raises(
        currentElement(step.machine().code(), step.local().state, declared.count, 0, declared.name)
            .problem);
    return std::nullopt;
}

// Of each actor and variable: has it read, and has somebody written since? Two bits each.
constexpr std::size_t kMostWatched = 16;
constexpr Cell kHasRead = 1;
constexpr Cell kIsStale = 3;

std::size_t watchedPlace(MachineStep& step, std::size_t cell)
{
    return cell - step.machine().layout().firstVariableCell();
}

void noteRead(MachineStep& step, MachineStep::Cells& cells, std::size_t cell)
{
    const StateLayout& layout = step.machine().layout();
    const std::size_t place = watchedPlace(step, cell);
    if (!layout.hasStaleReads() || place >= kMostWatched)
        return;
    Cell& reads = cells[layout.staleReadCell(step.actor())];
    reads = (reads & ~(kIsStale << (2 * place))) | kHasRead << (2 * place);
}

void noteWrite(MachineStep& step, MachineStep::Cells& cells, std::size_t cell)
{
    const StateLayout& layout = step.machine().layout();
    const std::size_t place = watchedPlace(step, cell);
    if (!layout.hasStaleReads() || place >= kMostWatched)
        return;
    const Cell mask = kIsStale << (2 * place);
    for (std::int32_t actor = 0; actor < step.machine().actorCount(); ++actor) {
        Cell& reads = cells[layout.staleReadCell(actor)];
        if (actor != step.actor()) {
            reads |= (reads & mask) != 0 ? mask : 0;
            continue;
        }
        if ((reads & mask) == mask)
            step.notes().lostUpdate = step.instruction().target;
        reads &= ~mask;
    }
}

/// Replaces the value by what `compute` makes of it; the step's result is what `answer` says.
template <typename Compute, typename Answer>
void update(MachineStep& step, const Compute& compute, const Answer& answer)
{
    const std::optional<std::size_t> cell = elementCell(step);
    if (!cell)
        return;
    const Value& old = step.machine().values().value(step.state()[*cell]);
    if (old.is(ValueKind::Unset))
        return step.raises(missing(declarationOf(step)));
    const Evaluated computed = compute(old);
    if (computed.isRaised())
        return step.raises(computed);
    const Evaluated checked = checkStore(declarationOf(step), computed.value);
    if (checked.isRaised())
        return step.raises(checked);
    MachineStep::Cells cells = step.copy();
    cells[*cell] = step.machine().values().intern(computed.value);
    noteWrite(step, cells, *cell);
    step.done(std::move(cells), answer(old));
}

const Value& oldValue(const Value& old)
{
    return old;
}

} // namespace

void loadVariable(MachineStep& step)
{
    const std::optional<std::size_t> cell = elementCell(step);
    if (!cell)
        return;
    const LocalFacts& facts = step.machine().facts(step.state(), step.actor());
    const Cell value =
        step.machine().cellSeenBy(step.actor(), step.state(), facts.variable, facts.element);
    if (step.machine().values().value(value).is(ValueKind::Unset))
        return step.raises(missing(declarationOf(step)));
    MachineStep::Cells cells = step.copy();
    noteRead(step, cells, *cell);
    step.doneWith(std::move(cells), value);
}

void storeVariable(MachineStep& step)
{
    const std::optional<std::size_t> cell = elementCell(step);
    if (!cell)
        return;
    const LocalFacts facts = step.machine().facts(step.state(), step.actor());
    if (!facts.isStorable)
        return step.raises(checkStore(declarationOf(step), step.value(step.instruction().a)));
    MachineStep::Cells cells = step.copy();
    const Cell written = facts.stored;
    // An atomic block has waited for an empty buffer, and its writes are seen at its end.
    if (!step.machine().layout().hasBuffers() || declarationOf(step).isAtomic || facts.isInAtomic)
        cells[*cell] = written;
    else if (!step.machine().bufferWrite(cells, step.actor(), *cell, written))
        return; // a write must leave the buffer first
    noteWrite(step, cells, *cell);
    step.done(std::move(cells));
}

void storeElement(MachineStep& step)
{
    const Value& key = step.value(step.instruction().b);
    const Value& item = step.value(step.instruction().a);
    update(
        step, [&](const Value& old) { return replaceElement(old, key, item); }, oldValue);
}

void addToVariable(MachineStep& step)
{
    const char mode = step.instruction().mode;
    const Operation operation = mode == '-' ? Operation::Subtract
        : mode == '*'                       ? Operation::Multiply
                                            : Operation::Add;
    const Value& amount = step.value(step.instruction().a);
    update(
        step, [&](const Value& old) { return applyBinary(operation, old, amount); }, oldValue);
}

void exchangeVariable(MachineStep& step)
{
    const Value& value = step.value(step.instruction().a);
    update(
        step, [&](const Value&) -> Evaluated { return value; }, oldValue);
}

void fetchAddVariable(MachineStep& step)
{
    const Value& amount = step.value(step.instruction().a);
    update(
        step, [&](const Value& old) { return applyBinary(Operation::Add, old, amount); }, oldValue);
}

void compareExchangeVariable(MachineStep& step)
{
    const Value& expected = step.value(step.instruction().a);
    const Value& wanted = step.value(step.instruction().b);
    update(
        step, [&](const Value& old) -> Evaluated { return old == expected ? wanted : old; },
        [&](const Value& old) { return Value::boolean(old == expected); });
}

void askQuestion(MachineStep& step)
{
    const Evaluated answer = step.machine().query(step.state(), step.instruction().function,
        step.object(), step.value(step.instruction().a), step.actor());
    if (answer.isRaised())
        return step.raises(answer);
    const auto row = static_cast<std::size_t>(step.instruction().function);
    if (functionRows()[row].name == "exit_of") {
        Cells cells = step.copy();
        reapAsked(step.machine(), cells, step.actor(), step.value(step.instruction().a));
        return step.done(std::move(cells), answer.value);
    }
    if (step.object() < 0 || functionRows()[row].name != "waiting"
        || isWaitTwoSteps(step.machine().declarationOf(step.object()).kind))
        return step.done(step.copy(), answer.value);
    // Who is about to wait may not have begun to: fewer may be counted.
    for (std::int64_t count = answer.value.number(); count >= 0; --count)
        step.decides(count, Value::integer(count));
}

void awaitPredicate(MachineStep& step)
{
    std::vector<Value> askedForEnds;
    const Evaluated condition = step.evaluateCondition(&askedForEnds);
    if (condition.isRaised())
        return step.raises(condition);
    if (!condition.value.isTrue())
        return step.waits();
    Cells cells = step.copy();
    for (const Value& handle : askedForEnds)
        reapAsked(step.machine(), cells, step.actor(), handle);
    step.done(std::move(cells));
}

} // namespace heddle

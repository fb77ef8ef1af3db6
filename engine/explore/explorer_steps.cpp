// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/explorer.h"
#include "engine/explore/state_findings.h"

#include <algorithm>
#include <utility>

// How a search expands a state: whose steps it takes, and what comes of those.

namespace heddle {

void Explorer::expand(std::uint32_t number)
{
    const bool isRepeated = m_ways[number].isExpanded != 0;
    m_ways[number].isExpanded = 1;
    m_states.read(number, m_state);
    if (!isRepeated && m_machine.isEnd(m_state)) {
        m_findings.ends.push_back(number);
        return;
    }
    if (!isRepeated)
        for (const std::int32_t variable : m_races.in(m_state))
            m_findings.races.try_emplace(variable, FoundAt{number});
    SleepSets::Mask wanted = 0;
    if (m_sleepSets)
        wanted = isRepeated ? m_sleepSets->beginAgain(number, m_state)
                            : m_sleepSets->beginFirst(number, m_state);
    const std::uint64_t before = m_transitions; // bounded ones are counted, too
    m_emptyRounds = 0;
    expandAll(number, wanted);
    if (m_options.keepsGraph)
        m_expanded.push_back(number);
    const bool isCut = m_machine.hasNoRoom() || m_machine.hasCapped() || m_bounds.limit();
    noteCapped(number);
    const bool isAllSeen =
        !isRepeated && !isCut && !(m_sleepSets && m_sleepSets->isAnybodyAsleep(number));
    if (isAllSeen && m_transitions == before + m_emptyRounds)
        noteStandstill(number);
}

/// Nobody can change anything any more, and the program has not come to its end.
void Explorer::noteStandstill(std::uint32_t number)
{
    if (m_emptyRounds == 0 && ++m_findings.deadlocks == 1)
        m_findings.deadlock = FoundAt{number};
    if (m_emptyRounds > 0 && !m_findings.livelock)
        m_findings.livelock = FoundAt{number};
}

void Explorer::expandAll(std::uint32_t number, SleepSets::Mask wanted)
{
    const std::uint64_t before = m_transitions;
    const std::int32_t mover = m_ways[number].mover;
    const auto isWanted = [&](std::int32_t actor) {
        return !m_sleepSets || SleepSets::holds(wanted, actor);
    };
    const bool isMoverWanted = mover >= 0 && isWanted(mover);
    bool couldGoOn = mover >= 0 && !isMoverWanted;
    if (isMoverWanted) {
        expandActor(number, mover, false);
        couldGoOn = m_transitions != before;
    }
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor)
        if (actor != mover && isWanted(actor))
            expandActor(number, actor, couldGoOn);
}

void Explorer::noteCapped(std::uint32_t number)
{
    if (!m_machine.hasCapped())
        return;
    for (const std::int32_t object : m_machine.takeCapped())
        m_findings.unbounded.try_emplace(object, FoundAt{number});
}

void Explorer::expandActor(std::uint32_t number, std::int32_t actor, bool isPreemption)
{
    const std::size_t first = m_steps.size();
    m_machine.addSteps(m_state, actor, m_steps);
    const std::size_t count = m_steps.size() - first;
    if (count > Way::kMostChoices)
        return m_bounds.noteManyOutcomes();
    Way way;
    way.before = number;
    way.actor = static_cast<std::int16_t>(actor);
    way.steps = m_ways[number].steps + 1;
    way.preemptions = static_cast<std::uint16_t>(
        std::min<std::uint32_t>(m_ways[number].preemptions + (isPreemption ? 1U : 0U), UINT16_MAX));
    for (std::size_t choice = 0; choice < count; ++choice) {
        way.choice = static_cast<std::uint16_t>(choice) & (Way::kMostChoices - 1);
        reach(static_cast<std::uint32_t>(first + choice), way);
    }
    const bool isEmptyRound = count == 1 && m_machine.facts(m_state, actor).spins
        && m_steps.notes(static_cast<std::uint32_t>(first)).spins;
    if (isEmptyRound)
        ++m_emptyRounds;
    else if (m_sleepSets && count > 0)
        m_sleepSets->putToSleep(actor);
}

/// Prepares the state that a step leads to, unless the step goes beyond a bound.
void Explorer::reach(std::uint32_t step, const Way& way)
{
    ++m_transitions;
    if (!m_bounds.allows(way))
        return;
    note(step, way);
    const std::span<Cell> state = m_steps.state(step);
    m_arrivals.push_back({way, step, 0});
    Arrival& arrival = m_arrivals.back();
    if (m_localSteps)
        arrival.way.steps += m_localSteps->join(state, way.actor);
    const bool hasMoved = m_symmetry.canonicalise(state);
    arrival.way.mover =
        hasMoved ? static_cast<std::int16_t>(m_symmetry.placeOf(way.actor)) : way.actor;
    if (m_sleepSets)
        arrival.asleep = m_sleepSets->behindStepOf(way.actor, hasMoved ? &m_symmetry : nullptr);
    m_states.prepare(state);
}

/// Has what is probably known of the steps' states fetched.
void Explorer::fetchArrivals() const
{
    for (std::size_t i = 0; i < m_arrivals.size(); ++i) {
        const std::uint32_t likely = m_states.lookAhead(i);
        if (likely == StateStore::kNone)
            continue;
        __builtin_prefetch(&m_ways[likely]);
        if (m_sleepSets)
            m_sleepSets->fetch(likely);
    }
}

/// Looks up where the steps have led to, in the order in which they were taken.
void Explorer::settleArrivals()
{
    if (isBeyondCache())
        fetchArrivals();
    std::size_t next = 0;
    const auto settleNext = [&] {
        settle(m_arrivals[next], m_states.insertPrepared(next));
        ++next;
    };
    for (const std::uint32_t from : m_expanded) { // of a graph, state by state
        m_edges.clear();
        while (next < m_arrivals.size() && m_arrivals[next].way.before == from)
            settleNext();
        m_graph.expand(from, m_edges);
    }
    while (next < m_arrivals.size())
        settleNext();
    m_expanded.clear();
    m_arrivals.clear();
    m_states.dropPrepared();
    m_steps.clear();
}

void Explorer::settle(const Arrival& arrival, const StateStore::Entry& entry)
{
    if (m_options.keepsGraph)
        m_edges.push_back({entry.number, static_cast<std::uint16_t>(arrival.way.actor),
            m_steps.notes(arrival.step).isProgress});
    remember(entry.number, arrival.way, entry.isNew);
    if (m_sleepSets)
        putToSleep(entry.number, arrival.asleep, entry.isNew);
    if (entry.isNew)
        look(entry.number, m_steps.state(arrival.step));
}

void Explorer::remember(std::uint32_t number, const Way& way, bool isNew)
{
    if (isNew) {
        m_ways.append(way);
        m_depth = std::max(m_depth, way.steps);
        return m_open.push(way.place(), number);
    }
    Way& known = m_ways[number];
    if (known.isExpanded != 0 || way.place() >= known.place())
        return;
    known = way;
    m_open.push(way.place(), number);
}

void Explorer::putToSleep(std::uint32_t number, SleepSets::Mask asleep, bool isNew)
{
    if (isNew)
        m_sleepSets->add(asleep);
    else if (m_sleepSets->meet(number, asleep, m_ways[number].isExpanded != 0))
        m_open.push(m_ways[number].place(), number);
}

void Explorer::note(std::uint32_t step, const Way& way)
{
    const StepNotes& notes = m_steps.notes(step);
    const std::int32_t actor = way.actor;
    const FoundAt found{way.before, actor, way.choice};
    if (notes.assertionFailed)
        m_findings.assertions.try_emplace(notes.assertion, found);
    if (notes.lostUpdate >= 0)
        m_findings.lostUpdates.try_emplace(notes.lostUpdate, found);
    if (const std::string* exception = endingException(m_machine, m_steps.state(step), actor))
        m_findings.exceptions.try_emplace(*exception, found);
}

void Explorer::look(std::uint32_t number, std::span<const Cell> state)
{
    const std::vector<Invariant>& invariants = m_machine.code().invariants;
    for (std::size_t i = 0; i < invariants.size(); ++i)
        if (!m_findings.violated[i] && isViolated(m_machine, state, invariants[i]))
            m_findings.violated[i] = FoundAt{number};
}

} // namespace heddle

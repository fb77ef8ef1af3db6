// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/explorer.h"
#include "engine/explore/state_findings.h"

#include <algorithm>
#include <bit>
#include <utility>

// How a search expands a state: whose steps it takes, and what comes of those.

namespace heddle {

namespace {

constexpr std::size_t kMostChoices = 1 << 15; // what a way has room for

constexpr std::uint64_t bitOf(std::int32_t actor)
{
    return std::uint64_t{1} << static_cast<unsigned>(actor);
}

} // namespace

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
    SleepMask wanted = ~SleepMask{0};
    if (m_options.usesSleepSets) {
        m_asleep = m_sleeping[number];
        wanted = ~m_asleep;
        if (isRepeated) {
            wanted = m_missing[number];
            m_missing.erase(number);
        }
        for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor)
            m_footprints[static_cast<std::size_t>(actor)] =
                m_machine.nextTouch(m_state, actor).footprint;
    }
    const std::uint64_t before = m_transitions; // bounded ones are counted, too
    m_emptyRounds = 0;
    expandAll(number, wanted);
    if (m_options.keepsGraph)
        m_expanded.push_back(number);
    const bool isCut = m_machine.hasNoRoom() || m_machine.hasCapped() || m_limit.has_value();
    noteCapped(number);
    const bool isAllSeen =
        !isRepeated && !isCut && (!m_options.usesSleepSets || m_sleeping[number] == 0);
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

void Explorer::expandAll(std::uint32_t number, SleepMask wanted)
{
    const std::uint64_t before = m_transitions;
    const std::int32_t mover = m_ways[number].mover;
    const auto isWanted = [&](std::int32_t actor) {
        return !m_options.usesSleepSets || (wanted & bitOf(actor)) != 0;
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

/// Whether the actor's next step concerns nobody else. Its end would: others may wait for it.
bool Explorer::isLocalStep(std::span<const Cell> state, std::int32_t actor)
{
    const LocalFacts& here = m_machine.facts(state, actor);
    if (!here.isGoing() || here.phase != Phase::Ready || here.spins || here.isInAtomic)
        return false;
    const Operation next = here.next->operation;
    if (next != Operation::Compute && next != Operation::Sleep && next != Operation::Yield)
        return false;
    m_machine.expand(state, actor, m_localSteps);
    if (m_localSteps.size() != 1 || !m_localSteps.notes(0).raised.empty()
        || m_localSteps.notes(0).spins || !m_machine.facts(m_localSteps.state(0), actor).isGoing())
        return false;
    return !m_machine.areSectionsSeen()
        || m_machine.local(state, actor).sections
        == m_machine.local(m_localSteps.state(0), actor).sections;
}

/// Takes the actor's local steps, up to a bound so that nobody is put off for ever; result: how
/// many.
std::uint32_t Explorer::joinLocalSteps(std::span<Cell> state, std::int32_t actor)
{
    constexpr std::uint32_t kMostJoined = 16;
    std::uint32_t count = 0;
    while (m_options.joinsLocalSteps && count < kMostJoined && isLocalStep(state, actor)) {
        const std::span<const Cell> after = std::as_const(m_localSteps).state(0);
        std::copy(after.begin(), after.end(), state.begin());
        ++count;
    }
    return count;
}

std::vector<ScheduledStep> Explorer::joinAtStart(std::span<Cell> state)
{
    std::vector<ScheduledStep> steps;
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor)
        steps.insert(steps.end(), joinLocalSteps(state, actor), {actor, 0, {}, 0, {}});
    return steps;
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
    if (count > kMostChoices) {
        m_limit = Sentence::of(HEDDLE_TEXT("Sentence", "one step has more than %1 outcomes"),
            {std::to_string(kMostChoices)});
        return;
    }
    Way way;
    way.before = number;
    way.actor = static_cast<std::int16_t>(actor);
    way.steps = m_ways[number].steps + 1;
    way.preemptions = static_cast<std::uint16_t>(
        std::min<std::uint32_t>(m_ways[number].preemptions + (isPreemption ? 1U : 0U), UINT16_MAX));
    for (std::size_t choice = 0; choice < count; ++choice) {
        way.choice = static_cast<std::uint16_t>(choice) & (kMostChoices - 1);
        reach(static_cast<std::uint32_t>(first + choice), way);
    }
    const bool isEmptyRound = count == 1 && m_machine.facts(m_state, actor).spins
        && m_steps.notes(static_cast<std::uint32_t>(first)).spins;
    if (isEmptyRound)
        ++m_emptyRounds;
    else if (m_options.usesSleepSets && count > 0)
        m_asleep |= bitOf(actor);
}

/// Prepares the state that a step leads to, unless the step goes beyond a bound.
void Explorer::reach(std::uint32_t step, const Way& way)
{
    ++m_transitions;
    if (m_limits.preemptions && way.preemptions > *m_limits.preemptions) {
        m_isBoundHit = true;
        return;
    }
    if (way.steps > static_cast<std::uint64_t>(m_machine.code().options.steps)) {
        m_areStepsHit = true;
        return;
    }
    note(step, way);
    const std::span<Cell> state = m_steps.state(step);
    m_arrivals.push_back({way, step, 0});
    Arrival& arrival = m_arrivals.back();
    arrival.way.steps += joinLocalSteps(state, way.actor);
    const bool hasMoved = m_symmetry.canonicalise(state);
    arrival.way.mover =
        hasMoved ? static_cast<std::int16_t>(m_symmetry.placeOf(way.actor)) : way.actor;
    if (m_options.usesSleepSets)
        arrival.asleep = sleepersAfter(way.actor, hasMoved);
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
        if (m_options.usesSleepSets)
            __builtin_prefetch(&m_sleeping[likely]);
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
    if (m_options.usesSleepSets)
        putToSleep(entry.number, entry.isNew, arrival.asleep);
    if (entry.isNew)
        look(entry.number, m_steps.state(arrival.step));
}

void Explorer::remember(std::uint32_t number, const Way& way, bool isNew)
{
    if (isNew) {
        m_ways.append(way);
        m_depth = std::max(m_depth, way.steps);
        return m_open.push({way.preemptions, way.steps}, number);
    }
    Way& known = m_ways[number];
    const bool isBetter =
        std::pair(way.preemptions, way.steps) < std::pair(known.preemptions, known.steps);
    if (known.isExpanded != 0 || !isBetter)
        return;
    known = way;
    m_open.push({way.preemptions, way.steps}, number);
}

// A state that is come to again is asleep only as far as it was each time.
void Explorer::putToSleep(std::uint32_t number, bool isNew, SleepMask mask)
{
    if (isNew) {
        m_sleeping.append(mask);
        return;
    }
    const SleepMask awoken = m_sleeping[number] & ~mask;
    if (awoken == 0)
        return;
    m_sleeping[number] &= mask;
    const Way& way = m_ways[number];
    if (way.isExpanded == 0)
        return;
    m_missing[number] |= awoken;
    m_open.push({way.preemptions, way.steps}, number);
}

Explorer::SleepMask Explorer::sleepersAfter(std::int32_t actor, bool hasMoved) const
{
    const Footprint& mine = m_footprints[static_cast<std::size_t>(actor)];
    SleepMask mask = 0;
    for (SleepMask rest = m_asleep; rest != 0; rest &= rest - 1) {
        const std::int32_t other = std::countr_zero(rest);
        if (m_footprints[static_cast<std::size_t>(other)].isIndependentOf(mine))
            mask |= bitOf(hasMoved ? m_symmetry.placeOf(other) : other);
    }
    return mask;
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

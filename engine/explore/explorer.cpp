// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/explorer.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

constexpr std::size_t kMostChoices = 1 << 15; // what a way has room for
constexpr std::size_t kMostSleepers = 64; // actors, a bit each
constexpr const char* kNoRoom = "more actors are started than a state has room for";
constexpr std::uint64_t kLookEvery = 256; // expansions between looks at the limits

constexpr std::uint64_t bitOf(std::int32_t actor)
{
    return std::uint64_t{1} << static_cast<unsigned>(actor);
}

/// States that differ only in what a failure says are one to a search.
MachineOptions searched(MachineOptions options)
{
    options.keepsFailureTexts = false;
    return options;
}

std::string exceptionName(const Code& code, const Value& exception)
{
    return code.exceptions[static_cast<std::size_t>(exception.number())];
}

} // namespace

Explorer::Explorer(
    std::shared_ptr<const Code> code, const ExplorerLimits& limits, const SearchOptions& options)
    : m_limits(limits)
    , m_options(options)
    , m_machine(std::move(code), searched(options.machine))
    , m_symmetry(m_machine.code(), m_machine.layout(), options.machine.mergesTwins)
    , m_states(m_machine.width())
    , m_steps(m_machine.width())
    , m_localSteps(m_machine.width())
    , m_state(m_machine.width())
    , m_footprints(static_cast<std::size_t>(m_machine.actorCount()))
{
    m_findings.violated.resize(m_machine.code().invariants.size());
    m_options.usesSleepSets = options.usesSleepSets && !options.keepsGraph
        && m_footprints.size() <= kMostSleepers && m_machine.hasExactFootprints();
    m_options.joinsLocalSteps = options.joinsLocalSteps && !m_machine.layout().hasClocks()
        && !m_machine.layout().hasBuffers() && !m_machine.layout().hasProcesses();
}

void Explorer::search(const std::stop_token& stop, const Progress& progress)
{
    m_begin = m_lastTold = std::chrono::steady_clock::now();
    std::vector<Cell> first = m_machine.initialState();
    Way begin;
    begin.steps = static_cast<std::uint32_t>(joinAtStart(first).size());
    m_symmetry.canonicalise(first);
    remember(m_states.insert(first).number, begin, true);
    look(0, first);
    if (m_options.usesSleepSets)
        putToSleep(0, true, 0);
    for (std::uint64_t count = 0; const auto next = m_open.pop(); ++count) {
        const auto& [place, state] = *next;
        const Way& way = m_ways[state];
        const bool isCurrent = SearchQueue::Place(way.preemptions, way.steps) == place;
        const bool isMissing = m_options.usesSleepSets && m_missing.count(state) != 0;
        if (!isCurrent || (way.isExpanded != 0 && !isMissing))
            continue;
        if (count % kLookEvery == 0 && isOverLimit(stop))
            return;
        if (m_states.size() >= m_limits.states || m_machine.hasNoRoom() || isFound()) {
            static_cast<void>(isOverLimit(stop)); // says which
            return;
        }
        if (progress && count % kLookEvery == 0)
            tellProgress(progress);
        expand(state);
    }
    noteWhatWasLeftOut();
}

void Explorer::noteWhatWasLeftOut()
{
    if (m_machine.hasNoRoom())
        m_limit = kNoRoom;
    if (m_isBoundHit)
        m_limit = "schedules with more than " + std::to_string(*m_limits.preemptions)
            + " preemptions were left out";
    if (m_areStepsHit)
        m_limit = "schedules of more than " + std::to_string(m_machine.code().options.steps)
            + " steps were left out (\"option steps\")";
    if (!m_findings.unbounded.empty())
        m_limit = "an unbounded queue was cut at " + std::to_string(m_machine.code().options.cap)
            + " items (\"option cap\")";
    if (m_machine.locals().leftDrawsOut())
        m_limit = "one step draws too many random numbers";
    if (m_machine.locals().asksClock())
        m_limit = "the program reads the clock (\"now\"), which \"time free\" says nothing about";
}

bool Explorer::isFound() const
{
    if (m_options.wanted)
        return m_findings.covers(*m_options.wanted);
    switch (m_limits.find) {
    case Find::All:
        return false;
    case Find::Deadlock:
        return m_findings.deadlock.has_value();
    case Find::Assert:
        return !m_findings.assertions.empty()
            || std::any_of(m_findings.violated.begin(), m_findings.violated.end(),
                [](const auto& found) { return found.has_value(); });
    case Find::Race:
        return !m_findings.races.empty();
    }
    return false;
}

std::size_t Explorer::bytes() const
{
    return m_states.bytes() + m_graph.bytes() + m_open.bytes() + m_ways.bytes() + m_sleeping.bytes()
        + m_missing.size() * 2 * sizeof(SleepMask);
}

bool Explorer::isOverLimit(const std::stop_token& stop)
{
    if (isFound())
        m_limit = "the search ended with the first thing that it was to find";
    else if (m_states.size() >= m_limits.states)
        m_limit = "the limit of " + std::to_string(m_limits.states) + " states was reached";
    else if (bytes() > m_limits.bytes)
        m_limit = "the limit of " + std::to_string(m_limits.bytes / 1024 / 1024)
            + " MiB of memory was reached";
    else if (std::chrono::steady_clock::now() - m_begin > m_limits.time)
        m_limit = "the time limit was reached";
    else if (stop.stop_requested())
        m_limit = "the search was stopped";
    else if (m_machine.hasNoRoom())
        m_limit = kNoRoom;
    return m_limit.has_value();
}

void Explorer::tellProgress(const Progress& progress)
{
    constexpr auto kPace = std::chrono::milliseconds(33);
    const auto now = std::chrono::steady_clock::now();
    if (now - m_lastTold < kPace)
        return;
    m_lastTold = now;
    progress({m_states.size(), m_transitions, m_depth,
        std::chrono::duration<double>(now - m_begin).count()});
}

void Explorer::expand(std::uint32_t number)
{
    const bool isRepeated = m_ways[number].isExpanded != 0;
    m_ways[number].isExpanded = 1;
    m_states.read(number, m_state);
    m_edges.clear();
    if (!isRepeated && m_machine.isEnd(m_state)) {
        m_findings.ends.push_back(number);
        return;
    }
    if (!isRepeated)
        lookForRaces(number);
    SleepMask wanted = ~SleepMask{0};
    if (m_options.usesSleepSets) {
        m_asleep = m_sleeping[number];
        wanted = ~m_asleep;
        if (isRepeated) {
            wanted = m_missing[number];
            m_missing.erase(number);
        }
        for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor)
            m_footprints[static_cast<std::size_t>(actor)] = m_machine.footprint(m_state, actor);
    }
    const std::uint64_t before = m_transitions; // bounded ones are counted, too
    expandAll(number, wanted);
    if (m_options.keepsGraph)
        m_graph.expand(number, m_edges);
    const bool isCut = m_machine.hasNoRoom() || m_machine.hasCapped() || m_limit.has_value();
    noteCapped(number);
    const bool isDeadlock = !isRepeated && m_transitions == before && !isCut
        && (!m_options.usesSleepSets || m_sleeping[number] == 0);
    if (isDeadlock && ++m_findings.deadlocks == 1)
        m_findings.deadlock = FoundAt{number};
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
    m_machine.expand(m_state, actor, m_steps);
    if (m_steps.size() > kMostChoices) {
        m_limit = "one step has more than " + std::to_string(kMostChoices) + " outcomes";
        return;
    }
    for (std::size_t choice = 0; choice < m_steps.size(); ++choice)
        reach(number, actor, choice, isPreemption);
    if (m_options.usesSleepSets && !m_steps.empty())
        m_asleep |= bitOf(actor);
}

void Explorer::reach(std::uint32_t from, std::int32_t actor, std::size_t choice, bool isPreemption)
{
    ++m_transitions;
    Way way;
    way.before = from;
    way.steps = m_ways[from].steps + 1;
    way.preemptions = static_cast<std::uint16_t>(
        std::min<std::uint32_t>(m_ways[from].preemptions + (isPreemption ? 1U : 0U), UINT16_MAX));
    if (m_limits.preemptions && way.preemptions > *m_limits.preemptions) {
        m_isBoundHit = true;
        return;
    }
    if (way.steps > static_cast<std::uint64_t>(m_machine.code().options.steps)) {
        m_areStepsHit = true;
        return;
    }
    note(from, actor, choice);
    const std::span<Cell> state = m_steps.state(choice);
    way.steps += joinLocalSteps(state, actor);
    const bool hasMoved = m_symmetry.canonicalise(state);
    way.actor = static_cast<std::int16_t>(actor);
    way.mover = static_cast<std::int16_t>(hasMoved ? m_symmetry.placeOf(actor) : actor);
    way.choice = static_cast<std::uint16_t>(choice) & (kMostChoices - 1);
    const StateStore::Entry entry = m_states.insert(state);
    if (m_options.keepsGraph)
        m_edges.push_back(
            {entry.number, static_cast<std::uint16_t>(actor), m_steps.notes(choice).isProgress});
    remember(entry.number, way, entry.isNew);
    if (m_options.usesSleepSets)
        putToSleep(entry.number, entry.isNew, sleepersAfter(actor, hasMoved));
    if (entry.isNew)
        look(entry.number, state);
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
    for (std::int32_t other = 0; other < m_machine.actorCount(); ++other)
        if ((m_asleep & bitOf(other)) != 0
            && m_footprints[static_cast<std::size_t>(other)].isIndependentOf(mine))
            mask |= bitOf(hasMoved ? m_symmetry.placeOf(other) : other);
    return mask;
}

void Explorer::note(std::uint32_t from, std::int32_t actor, std::size_t choice)
{
    const StepNotes& notes = m_steps.notes(choice);
    const FoundAt found{from, actor, static_cast<std::int32_t>(choice)};
    if (notes.assertionFailed)
        m_findings.assertions.try_emplace(notes.assertion, found);
    if (notes.spins && !m_findings.spin)
        m_findings.spin = found;
    if (notes.lostUpdate >= 0)
        m_findings.lostUpdates.try_emplace(notes.lostUpdate, found);
    if (m_machine.facts(m_steps.state(choice), actor).status != ActorState::Status::Failed)
        return;
    const LocalState& local = m_machine.local(m_steps.state(choice), actor);
    if (local.state.outcome.number() != kAssertionFailure)
        m_findings.exceptions.try_emplace(
            exceptionName(m_machine.code(), local.state.outcome), found);
}

void Explorer::look(std::uint32_t number, std::span<const Cell> state)
{
    const std::vector<Invariant>& invariants = m_machine.code().invariants;
    for (std::size_t i = 0; i < invariants.size(); ++i) {
        if (m_findings.violated[i])
            continue;
        const Evaluated value = m_machine.evaluate(state, invariants[i].fragment);
        if (value.isRaised() || !value.value.isTrue())
            m_findings.violated[i] = FoundAt{number};
    }
}

void Explorer::lookForRaces(std::uint32_t number)
{
    m_accesses.clear();
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        const NextAccess access = m_machine.nextAccess(m_state, actor);
        if (access.variable < 0
            || m_machine.code().shared[static_cast<std::size_t>(access.variable)].isAtomic)
            continue;
        const bool conflicts =
            std::any_of(m_accesses.begin(), m_accesses.end(), [&](const NextAccess& other) {
                return other.variable == access.variable && other.element == access.element
                    && (other.isWrite || access.isWrite);
            });
        if (conflicts)
            m_findings.races.try_emplace(access.variable, FoundAt{number});
        m_accesses.push_back(access);
    }
}

} // namespace heddle

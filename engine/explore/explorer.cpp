// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/explorer.h"

#include "engine/explore/witness.h"

#include <utility>

// The course of a search: which state comes next, and when it ends.

namespace heddle {

namespace {

constexpr std::size_t kMostArrivals = 24; // looked up together: more would not stay in the cache
constexpr std::uint64_t kLookEvery = 256; // expansions between looks at the limits

/// States that differ only in what a failure says are one to a search.
MachineOptions searched(MachineOptions options)
{
    options.keepsFailureTexts = false;
    return options;
}

} // namespace

Explorer::Explorer(
    std::shared_ptr<const Code> code, const ExplorerLimits& limits, const SearchOptions& options)
    : m_options(options)
    , m_machine(std::move(code), searched(options.machine))
    , m_symmetry(m_machine)
    , m_bounds(limits, m_machine.code().options.steps)
    , m_races(m_machine)
    , m_states(m_machine.width())
    , m_steps(m_machine.width())
    , m_state(m_machine.width())
{
    m_findings.violated.resize(m_machine.code().invariants.size());
    if (options.usesSleepSets && !options.keepsGraph && SleepSets::arePossible(m_machine))
        m_sleepSets.emplace(m_machine);
    if (options.joinsLocalSteps && LocalSteps::arePossible(m_machine))
        m_localSteps.emplace(m_machine);
}

void Explorer::search(const std::stop_token& stop, const TellProgress& tellProgress)
{
    m_bounds.begin();
    std::vector<Cell> first = m_machine.initialState();
    Way begin;
    if (m_localSteps)
        begin.steps = static_cast<std::uint32_t>(m_localSteps->joinAll(first).size());
    m_symmetry.canonicalise(first);
    remember(m_states.insert(first).number, begin, true);
    look(0, first);
    if (m_sleepSets)
        m_sleepSets->add(0);
    const bool isCovered = expandOpen(stop, tellProgress);
    settleArrivals();
    if (isCovered)
        m_bounds.noteWhatWasLeftOut(m_machine, m_findings);
}

/// Expands states until none is left; false if a limit comes first.
///
/// Steps lead to places behind the state's own, so the states at one place can all be expanded
/// before it is looked up where their steps have led to.
bool Explorer::expandOpen(const std::stop_token& stop, const TellProgress& tellProgress)
{
    SearchQueue::Place here;
    for (std::uint64_t count = 0;; ++count) {
        const bool isFull = m_arrivals.size() >= kMostArrivals;
        if (isFull || m_open.isEmpty() || m_open.place() != here)
            settleArrivals();
        const auto next = m_open.pop();
        if (!next)
            return true;
        here = next->first;
        const std::uint32_t state = next->second;
        fetchNext();
        const Way& way = m_ways[state];
        const bool isDone = way.isExpanded != 0 && !(m_sleepSets && m_sleepSets->isMissing(state));
        if (way.place() != here || isDone)
            continue;
        if (count % kLookEvery == 0 && isOverLimit(stop))
            return false;
        if (m_states.size() >= m_bounds.limits().states || m_machine.hasNoRoom() || isFound())
            return !isOverLimit(stop); // says which
        if (tellProgress && count % kLookEvery == 0)
            tellOnTime(tellProgress);
        expand(state);
    }
}

/// Whether there are so many states that it pays to have memory fetched ahead.
bool Explorer::isBeyondCache() const
{
    constexpr std::size_t kStatesInCache = 50'000;
    return m_states.size() > kStatesInCache;
}

/// Has the state fetched that is expanded after this one, where the cache does not hold them all.
void Explorer::fetchNext() const
{
    if (!isBeyondCache())
        return;
    const std::optional<std::uint32_t> next = m_open.peek();
    if (!next)
        return;
    m_states.fetch(*next);
    __builtin_prefetch(&m_ways[*next], 1);
    if (m_sleepSets)
        m_sleepSets->fetch(*next);
}

bool Explorer::isFound() const
{
    return m_options.wanted ? m_findings.covers(*m_options.wanted)
                            : m_findings.has(m_bounds.limits().find);
}

bool Explorer::isOverLimit(const std::stop_token& stop)
{
    return m_bounds.isReached({isFound(), m_machine.hasNoRoom(), m_states.size(), bytes()}, stop);
}

void Explorer::tellOnTime(const TellProgress& tellProgress)
{
    constexpr auto kPace = std::chrono::milliseconds(33);
    const std::chrono::nanoseconds now = m_bounds.elapsed();
    if (now - m_lastTold < kPace)
        return;
    m_lastTold = now;
    tellProgress(
        {m_states.size(), m_transitions, m_depth, std::chrono::duration<double>(now).count()});
}

std::size_t Explorer::bytes() const
{
    return m_states.bytes() + m_graph.bytes() + m_open.bytes() + m_ways.bytes()
        + (m_sleepSets ? m_sleepSets->bytes() : 0) + m_machine.bytes() + m_symmetry.bytes();
}

Schedule Explorer::scheduleTo(const FoundAt& found)
{
    LocalSteps* const joined = m_localSteps ? &*m_localSteps : nullptr;
    Schedule schedule = Witness(m_machine, m_symmetry, m_states, m_ways, joined).wayTo(found);
    MachineOptions options = m_options.machine;
    options.mergesTwins = false;
    Machine plain(m_machine.sharedCode(), options);
    numberAsInSchedules(schedule, plain);
    return schedule;
}

} // namespace heddle

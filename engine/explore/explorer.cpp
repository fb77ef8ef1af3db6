// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/explorer.h"

#include "engine/explore/unknown_text.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

constexpr std::size_t kMostSleepers = 64; // actors, a bit each
constexpr const char* kNoRoom =
    HEDDLE_TEXT("Sentence", "more actors are started than a state has room for");
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
    : m_limits(limits)
    , m_options(options)
    , m_machine(std::move(code), searched(options.machine))
    , m_symmetry(m_machine)
    , m_races(m_machine)
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
    const bool isCovered = expandOpen(stop, progress);
    settleArrivals();
    if (isCovered)
        noteWhatWasLeftOut();
}

/// Expands states until none is left; false if a limit comes first.
///
/// Steps lead to places behind the state's own, so the states at one place can all be expanded
/// before it is looked up where their steps have led to.
bool Explorer::expandOpen(const std::stop_token& stop, const Progress& progress)
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
        const bool isCurrent = SearchQueue::Place(way.preemptions, way.steps) == here;
        if (!isCurrent || (way.isExpanded != 0 && m_missing.count(state) == 0))
            continue;
        if (count % kLookEvery == 0 && isOverLimit(stop))
            return false;
        if (m_states.size() >= m_limits.states || m_machine.hasNoRoom() || isFound())
            return !isOverLimit(stop); // says which
        if (progress && count % kLookEvery == 0)
            tellProgress(progress);
        expand(state);
    }
}

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
    if (m_options.usesSleepSets)
        __builtin_prefetch(&m_sleeping[*next], 1);
}

void Explorer::noteWhatWasLeftOut()
{
    if (m_machine.hasNoRoom())
        m_limit = Sentence::of(kNoRoom);
    if (m_isBoundHit)
        m_limit = Sentence::of(
            HEDDLE_TEXT("Sentence", "schedules with more than %1 preemptions were left out"),
            {std::to_string(*m_limits.preemptions)});
    if (m_areStepsHit)
        m_limit =
            Sentence::of(HEDDLE_TEXT("Sentence",
                             "schedules of more than %1 steps were left out (\"option steps\")"),
                {std::to_string(m_machine.code().options.steps)});
    if (!m_findings.unbounded.empty())
        m_limit = Sentence::of(
            HEDDLE_TEXT("Sentence", "an unbounded queue was cut at %1 items (\"option cap\")"),
            {std::to_string(m_machine.code().options.cap)});
    if (m_machine.locals().leftDrawsOut())
        m_limit = Sentence::of(HEDDLE_TEXT("Sentence", "one step draws too many random numbers"));
    if (const auto* command = writerOfUnknownText(m_machine.code());
        command != nullptr && m_machine.locals().guesses())
        m_limit = dependsOnTexts(*command);
    if (m_machine.locals().asksClock())
        m_limit = Sentence::of(HEDDLE_TEXT("Sentence",
            "the program reads the clock (\"now\"), which \"time free\" says nothing about"));
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
        + m_missing.size() * (2 * sizeof(SleepMask) + kEntryBytes) + m_machine.bytes()
        + m_symmetry.bytes();
}

bool Explorer::isOverLimit(const std::stop_token& stop)
{
    if (isFound())
        m_limit = Sentence::of(
            HEDDLE_TEXT("Sentence", "the search ended with the first thing that it was to find"));
    else if (m_states.size() >= m_limits.states)
        m_limit = Sentence::of(HEDDLE_TEXT("Sentence", "the limit of %1 states was reached"),
            {std::to_string(m_limits.states)});
    else if (bytes() > m_limits.bytes)
        m_limit = Sentence::of(HEDDLE_TEXT("Sentence", "the limit of %1 MiB of memory was reached"),
            {std::to_string(m_limits.bytes / 1024 / 1024)});
    else if (std::chrono::steady_clock::now() - m_begin > m_limits.time)
        m_limit = Sentence::of(HEDDLE_TEXT("Sentence", "the time limit was reached"));
    else if (stop.stop_requested())
        m_limit = Sentence::of(HEDDLE_TEXT("Sentence", "the search was stopped"));
    else if (m_machine.hasNoRoom())
        m_limit = Sentence::of(kNoRoom);
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

} // namespace heddle

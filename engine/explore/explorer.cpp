// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/explorer.h"

#include "engine/explore/stepper.h"

#include <algorithm>

namespace heddle {

namespace {

std::string exceptionName(const Code& code, const Value& exception)
{
    return code.exceptions[static_cast<std::size_t>(exception.number())];
}

} // namespace

Explorer::Explorer(
    std::shared_ptr<const Code> code, const ExplorerLimits& limits, const MachineOptions& options)
    : m_limits(limits)
    , m_machine(std::move(code), options)
    , m_states(m_machine.width())
    , m_steps(m_machine.width())
{
    m_findings.violated.resize(m_machine.code().invariants.size());
}

void Explorer::search(const std::stop_token& stop)
{
    m_deadline = std::chrono::steady_clock::now() + m_limits.time;
    static_cast<void>(m_states.insert(m_machine.initialState()));
    m_ways.emplace_back();
    look(0);
    push(0);
    while (const std::optional<std::uint32_t> next = pop()) {
        if (isOverLimit(stop))
            return;
        expand(*next);
    }
    if (m_machine.locals().leftDrawsOut())
        m_limit = "one step draws too many random numbers";
    if (m_machine.locals().asksClock())
        m_limit = "the program reads the clock (\"now\"), which \"time free\" says nothing about";
}

void Explorer::push(std::uint32_t state)
{
    const Way& way = m_ways[state];
    if (m_open.size() <= way.preemptions)
        m_open.resize(way.preemptions + 1);
    auto& bySteps = m_open[way.preemptions];
    if (bySteps.size() <= way.steps)
        bySteps.resize(way.steps + 1);
    bySteps[way.steps].push_back(state);
    m_place = std::min(m_place, {way.preemptions, way.steps});
}

std::optional<std::uint32_t> Explorer::pop()
{
    for (auto& [preemptions, steps] = m_place; preemptions < m_open.size(); ++preemptions) {
        auto& bySteps = m_open[preemptions];
        for (; steps < bySteps.size(); ++steps) {
            while (!bySteps[steps].empty()) {
                const std::uint32_t state = bySteps[steps].back();
                bySteps[steps].pop_back();
                const Way& way = m_ways[state];
                const bool isCurrent = way.preemptions == preemptions && way.steps == steps;
                if (isCurrent && !way.isExpanded)
                    return state;
            }
        }
        steps = 0;
    }
    return std::nullopt;
}

bool Explorer::isOverLimit(const std::stop_token& stop)
{
    if (m_states.size() >= m_limits.states)
        m_limit = "the limit of " + std::to_string(m_limits.states) + " states was reached";
    else if (m_states.bytes() + m_graph.bytes() + m_ways.capacity() * sizeof(Way) > m_limits.bytes)
        m_limit = "the limit of " + std::to_string(m_limits.bytes / 1024 / 1024)
            + " MiB of memory was reached";
    else if (std::chrono::steady_clock::now() > m_deadline)
        m_limit = "the time limit was reached";
    else if (stop.stop_requested())
        m_limit = "the search was stopped";
    else if (m_machine.hasNoRoom())
        m_limit = "more actors are started than a state has room for";
    return m_limit.has_value();
}

void Explorer::expand(std::uint32_t number)
{
    m_ways[number].isExpanded = true;
    const std::span<const Cell> stored = m_states.state(number);
    const std::vector<Cell> state(stored.begin(), stored.end()); // the store moves as it grows
    m_edges.clear();
    if (m_machine.isEnd(state)) {
        m_findings.ends.push_back(number);
        m_graph.expand(number, m_edges);
        return;
    }
    lookForRaces(number, state);
    const std::int32_t last = m_ways[number].actor;
    bool couldGoOn = false;
    if (last >= 0) {
        m_machine.expand(state, last, m_steps);
        couldGoOn = !m_steps.empty();
    }
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        m_machine.expand(state, actor, m_steps);
        for (std::size_t choice = 0; choice < m_steps.size(); ++choice)
            reach(number, actor, choice, couldGoOn && actor != last);
    }
    m_graph.expand(number, m_edges);
    if (m_edges.empty() && !m_findings.deadlock && !m_machine.hasNoRoom())
        m_findings.deadlock = FoundAt{number};
}

void Explorer::reach(std::uint32_t from, std::int32_t actor, std::size_t choice, bool isPreemption)
{
    const StateStore::Entry entry = m_states.insert(m_steps.state(choice));
    m_edges.push_back(
        {entry.number, static_cast<std::uint16_t>(actor), m_steps.notes(choice).isProgress});
    note(from, actor, choice);
    Way way;
    way.before = from;
    way.steps = m_ways[from].steps + 1;
    way.preemptions = m_ways[from].preemptions + (isPreemption ? 1 : 0);
    way.actor = static_cast<std::int16_t>(actor);
    way.choice = static_cast<std::int16_t>(choice);
    if (entry.isNew) {
        m_ways.push_back(way);
        m_depth = std::max(m_depth, way.steps);
        look(entry.number);
        return push(entry.number);
    }
    Way& known = m_ways[entry.number];
    const bool isBetter =
        std::pair(way.preemptions, way.steps) < std::pair(known.preemptions, known.steps);
    if (known.isExpanded || !isBetter)
        return;
    known = way;
    push(entry.number);
}

void Explorer::note(std::uint32_t from, std::int32_t actor, std::size_t choice)
{
    const StepNotes& notes = m_steps.notes(choice);
    const FoundAt found{from, actor, static_cast<std::int32_t>(choice)};
    if (notes.assertionFailed)
        m_findings.assertions.try_emplace(notes.assertion, found);
    if (notes.spins && !m_findings.spin)
        m_findings.spin = found;
    const LocalState& local = m_machine.local(m_steps.state(choice), actor);
    if (local.state.status == ActorState::Status::Failed
        && local.state.outcome.number() != kAssertionFailure)
        m_findings.exceptions.try_emplace(
            exceptionName(m_machine.code(), local.state.outcome), found);
}

void Explorer::look(std::uint32_t number)
{
    const std::vector<Invariant>& invariants = m_machine.code().invariants;
    for (std::size_t i = 0; i < invariants.size(); ++i) {
        if (m_findings.violated[i])
            continue;
        const Evaluated value = m_machine.evaluate(m_states.state(number), invariants[i].fragment);
        if (value.isRaised() || !value.value.isTrue())
            m_findings.violated[i] = FoundAt{number};
    }
}

void Explorer::lookForRaces(std::uint32_t number, const std::vector<Cell>& state)
{
    std::vector<NextAccess> seen;
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        if (!m_machine.isStarted(state, actor) || !m_machine.isGoing(state, actor))
            continue;
        const NextAccess access = m_machine.nextAccess(state, actor);
        if (access.variable < 0
            || m_machine.code().shared[static_cast<std::size_t>(access.variable)].isAtomic)
            continue;
        const bool conflicts =
            std::any_of(seen.begin(), seen.end(), [&access](const NextAccess& other) {
                return other.variable == access.variable && other.element == access.element
                    && (other.isWrite || access.isWrite);
            });
        if (conflicts)
            m_findings.races.try_emplace(access.variable, FoundAt{number});
        seen.push_back(access);
    }
}

Schedule Explorer::scheduleTo(const FoundAt& found)
{
    Schedule schedule;
    if (found.actor >= 0)
        schedule.steps.push_back({found.actor, found.choice, {}, 0, {}});
    for (std::uint32_t at = found.state; m_ways[at].actor >= 0; at = m_ways[at].before)
        schedule.steps.push_back({m_ways[at].actor, m_ways[at].choice, {}, 0, {}});
    std::reverse(schedule.steps.begin(), schedule.steps.end());
    Stepper stepper(m_machine);
    for (ScheduledStep& step : schedule.steps)
        static_cast<void>(stepper.move(step)); // the search has taken each of them
    return schedule;
}

} // namespace heddle

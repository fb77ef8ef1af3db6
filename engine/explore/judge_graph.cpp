// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/exploration_judge.h"
#include "engine/explore/found_words.h"

#include <utility>

// What is judged by the steps between the states: what goes on for ever, and who never again.

namespace heddle {

namespace {

constexpr const char* kEmptyLoop =
    HEDDLE_TEXT("Sentence", "an actor loops for ever without touching anything shared");

} // namespace

void ExplorationJudge::judgeTerminates(ExploredExpectation& judged)
{
    const Findings& findings = m_findings;
    if (findings.deadlock)
        return failed(judged, *findings.deadlock, aScheduleLeadsTo(aDeadlock()));
    if (findings.livelock)
        return failed(judged, *findings.livelock, Sentence::of(kEmptyLoop));
    if (m_explorer.limit())
        return unchecked(judged, *m_explorer.limit());
    if (m_explorer.graph().hasCycle(m_explorer.states().size())) {
        const auto cycle = fairCycles().find(
            [](const StateGraph::Edge&) { return true; }, [](const auto&) { return true; });
        if (cycle)
            return failed(judged, {*cycle},
                Sentence::of(HEDDLE_TEXT("Sentence", "a schedule goes on for ever")));
    }
    held(judged);
}

// At a fair lock nobody is passed over for ever.
FairCycles ExplorationJudge::fairCycles()
{
    FairCycles::IsStrong isStrong;
    if (m_code.options.fairLocks)
        isStrong = [this](std::uint32_t state, std::int32_t actor) {
            const std::vector<Cell> cells = m_explorer.states().copy(state);
            const LocalFacts& facts = m_machine.facts(cells, actor);
            return facts.isGoing()
                && (facts.next->operation == Operation::Lock
                    || facts.next->operation == Operation::Acquire || facts.phase == Phase::Retaking
                    || facts.phase == Phase::RetakingLate);
        };
    return {m_explorer.graph(), m_explorer.states().size(), m_machine.actorCount(),
        std::move(isStrong)};
}

void ExplorationJudge::judgeLivelock(const Expectation& expectation, ExploredExpectation& judged)
{
    std::optional<FoundAt> found = m_findings.livelock;
    if (!found && m_explorer.limit())
        return unchecked(judged, *m_explorer.limit());
    if (!m_explorer.limit()) { // the first of all
        const auto cycle =
            fairCycles().find([](const StateGraph::Edge& edge) { return !edge.isProgress; },
                [](const auto&) { return true; });
        if (cycle)
            found = FoundAt{*cycle};
    }
    reachable(judged, expectation.isReachable, found,
        Sentence::of(HEDDLE_TEXT("Sentence", "an endless loop without progress")));
}

/// A state from which the others can make progress for ever and this actor none.
std::optional<std::uint32_t> ExplorationJudge::starvationOf(
    std::int32_t actor, const std::string& name)
{
    const StateGraph& graph = m_explorer.graph();
    const auto counts = [actor](const StateGraph::Edge& edge) {
        return edge.actor != actor || !edge.isProgress;
    };
    std::vector<bool> isInside(m_explorer.states().size(), false);
    const auto othersProgress = [&](const FairCycles::States& component) {
        const std::vector<Cell> cells = m_explorer.states().copy(component.front());
        if (!m_machine.isStarted(cells, actor) || !m_machine.isGoing(cells, actor)
            || (!name.empty() && !isMeant(m_machine.identity(cells, actor).name, name)))
            return false;
        for (const std::uint32_t state : component)
            isInside[state] = true;
        bool isFound = false;
        for (const std::uint32_t state : component)
            for (const StateGraph::Edge& edge : graph.edges(state))
                isFound = isFound || (edge.isProgress && edge.actor != actor && isInside[edge.to]);
        for (const std::uint32_t state : component)
            isInside[state] = false;
        return isFound;
    };
    return fairCycles().find(counts, othersProgress);
}

void ExplorationJudge::judgeStarvation(const Expectation& expectation, ExploredExpectation& judged)
{
    if (m_explorer.limit())
        return unchecked(judged, *m_explorer.limit());
    std::optional<FoundAt> found;
    for (std::int32_t actor = 0; !found && actor < m_machine.actorCount(); ++actor) {
        if (const auto state = starvationOf(actor, expectation.name))
            found = FoundAt{*state};
    }
    reachable(judged, expectation.isReachable, found,
        expectation.name.empty()
            ? Sentence::of(HEDDLE_TEXT("Sentence",
                "an endless schedule in which somebody makes no progress while others do"))
            : Sentence::of(HEDDLE_TEXT("Sentence",
                               "an endless schedule in which %1 makes no progress while others do"),
                {expectation.name}));
}

bool ExplorationJudge::isMeantIn(
    std::uint32_t state, std::int32_t actor, const std::string& name) const
{
    const std::vector<Cell> cells = m_explorer.states().copy(state);
    return m_machine.isStarted(cells, actor) && m_machine.isGoing(cells, actor)
        && isMeant(m_machine.identity(cells, actor).name, name);
}

void ExplorationJudge::judgeStuck(const Expectation& expectation, ExploredExpectation& judged)
{
    const Sentence what = Sentence::of(HEDDLE_TEXT("Sentence", "a state in which it is stuck"));
    std::optional<FoundAt> found = m_explorer.findings().deadlock; // a state of this search
    if (m_explorer.limit()) { // only what a deadlock shows is known
        bool isStuck = false;
        for (std::int32_t actor = 0; found && actor < m_machine.actorCount(); ++actor)
            isStuck = isStuck || isMeantIn(found->state, actor, expectation.name);
        return reachable(judged, expectation.isReachable, isStuck ? found : std::nullopt, what);
    }
    found.reset();
    std::vector<bool> isEnd(m_explorer.states().size(), false);
    for (const std::uint32_t end : m_explorer.findings().ends)
        isEnd[end] = true;
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        const std::vector<bool> can = m_explorer.graph().canMove(m_explorer.states().size(), actor);
        for (std::uint32_t state = 0; state < can.size() && (!found || state < found->state);
             ++state)
            if (!can[state] && !isEnd[state] && isMeantIn(state, actor, expectation.name))
                found = FoundAt{state};
    }
    reachable(judged, expectation.isReachable, found, what);
}

} // namespace heddle

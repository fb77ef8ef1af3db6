// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/findings.h"
#include "engine/explore/local_steps.h"
#include "engine/explore/machine.h"
#include "engine/explore/race_look.h"
#include "engine/explore/search_bounds.h"
#include "engine/explore/search_options.h"
#include "engine/explore/search_queue.h"
#include "engine/explore/search_ways.h"
#include "engine/explore/sleep_sets.h"
#include "engine/explore/state_graph.h"
#include "engine/explore/state_store.h"
#include "engine/explore/symmetry.h"
#include "engine/model/exploration/schedule.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace heddle {

/// Searches all states of a program: those with the fewest preemptions first, and of these those
/// with the fewest steps.
///
/// A preemption is a step of another actor while the last one could go on. It orders the search and
/// never cuts it. The order is exact in steps; as a state is kept once, whoever came to it first counts
/// as the last one to have moved.
///
/// Sleep sets leave steps out, never states. Joining local steps leaves out states, never what the
/// search is to find: deadlocks, ends, failed assertions, violated invariants, races, uncaught
/// exceptions. With either the order is only nearly the one above. Neither is used where it could
/// be seen.
///
/// Threads: one thread at a time; `stop` may be asked for by any.
class Explorer
{
public:
    Explorer(std::shared_ptr<const Code> code, const ExplorerLimits& limits,
        const SearchOptions& options = {});

    /// Searches until the space is covered, a limit is reached or `stop` is asked for.
    void search(const std::stop_token& stop = {}, const TellProgress& tellProgress = {});

    [[nodiscard]] Machine& machine() { return m_machine; }
    [[nodiscard]] const Machine& machine() const { return m_machine; }
    [[nodiscard]] const StateStore& states() const { return m_states; }
    [[nodiscard]] const StateGraph& graph() const { return m_graph; }
    [[nodiscard]] bool hasGraph() const { return m_options.keepsGraph; }
    [[nodiscard]] bool mergesTwins() const { return !m_symmetry.isEmpty(); }
    [[nodiscard]] const Findings& findings() const { return m_findings; }
    [[nodiscard]] const std::optional<Sentence>& limit() const { return m_bounds.limit(); }
    [[nodiscard]] Find find() const { return m_bounds.limits().find; }
    [[nodiscard]] std::uint32_t depth() const { return m_depth; }
    [[nodiscard]] std::uint64_t transitions() const { return m_transitions; }
    [[nodiscard]] std::size_t bytes() const; ///< about: that all that grows takes

    /// States that differ from this one only in how a ring is turned, each once; itself at least.
    [[nodiscard]] std::vector<std::vector<Cell>> turns(std::uint32_t state)
    {
        return m_symmetry.turns(m_states.copy(state));
    }

    /// The way by which something was found, in a machine that merges nothing.
    [[nodiscard]] Schedule scheduleTo(const FoundAt& found);

private:
    struct Arrival ///< a step that has been taken; where it has led to is looked up later
    {
        Way way;
        std::uint32_t step = 0; ///< on the list of steps
        SleepSets::Mask asleep = 0;
    };

    // The course of the search.
    [[nodiscard]] bool expandOpen(const std::stop_token& stop, const TellProgress& tellProgress);
    void fetchNext() const;
    [[nodiscard]] bool isBeyondCache() const;
    [[nodiscard]] bool isFound() const;
    [[nodiscard]] bool isOverLimit(const std::stop_token& stop);
    void tellOnTime(const TellProgress& tellProgress);

    // One state: whose steps are taken.
    void expand(std::uint32_t number);
    void expandAll(std::uint32_t number, SleepSets::Mask wanted);
    void expandActor(std::uint32_t number, std::int32_t actor, bool isPreemption);
    void noteCapped(std::uint32_t number);
    void noteStandstill(std::uint32_t number);

    // One step: what comes of it.
    void reach(std::uint32_t step, const Way& way);
    void note(std::uint32_t step, const Way& way);
    void fetchArrivals() const;
    void settleArrivals();
    void settle(const Arrival& arrival, const StateStore::Entry& entry);
    void remember(std::uint32_t number, const Way& way, bool isNew);
    void putToSleep(std::uint32_t number, SleepSets::Mask asleep, bool isNew);
    void look(std::uint32_t number, std::span<const Cell> state);

    SearchOptions m_options;
    Machine m_machine;
    Symmetry m_symmetry;
    SearchBounds m_bounds;
    std::optional<SleepSets> m_sleepSets; ///< where they are used
    std::optional<LocalSteps> m_localSteps; ///< where they are joined
    RaceLook m_races;
    StateStore m_states;
    StateGraph m_graph;
    StepList m_steps;
    Ways m_ways;
    SearchQueue m_open;
    Findings m_findings;
    std::uint32_t m_depth = 0;
    std::uint64_t m_transitions = 0;
    std::chrono::nanoseconds m_lastTold{0};

    // The state that is being expanded.
    std::vector<Cell> m_state;
    std::uint64_t m_emptyRounds = 0; ///< steps out of it that only go round a loop

    // Of the states that have been expanded together.
    std::vector<std::uint32_t> m_expanded;
    std::vector<Arrival> m_arrivals; ///< as many as there are prepared states
    std::vector<StateGraph::Edge> m_edges;
};

} // namespace heddle

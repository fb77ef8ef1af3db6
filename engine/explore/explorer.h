// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/chunked_vector.h"
#include "engine/explore/findings.h"
#include "engine/explore/machine.h"
#include "engine/explore/race_look.h"
#include "engine/explore/search_queue.h"
#include "engine/explore/state_graph.h"
#include "engine/explore/state_store.h"
#include "engine/explore/symmetry.h"
#include "engine/model/exploration/schedule.h"
#include "engine/model/exploration/verdict.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <unordered_map>
#include <vector>

namespace heddle {

/// What a search looks for: it ends early when it has found one.
enum class Find : std::uint8_t
{
    All, ///< everything: the search goes through the whole space
    Deadlock,
    Assert, ///< a failed assertion or a violated invariant
    Race
};

struct ExplorerLimits
{
    std::size_t states = 2'000'000;
    std::size_t bytes = std::size_t{256} * 1024 * 1024;
    std::chrono::nanoseconds time = std::chrono::seconds(10);
    std::optional<std::uint32_t> preemptions; ///< schedules with more are left out
    Find find = Find::All;
    bool drawsSamples = true; ///< after a limit, schedules are drawn by chance for a while
};

/// How far a search is.
struct ExplorationProgress
{
    std::uint64_t states = 0;
    std::uint64_t transitions = 0;
    std::uint32_t depth = 0;
    double seconds = 0;
};

struct SearchOptions
{
    MachineOptions machine; ///< with `mergesTwins`, states that differ in twins only are one
    bool keepsGraph = true; ///< the steps between the states are kept, for what is read off them
    bool usesSleepSets = false; ///< steps that lead where others have led are left out
    /// A step that concerns nobody else (`compute`, `sleep`, `yield`) is done together with the one
    /// before it.
    bool joinsLocalSteps = false;
    std::optional<Findings> wanted; ///< the search ends when it has come across all of these, too
};

/// Searches all states of a program: those with the fewest preemptions first, and of these those
/// with the fewest steps.
///
/// A preemption is a step of another actor while the last one could go on. It orders the
/// search and never cuts it. The order is exact in steps; as a state is kept once, whoever came to
/// it first counts as the last one to have moved.
///
/// Sleep sets leave steps out, never states (Godefroid, Partial-Order Methods, 1996, chapter 5: the
/// version for searches that keep states). Joining local steps leaves out states, never what the
/// search is to find: deadlocks, ends, failed assertions, violated invariants, races, uncaught
/// exceptions. With either the order is only nearly the one above. Neither is used where it could
/// be seen.
///
/// Threads: one thread at a time; `stop` may be asked for by any.
class Explorer
{
public:
    using Progress = std::function<void(const ExplorationProgress&)>;

    Explorer(std::shared_ptr<const Code> code, const ExplorerLimits& limits,
        const SearchOptions& options = {});

    /// Searches until the space is covered, a limit is reached or `stop` is asked for. `progress`
    /// is told some thirty times a second, on this thread.
    void search(const std::stop_token& stop = {}, const Progress& progress = {});

    [[nodiscard]] Machine& machine() { return m_machine; }
    [[nodiscard]] const Machine& machine() const { return m_machine; }
    [[nodiscard]] const StateStore& states() const { return m_states; }
    [[nodiscard]] const StateGraph& graph() const { return m_graph; }
    [[nodiscard]] bool hasGraph() const { return m_options.keepsGraph; }
    [[nodiscard]] bool mergesTwins() const { return !m_symmetry.isEmpty(); }
    [[nodiscard]] const Findings& findings() const { return m_findings; }
    [[nodiscard]] const std::optional<Sentence>& limit() const { return m_limit; }
    [[nodiscard]] Find find() const { return m_limits.find; }
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
    using SleepMask = std::uint64_t; ///< a bit for each actor
    struct Way
    {
        std::uint32_t before = 0;
        std::uint32_t steps = 0;
        std::uint16_t preemptions = 0;
        std::int16_t mover = -1; ///< who moved last, where it stands in this state
        std::int16_t actor = -1; ///< the same, where it stood in the state before
        std::uint16_t choice : 15 = 0;
        std::uint16_t isExpanded : 1 = 0;
    };
    struct Arrival ///< a step that has been taken; where it has led to is looked up later
    {
        Way way;
        std::uint32_t step = 0; ///< on the list of steps
        SleepMask asleep = 0;
    };
    [[nodiscard]] bool expandOpen(const std::stop_token& stop, const Progress& progress);
    void fetchNext() const;
    /// Whether there are so many states that it pays to have memory fetched ahead.
    [[nodiscard]] bool isBeyondCache() const;
    [[nodiscard]] bool isOverLimit(const std::stop_token& stop);
    [[nodiscard]] bool isFound() const;
    void tellProgress(const Progress& progress);
    void expand(std::uint32_t number);
    void expandAll(std::uint32_t number, SleepMask wanted);
    [[nodiscard]] bool isLocalStep(std::span<const Cell> state, std::int32_t actor);
    std::uint32_t joinLocalSteps(std::span<Cell> state, std::int32_t actor);
    [[nodiscard]] std::vector<ScheduledStep> joinAtStart(std::span<Cell> state);
    void expandActor(std::uint32_t number, std::int32_t actor, bool isPreemption);
    void reach(std::uint32_t step, const Way& way);
    void fetchArrivals() const;
    void settleArrivals();
    void settle(const Arrival& arrival, const StateStore::Entry& entry);
    void remember(std::uint32_t number, const Way& way, bool isNew);
    void putToSleep(std::uint32_t number, bool isNew, SleepMask mask);
    [[nodiscard]] SleepMask sleepersAfter(std::int32_t actor, bool hasMoved) const;
    void note(std::uint32_t step, const Way& way);
    void look(std::uint32_t number, std::span<const Cell> state);
    void noteCapped(std::uint32_t number);
    void noteStandstill(std::uint32_t number);
    void noteWhatWasLeftOut();
    [[nodiscard]] Schedule replay(const std::vector<std::uint32_t>& states, const FoundAt& found);
    [[nodiscard]] bool moveTowards(
        std::vector<Cell>& state, const std::vector<Cell>& wanted, bool isLast, Schedule& schedule);

    ExplorerLimits m_limits;
    SearchOptions m_options;
    Machine m_machine;
    Symmetry m_symmetry;
    RaceLook m_races;
    StateStore m_states;
    StateGraph m_graph;
    StepList m_steps;
    StepList m_localSteps;
    ChunkedVector<Way> m_ways;
    SearchQueue m_open;
    Findings m_findings;
    std::optional<Sentence> m_limit;
    std::uint32_t m_depth = 0;
    std::uint64_t m_transitions = 0;
    bool m_areStepsHit = false; ///< a schedule went on beyond `option steps`
    bool m_isBoundHit = false; ///< a schedule with more preemptions than allowed was left out
    std::chrono::steady_clock::time_point m_begin;
    std::chrono::steady_clock::time_point m_lastTold;

    // The state that is being expanded.
    std::vector<Cell> m_state;
    std::uint64_t m_emptyRounds = 0; ///< steps out of it that only go round a loop

    // Of the states that have been expanded together.
    std::vector<std::uint32_t> m_expanded;
    std::vector<Arrival> m_arrivals; ///< as many as there are prepared states
    std::vector<StateGraph::Edge> m_edges;

    // Sleep sets, where they are used.
    ChunkedVector<SleepMask> m_sleeping; ///< by state: whose steps are left out
    std::unordered_map<std::uint32_t, SleepMask> m_missing; ///< by state: whose steps are still to
        ///< be made up for
    std::vector<Footprint> m_footprints; ///< by actor, of the state that is being expanded
    SleepMask m_asleep = 0; ///< in it, with those already done
};

/// Explores a program and judges its expectations.
///
/// Threads: any thread; `stop` may be asked for by any; `progress` is told on this thread.
[[nodiscard]] ExplorationReport explore(const std::shared_ptr<const Code>& code,
    const ExplorerLimits& limits, const std::stop_token& stop = {},
    const Explorer::Progress& progress = {});

} // namespace heddle

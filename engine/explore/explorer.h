// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"
#include "engine/explore/state_graph.h"
#include "engine/explore/state_store.h"
#include "engine/model/exploration/schedule.h"
#include "engine/model/exploration/verdict.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace heddle {

struct ExplorerLimits
{
    std::size_t states = 2'000'000;
    std::size_t bytes = std::size_t{256} * 1024 * 1024;
    std::chrono::nanoseconds time = std::chrono::seconds(10);
};

/// Where something was found: in a state, or by one more step out of it.
struct FoundAt
{
    std::uint32_t state = 0;
    std::int32_t actor = -1; ///< -1: in the state itself
    std::int32_t choice = 0;
};

/// What a search came across, each thing where it came first.
struct Findings
{
    std::optional<FoundAt> deadlock;
    std::optional<FoundAt> spin; ///< a loop that touches nothing shared
    std::map<std::string, FoundAt> assertions; ///< by text
    std::map<std::string, FoundAt> exceptions; ///< that ended an actor, by name
    std::map<std::int32_t, FoundAt> races; ///< by variable
    std::vector<std::optional<FoundAt>> violated; ///< for each invariant
    std::vector<std::uint32_t> ends; ///< states in which the program has come to its end
};

/// Searches all states of a program: those with the fewest preemptions first, and of these those
/// with the fewest steps.
///
/// A preemption is a step of another actor while the last one could go on. It orders the
/// search and never cuts it. The order is exact in steps; as a state is kept once, whoever came to
/// it first counts as the last one to have moved.
///
/// Threads: one thread at a time; `stop` may be asked for by any.
class Explorer
{
public:
    Explorer(std::shared_ptr<const Code> code, const ExplorerLimits& limits,
        const MachineOptions& options);

    /// Searches until the space is covered, a limit is reached or `stop` is asked for.
    void search(const std::stop_token& stop = {});

    [[nodiscard]] Machine& machine() { return m_machine; }
    [[nodiscard]] const StateStore& states() const { return m_states; }
    [[nodiscard]] const StateGraph& graph() const { return m_graph; }
    [[nodiscard]] const Findings& findings() const { return m_findings; }
    [[nodiscard]] const std::optional<std::string>& limit() const { return m_limit; }
    [[nodiscard]] std::uint32_t depth() const { return m_depth; }
    [[nodiscard]] Schedule scheduleTo(const FoundAt& found);

private:
    struct Way
    {
        std::uint32_t before = 0;
        std::uint32_t steps = 0;
        std::uint32_t preemptions = 0;
        std::int16_t actor = -1;
        std::int16_t choice = 0;
        bool isExpanded = false;
    };

    void push(std::uint32_t state);
    [[nodiscard]] std::optional<std::uint32_t> pop();
    [[nodiscard]] bool isOverLimit(const std::stop_token& stop);
    void expand(std::uint32_t number);
    void reach(std::uint32_t from, std::int32_t actor, std::size_t choice, bool isPreemption);
    void note(std::uint32_t from, std::int32_t actor, std::size_t choice);
    void look(std::uint32_t number);
    void lookForRaces(std::uint32_t number, const std::vector<Cell>& state);

    ExplorerLimits m_limits;
    Machine m_machine;
    StateStore m_states;
    StateGraph m_graph;
    StepList m_steps;
    std::vector<Way> m_ways;
    std::vector<std::vector<std::vector<std::uint32_t>>> m_open; ///< by preemptions and steps
    std::pair<std::size_t, std::size_t> m_place; ///< where in it the search is
    std::vector<StateGraph::Edge> m_edges;
    Findings m_findings;
    std::optional<std::string> m_limit;
    std::uint32_t m_depth = 0;
    std::chrono::steady_clock::time_point m_deadline;
};

/// Explores a program and judges its expectations.
///
/// Threads: any thread; `stop` may be asked for by any.
[[nodiscard]] ExplorationReport explore(const std::shared_ptr<const Code>& code,
    const ExplorerLimits& limits, const std::stop_token& stop = {});

} // namespace heddle

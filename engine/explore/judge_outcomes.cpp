// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/exploration_judge.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

// In how many ways a program comes out, and how often in each.

namespace heddle {

namespace {

constexpr std::size_t kMostStatesToCount = 200'000; // paths take a walk over the whole graph
constexpr std::size_t kMostOutcomes = 200; // more are no histogram any more

/// Variables that a person would look at: single numbers, truth values and texts.
bool isShown(const VariableDeclaration& variable)
{
    return variable.kind != ValueKind::List && variable.kind != ValueKind::Table;
}

} // namespace

void ExplorationJudge::countPaths()
{
    const bool isCountable = m_explorer.hasGraph() && !m_explorer.mergesTwins()
        && !m_explorer.limit() && m_explorer.states().size() <= kMostStatesToCount;
    if (!isCountable)
        return;
    m_paths.toState = m_explorer.graph().countPaths(m_explorer.states().size());
    if (!m_paths.toState)
        return;
    m_paths.total = 0;
    for (std::uint32_t state = 0; state < m_explorer.states().size(); ++state)
        if (m_explorer.graph().edges(state).empty())
            *m_paths.total += (*m_paths.toState)[state];
}

/// What the program's `final` expectations speak of, else its variables, and the lines said.
std::string ExplorationJudge::histogramText(std::uint32_t end, const std::vector<Cell>& cells)
{
    std::string text;
    const auto add = [&text](
                         const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    for (std::size_t number = 0; number < m_code.shared.size(); ++number) {
        const VariableDeclaration& variable = m_code.shared[number];
        for (std::int32_t element = 0; isShown(variable) && element < variable.count; ++element) {
            const std::size_t cell =
                m_machine.variableCell(static_cast<std::int32_t>(number), element);
            const std::string name = variable.isArray
                ? variable.name + "[" + std::to_string(element) + "]"
                : variable.name;
            add(name + " = " + m_machine.values().value(cells[cell]).toText());
        }
    }
    if (m_machine.keepsHistory())
        add("\"" + outcomeOf(end, Expectation()) + "\"");
    return text;
}

void ExplorationJudge::countOutcomes(ExplorationReport& report)
{
    std::map<std::string, ExploredOutcome> found;
    for (const std::uint32_t end : m_explorer.findings().ends) {
        for (const std::vector<Cell>& cells : m_explorer.turns(end)) {
            ExploredOutcome& outcome = found[histogramText(end, cells)];
            ++outcome.states;
            if (m_paths.toState)
                outcome.schedules = outcome.schedules.value_or(0) + (*m_paths.toState)[end];
        }
        if (found.size() > kMostOutcomes)
            return;
    }
    if (m_explorer.findings().deadlocks > 0) {
        ExploredOutcome& outcome = found["deadlock"];
        outcome.isDeadlock = true;
        outcome.states = m_explorer.findings().deadlocks;
        if (m_paths.total)
            outcome.schedules = std::accumulate(found.begin(), found.end(), *m_paths.total,
                [](std::uint64_t rest, const auto& each) {
                    return rest - each.second.schedules.value_or(0);
                });
    }
    for (auto& [text, outcome] : found) {
        outcome.text = text.empty() ? "end" : text;
        report.histogram.push_back(std::move(outcome));
    }
    std::stable_sort(report.histogram.begin(), report.histogram.end(),
        [](const ExploredOutcome& left, const ExploredOutcome& right) {
            return std::pair(left.schedules.value_or(0), left.states)
                > std::pair(right.schedules.value_or(0), right.states);
        });
}

} // namespace heddle

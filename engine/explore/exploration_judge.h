// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/explorer.h"
#include "engine/explore/fair_cycles.h"
#include "engine/model/exploration/verdict.h"
#include "engine/model/run/expectation_judge.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace heddle {

/// Judges a program's expectations by a search of its states.
///
/// What a search cut off by a limit has shown, it has shown; everything else is Unchecked with the
/// reason, never held.
///
/// Threads: one thread at a time; it uses the explorer's machine.
class ExplorationJudge
{
public:
    /// `witnesses`: another search of the program, for shorter ways to what both have found.
    explicit ExplorationJudge(Explorer& explorer, Explorer* witnesses = nullptr);

    void judgeAll(ExplorationReport& report);

private:
    using Status = ExploredExpectation::Status;

    [[nodiscard]] ExploredExpectation judge(const Expectation& expectation);
    void judgeByKind(const Expectation& expectation, ExploredExpectation& judged);
    void judgeByEnds(const Expectation& expectation, ExploredExpectation& judged);
    void judgeTerminates(ExploredExpectation& judged);
    void judgeLivelock(const Expectation& expectation, ExploredExpectation& judged);
    void judgeStarvation(const Expectation& expectation, ExploredExpectation& judged);
    void judgeUnbounded(const Expectation& expectation, ExploredExpectation& judged);
    void judgeStuck(const Expectation& expectation, ExploredExpectation& judged);
    void judgeRace(const Expectation& expectation, ExploredExpectation& judged);
    void judgeInvariant(const Expectation& expectation, ExploredExpectation& judged);
    void judgeAssert(const Expectation& expectation, ExploredExpectation& judged);
    void judgeException(const Expectation& expectation, ExploredExpectation& judged);
    void judgeFinal(const Expectation& expectation, ExploredExpectation& judged);
    void judgeFinalSet(const Expectation& expectation, ExploredExpectation& judged);
    void judgeOutputs(const Expectation& expectation, ExploredExpectation& judged);
    void judgeRaised(const Expectation& expectation, ExploredExpectation& judged);
    void judgeOutcomes(const Expectation& expectation, ExploredExpectation& judged);
    void judgeSchedules(const Expectation& expectation, ExploredExpectation& judged);
    void judgeExit(const Expectation& expectation, ExploredExpectation& judged);
    void addImplied(ExplorationReport& report);
    [[nodiscard]] bool leavesMoreToFind() const;
    [[nodiscard]] std::string variableName(std::int32_t variable) const;
    void countPaths();
    void countOutcomes(ExplorationReport& report);
    [[nodiscard]] std::string histogramText(std::uint32_t end, const std::vector<Cell>& cells);
    [[nodiscard]] FairCycles fairCycles();
    [[nodiscard]] std::optional<std::uint32_t> starvationOf(
        std::int32_t actor, const std::string& name);
    [[nodiscard]] bool isMeantIn(
        std::uint32_t state, std::int32_t actor, const std::string& name) const;

    void reachable(ExploredExpectation& judged, bool isExpected,
        const std::optional<FoundAt>& found, const Sentence& what);
    void held(ExploredExpectation& judged) const;
    void failed(ExploredExpectation& judged, const FoundAt& found, Sentence why);
    static void unchecked(ExploredExpectation& judged, Sentence why);
    [[nodiscard]] RunRecord recordOf(std::uint32_t state, const Expectation& expectation);
    void judgeProgramsExit(
        std::uint32_t end, const Expectation& expectation, ExploredExpectation& judged);
    void judgeExitOf(
        std::uint32_t end, const Expectation& expectation, ExploredExpectation& judged);
    [[nodiscard]] bool namesHandle(
        const Expectation& expectation, const std::string& handleName) const;
    [[nodiscard]] std::optional<Sentence> whatIsUnknown() const;
    [[nodiscard]] bool isGuess() const;
    [[nodiscard]] std::string outcomeOf(std::uint32_t state, const Expectation& expectation);

    [[nodiscard]] Schedule scheduleTo(const FoundAt& found);

    Explorer& m_explorer;
    Explorer* m_witnesses;
    Findings m_findings; ///< of both
    Machine& m_machine;
    const Code& m_code;
    std::map<std::string, std::vector<std::string>> m_finals;
    std::set<std::string> m_outcomes;
    struct Paths
    {
        std::optional<std::vector<std::uint64_t>> toState; ///< nothing where they are not counted
        std::optional<std::uint64_t> total; ///< of those that cannot go on
    } m_paths;
};

/// Whether lines said or exceptions raised must be part of the states.
[[nodiscard]] bool needsHistory(const Code& code);

/// What of the steps between the states the program's expectations ask for.
enum class GraphNeed : std::uint8_t
{
    Nothing,
    Cycles, ///< whether there are any: it is enough to look at states without telling twins apart
    Everything
};
[[nodiscard]] GraphNeed graphNeed(const Code& code);

} // namespace heddle

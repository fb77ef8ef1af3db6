// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/explorer.h"
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
    explicit ExplorationJudge(Explorer& explorer);

    void judgeAll(ExplorationReport& report);

private:
    using Status = ExploredExpectation::Status;

    [[nodiscard]] ExploredExpectation judge(const Expectation& expectation);
    void judgeByKind(const Expectation& expectation, ExploredExpectation& judged);
    void judgeByEnds(const Expectation& expectation, ExploredExpectation& judged);
    void judgeTerminates(ExploredExpectation& judged);
    void judgeLivelock(const Expectation& expectation, ExploredExpectation& judged);
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

    void reachable(ExploredExpectation& judged, bool isExpected,
        const std::optional<FoundAt>& found, const std::string& what);
    void held(ExploredExpectation& judged) const;
    void failed(ExploredExpectation& judged, const FoundAt& found, std::string why);
    static void unchecked(ExploredExpectation& judged, std::string why);
    [[nodiscard]] RunRecord recordOf(std::uint32_t state);
    [[nodiscard]] std::string outcomeOf(std::uint32_t state);

    Explorer& m_explorer;
    Machine& m_machine;
    const Code& m_code;
    std::map<std::string, std::vector<std::string>> m_finals;
    std::set<std::string> m_outcomes;
};

/// Whether lines said or exceptions raised must be part of the states.
[[nodiscard]] bool needsHistory(const Code& code);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"
#include "engine/explore/recorded_place.h"
#include "engine/explore/recorded_run.h"
#include "engine/explore/step_list.h"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace heddle {

/// How far an attempt to retrace a recorded run has come.
struct RunPlace
{
    std::vector<Cell> state;
    std::vector<RecordedPlace> actors; ///< of the recorded ones
    std::vector<std::uint32_t> said; ///< lines of each voice
    std::int64_t time = 0; ///< no step that ended before can be taken any more
    std::uint32_t steps = 0; ///< of all actors
};

/// What may come next, and where it leads.
struct RunOption
{
    std::int32_t actor = 0;
    std::int32_t choice = 0;
    RunPlace place;
};

/// A machine with room for the actors of the run, in which processes have the numbers that the system
/// gave them, where they are known.
[[nodiscard]] std::unique_ptr<Machine> machineFor(
    const std::shared_ptr<const Code>& code, const RecordedRun& run, const MachineOptions& options);

/// Says, at each place of a recorded run, which steps of the machine fit what was recorded.
///
/// Recorded actors take their recorded steps. Of a command only its end and what it said are known: it
/// does what its contract lets it do, at any time before its end was seen. An alarm rings when it
/// likes. A signal does what the recording says: a handler began there, or a process was ended.
///
/// Threads: one thread at a time.
class RunFollower
{
public:
    RunFollower(const std::shared_ptr<const Code>& code, const RecordedRun& run);

    [[nodiscard]] RunPlace start();

    /// Whether the whole run has been retraced.
    [[nodiscard]] bool isAccepted(const RunPlace& place) const;

    /// What may come next: the most urgent one last.
    [[nodiscard]] std::vector<RunOption> optionsFrom(const RunPlace& place);

    /// Equal for places from which the same is possible.
    [[nodiscard]] static std::vector<Cell> keyOf(const RunPlace& place);

    /// The furthest place at which nothing fitted, and why.
    [[nodiscard]] const std::string& disagreement() const { return m_disagreement.text; }

private:
    static constexpr std::size_t kUnrecorded =
        static_cast<std::size_t>(-1); ///< an alarm, or a stand-in without handlers
    struct Candidate
    {
        std::int64_t deadline = RecordedStep::kNever;
        std::int32_t actor = 0;
        std::size_t number = kUnrecorded; ///< among those recorded
    };
    struct Disagreement
    {
        std::uint32_t steps = 0;
        std::int64_t end = RecordedStep::kNever;
        std::string text;
    };
    /// What a step is looked at with: where it begins, whose it is, and what becomes of it.
    struct Look
    {
        const RunPlace& before;
        const Candidate& candidate;
        std::int32_t choice = 0;
        std::int64_t latest = 0; ///< it may not have begun later
    };

    void sortLines();
    [[nodiscard]] std::vector<Candidate> candidatesAt(const RunPlace& place) const;
    [[nodiscard]] bool isDone(const RunPlace& place, std::size_t number) const;
    [[nodiscard]] std::int64_t beginOf(const RunPlace& place, const Candidate& candidate) const;
    [[nodiscard]] bool isHidden(const Candidate& candidate) const;
    void addOptions(const RunPlace& place, const Candidate& candidate, std::int64_t latest,
        std::vector<RunOption>& options);
    void addOption(const Look& look, std::int64_t begin, const std::string& why, RunPlace after,
        std::vector<RunOption>& options);
    void addPlain(const Look& look, std::vector<RunOption>& options);
    void addDelivered(const Look& look, std::vector<RunOption>& options);
    void addInterruption(const Look& look, std::vector<RunOption>& options);
    [[nodiscard]] RunPlace behind(const Look& look) const;
    [[nodiscard]] std::string whyNot(const Look& look, RunPlace& after) const;
    [[nodiscard]] std::string whyNotOperation(const Look& look, RunPlace& after);
    [[nodiscard]] std::string whyNotHandler(const Look& look, RunPlace& after) const;
    [[nodiscard]] bool leaveHandlers(const Look& look, bool hasBegunOne, RunPlace& after) const;
    [[nodiscard]] std::string whyNotThere(const RunPlace& place, const Candidate& candidate) const;
    [[nodiscard]] std::string whyNotOver(const RunPlace& place, const Candidate& candidate) const;
    [[nodiscard]] bool hasRunHandlers(const RunPlace& place) const;
    [[nodiscard]] bool lingers(std::span<const Cell> state, std::int32_t actor) const;
    [[nodiscard]] bool mayGetSignal(std::span<const Cell> state, std::int32_t actor) const;
    [[nodiscard]] bool isCutOff(std::span<const Cell> state, std::int32_t actor) const;
    [[nodiscard]] bool saysTheRight(const Look& look, RunPlace& after) const;
    [[nodiscard]] bool endsTheRight(const Look& look, const RunPlace& after) const;
    void disagree(const RunPlace& place, const Candidate& candidate, const std::string& why);

    const RecordedRun& m_run;
    std::unique_ptr<Machine> m_owned;
    Machine& m_machine;
    StepList m_steps;
    std::map<std::int64_t, std::size_t> m_numbers; ///< of recorded actors, by handle
    std::map<std::string, std::size_t> m_voices; ///< of commands; all others are voice 0
    std::vector<std::vector<const OutputLine*>> m_lines; ///< of each voice
    const bool m_comparesOperands;
    Disagreement m_disagreement;
};

} // namespace heddle

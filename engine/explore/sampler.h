// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"
#include "engine/explore/race_look.h"
#include "engine/model/exploration/schedule.h"
#include "engine/model/exploration/verdict.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <stop_token>
#include <string>
#include <vector>

namespace heddle {

/// Draws schedules by chance, for programs whose space is too large to be covered: every other one
/// uniformly, the rest by priorities that change at one to five random steps (PCT).
///
/// What it finds is true; what it does not find may still be there.
///
/// Threads: one thread at a time; `stop` may be asked for by any.
/// Source:  Burckhardt and others, A randomized scheduler with probabilistic guarantees of finding
///          bugs, 2010.
class Sampler
{
public:
    Sampler(std::shared_ptr<const Code> code, MachineOptions options, std::uint64_t seed = 1);

    /// Draws until the time is over or `stop` is asked for.
    void draw(std::chrono::nanoseconds time, const std::stop_token& stop = {});

    /// Draws one schedule.
    void drawOne();

    /// Decides what the samples decide of the lines that are still unchecked.
    void judge(ExplorationReport& report);

    [[nodiscard]] const SampledSchedules& figures() const { return m_figures; }

private:
    using Steps = std::vector<ScheduledStep>;

    void beginPriorities();
    [[nodiscard]] std::optional<ScheduledStep> choose();
    [[nodiscard]] std::int32_t chosenActor(const std::vector<std::int32_t>& enabled);
    void look();
    void lookAtEnd();
    void note(const StepNotes& notes, std::int32_t actor);
    void keep(std::optional<Steps>& place) const;
    void judge(const Expectation& expectation, ExploredExpectation& judged);
    void judgeFinal(const Expectation& expectation, ExploredExpectation& judged);
    /// Says what a schedule leads to; without one nothing is decided.
    void decide(
        ExploredExpectation& judged, const Steps* found, bool isWanted, const Sentence& what);
    void addUnexpected(ExplorationReport& report);
    [[nodiscard]] const Steps* violationOf(const std::string& invariant) const;
    [[nodiscard]] Schedule named(const Steps& steps);

    Machine m_machine;
    RaceLook m_raceLook;
    std::mt19937_64 m_random;
    StepList m_list;
    std::vector<Cell> m_state;
    Steps m_steps; ///< of the schedule that is being drawn
    std::vector<std::uint64_t> m_priorities; ///< by actor; empty: uniform
    std::vector<std::size_t> m_changes; ///< steps at which the mover's priority falls
    std::size_t m_longest = 32; ///< steps of the longest schedule so far
    SampledSchedules m_figures;

    std::optional<Steps> m_deadlock;
    std::map<std::string, Steps> m_assertions;
    std::map<std::string, Steps> m_exceptions;
    std::map<std::int32_t, Steps> m_races;
    std::vector<std::optional<Steps>> m_violated;
    std::vector<std::optional<Steps>> m_inside; ///< by expectation: a final value of its set
    std::vector<std::optional<Steps>> m_outside; ///< a final value that is not of its set
};

} // namespace heddle

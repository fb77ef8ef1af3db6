// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/sentence.h"
#include "engine/model/exploration/schedule.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace heddle {

/// What the exploration of all schedules says about one `expect` (or implied) line.
struct ExploredExpectation
{
    enum class Status : std::uint8_t
    {
        Held,
        Failed,
        Unchecked
    };
    std::string text;
    std::uint32_t line = 0;
    Status status = Status::Unchecked;
    Sentence why; ///< for Failed and Unchecked
    std::optional<Schedule> witness; ///< a shortest schedule that shows it
    Sentence explanation; ///< of the witness's last state: a deadlock in words, a lost wake-up
};

/// One way in which the program can come out, and how often.
struct ExploredOutcome
{
    std::string text; ///< "x = 2", or the lines said; "deadlock"
    std::uint64_t states = 0; ///< different states in which it comes out so
    std::optional<std::uint64_t> schedules; ///< step sequences that end so, where they were counted
    bool isDeadlock = false;
};

/// An update that was made from a value which somebody else had overwritten in the meantime.
struct LostUpdate
{
    std::string variable;
    Schedule witness;
};

/// Schedules drawn by chance, after the whole space turned out to be too large.
struct SampledSchedules
{
    std::uint64_t schedules = 0;
    std::uint64_t steps = 0;
    std::uint64_t seed = 0;
    double seconds = 0;
};

enum class ExplorationVerdict : std::uint8_t
{
    Holds, ///< the whole space was covered and nothing contradicts the program
    Violated, ///< an expectation, invariant or assertion failed, or a deadlock nobody expects
    Undecided, ///< a limit ended the search, or something is not explored yet
};

/// What `heddle explore` prints.
struct ExplorationReport
{
    std::string program;
    ExplorationVerdict verdict = ExplorationVerdict::Undecided;
    std::uint64_t states = 0;
    std::uint64_t transitions = 0;
    std::uint32_t depth = 0; ///< steps of the longest of the shortest ways to a state
    double seconds = 0;
    std::optional<Sentence> limit; ///< why the space was not covered, in a sentence
    std::vector<ExploredExpectation> expectations;
    std::map<std::string, std::vector<std::string>> finals; ///< by expression: all its values
    std::vector<std::string> outcomes; ///< all outputs, if a line asks for them
    bool hasExpectLines = false;
    bool deadlockFound = false;
    std::optional<std::uint64_t> schedules; ///< how many step sequences, where they were counted
    std::optional<std::uint64_t> orders; ///< truly different ones among them, likewise
    std::vector<ExploredOutcome> histogram; ///< the most frequent first
    std::vector<LostUpdate> lostUpdates;
    std::optional<SampledSchedules> sampled;

    /// Whether the whole space was covered, so that nothing is left to doubt.
    [[nodiscard]] bool isExact() const { return !limit; }

    /// The exit code of `heddle explore` (architecture, §6).
    [[nodiscard]] int exitCode() const;
};

[[nodiscard]] const char* toText(ExplorationVerdict verdict);
[[nodiscard]] const char* toText(ExploredExpectation::Status status);

} // namespace heddle

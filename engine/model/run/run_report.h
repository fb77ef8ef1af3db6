// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/value.h"
#include "engine/model/trace/trace.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace heddle {

/// A whole line that an actor printed.
struct OutputLine
{
    std::int64_t time = 0; ///< nanoseconds since the start of the run
    std::string actor;
    bool isError = false; ///< stderr
    std::string text;
};

/// One closed chain of waits, or (without links that point on) actors that nobody can wake any more.
struct DeadlockReport
{
    /// Of a pipe.
    enum class PipeEnd : std::uint8_t
    {
        None,
        Reader,
        Writer,
    };
    struct Link
    {
        std::string actor; ///< "philosopher[0]"
        std::string waitsFor; ///< "fork[1]", or the actor that a join waits for
        std::string heldBy; ///< "philosopher[1]"; empty if nobody is left who could end the wait
        std::uint32_t line = 0;
        PipeEnd end = PipeEnd::None; ///< of a wait at a pipe: the other end, which is held

        /// "waits for fork[1] held by philosopher[1]", "waits for input from a, whose writer is held by main"
        [[nodiscard]] std::string sentence() const;
    };
    std::int64_t time = 0; ///< when the last of its waits began, nanoseconds since the start
    bool isCycle = true;
    std::vector<Link> links;

    /// "philosopher[0] waits for fork[1] held by philosopher[1]; …"
    [[nodiscard]] std::string sentence() const;
};

/// An exception that was raised, caught or not.
struct RaisedException
{
    std::int64_t time = 0;
    std::string name;
    std::string text;
    std::string actor;
    std::uint32_t line = 0;
    bool isUncaught = false; ///< it ended the actor
};

/// How an actor ended, or stood when the run was ended.
struct ActorOutcome
{
    std::string name;
    std::string kind; ///< "thread", "process", …
    std::string state; ///< "finished", "failed", "running", "waiting", "not started"
    std::int64_t cpuNanoseconds = 0;
    std::optional<int> exit; ///< code of a process: -n when ended by signal n
};

/// That of a process or command that has ended. Units: nanoseconds of the processors.
[[nodiscard]] ActorOutcome finishedProcess(
    std::string name, ActorKind kind, int exit, std::int64_t cpuNanoseconds);

/// Everything that a run showed, before it is judged.
struct RunRecord
{
    enum class End : std::uint8_t
    {
        Ended, ///< every non-daemon actor came to its end
        Deadlocked,
        TimedOut, ///< the limit of the person who started it
        Stopped, ///< by that person
        Crashed, ///< the program's process died by a signal that the program did not ask for, or left
        ///< the schedule that it was forced through
        Refused, ///< the system would not let it run
    };
    End end = End::Ended;
    std::int64_t nanoseconds = 0; ///< from start to end
    std::int64_t slackNanoseconds = 900'000'000; ///< added to upper bounds, for loaded machines
    int exitCode = 0; ///< of the program: -n when ended by signal n
    std::string problem; ///< for Crashed and Refused: one sentence
    std::vector<OutputLine> output;
    std::uint64_t outputDropped = 0; ///< lines beyond the bound that were not kept
    std::vector<RaisedException> raised;
    std::vector<DeadlockReport> deadlocks;
    std::vector<ActorOutcome> actors;
    std::vector<std::pair<std::size_t, Value>>
        finals; ///< index of the expectation, its value at the end
    std::vector<std::pair<std::string, int>> exits; ///< process or command, its code
    std::vector<std::pair<std::string, std::string>> handles; ///< a handle of main, its actor
    std::vector<RaisedException> failedAssertions; ///< name: "assert"
};

/// The judgement of one `expect` (or implied) line.
struct JudgedExpectation
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
    std::string why; ///< for Failed and Unchecked
};

enum class RunVerdict : std::uint8_t
{
    Ok,
    Failed,
    Deadlock,
    Timeout,
    Error,
    Stopped
};

/// A judged run: what `heddle run --json` prints and the window shows.
struct RunReport
{
    std::string program;
    RunVerdict verdict = RunVerdict::Ok;
    RunRecord record;
    std::vector<JudgedExpectation> expectations;
    RecorderFigures recorder;

    /// The exit code of `heddle run` (architecture, §6).
    [[nodiscard]] int exitCode() const;

    /// One JSON object with the keys of the command line's contract.
    [[nodiscard]] std::string toJson() const;
};

[[nodiscard]] const char* toText(RunVerdict verdict);

} // namespace heddle

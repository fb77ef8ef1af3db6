// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/model/program/code.h"
#include "engine/model/run/run_report.h"
#include "engine/model/trace/trace.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace heddle {

/// A visible operation of a real run: it took effect somewhere between its begin and its end.
///
/// Units: nanoseconds since the start of the recording.
struct RecordedStep
{
    static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
    std::int32_t instruction = 0; ///< number in the program's code
    std::uint32_t operands = 0; ///< operandDigest()
    std::int64_t begin = 0;
    std::int64_t end = kNever; ///< when the actor's next step began, or it ended
};

/// A handler of a signal that ran in an actor, between two of its steps or within one.
struct RecordedHandler
{
    static constexpr std::int32_t kRoutine = -1;
    /// The handler that it ran in, or what the actor itself does.
    std::int32_t interrupted = kRoutine;
    std::uint32_t stepsBefore = 0; ///< how many steps of that had begun
    std::int32_t signal = 0;
    std::int64_t earliest = 0; ///< what the actor did before was recorded then
    std::int64_t begin = 0;
    std::vector<RecordedStep> steps;
    bool hasEnded = false;
};

/// What one actor of a real run did, in order. A block that is one step counts as one.
struct RecordedActor
{
    std::int64_t handle = 0;
    std::string name;
    ActorKind kind = ActorKind::Thread; ///< of a command no steps are known
    std::vector<RecordedStep> steps;
    std::vector<RecordedHandler> handlers; ///< as they began
    bool hasEnded = false;
    bool hasFailed = false; ///< by an exception or assertion
    std::optional<int> exitCode; ///< of a process or command: -n when ended by signal n
    std::int64_t end = RecordedStep::kNever; ///< when its end was seen
    std::int64_t process = 0; ///< the system's number of a process; 0: not known
};

/// A real run as far as the machine can tell it.
struct RecordedRun
{
    std::vector<RecordedActor> actors;
    std::vector<OutputLine> lines; ///< in the order in which they were said
    std::optional<int> exitCode; ///< of the program, if it has come to its end
};

/// Reads the steps of a run out of its recording.
///
/// Errors:  NotSupported where the recording does not say which instructions were carried out (it
///          was read from a file), is too long, or has lost events.
/// Threads: any thread.
[[nodiscard]] Result<RecordedRun> readRecordedRun(
    const Code& code, const Trace& trace, std::vector<OutputLine> lines);

} // namespace heddle

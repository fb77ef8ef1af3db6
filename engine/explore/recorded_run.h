// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/model/program/code.h"
#include "engine/model/run/run_report.h"
#include "engine/model/trace/trace.h"

#include <cstdint>
#include <limits>
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

/// What one actor of a real run did, in order. A block that is one step counts as one.
struct RecordedActor
{
    std::int64_t handle = 0;
    std::string name;
    std::vector<RecordedStep> steps;
    bool hasEnded = false;
    bool hasFailed = false; ///< by an exception or assertion
    std::int64_t end = RecordedStep::kNever;
};

/// A real run as far as the machine can tell it.
struct RecordedRun
{
    std::vector<RecordedActor> actors;
    std::vector<OutputLine> lines; ///< in the order in which they were said
};

/// Reads the steps of a run out of its recording.
///
/// Errors:  NotSupported where the recording does not say which instructions were carried out (it
///          was read from a file), is too long, or has lost events.
/// Threads: any thread.
[[nodiscard]] Result<RecordedRun> readRecordedRun(
    const Code& code, const Trace& trace, std::vector<OutputLine> lines);

} // namespace heddle

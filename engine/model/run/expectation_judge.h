// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/model/run/run_report.h"

#include <optional>
#include <string>

namespace heddle {

/// Whether an expectation holds, with the reason if it does not.
struct Judgement
{
    JudgedExpectation::Status status = JudgedExpectation::Status::Held;
    std::string why;

    [[nodiscard]] static Judgement held() { return {}; }
    [[nodiscard]] static Judgement failed(std::string why)
    {
        return {JudgedExpectation::Status::Failed, std::move(why)};
    }
    [[nodiscard]] static Judgement unchecked(std::string why)
    {
        return {JudgedExpectation::Status::Unchecked, std::move(why)};
    }
};

/// Whether the value is one of those that the line names: of `final`, or of `exit`.
[[nodiscard]] bool isInRanges(const Expectation& expectation, const Value& value);

/// Whether an actor is meant by a name: itself, an element of the array, or one spawned under it ("worker-2").
[[nodiscard]] bool isMeant(const std::string& actor, const std::string& name);

/// The same where the name may also be that of a handle of `main`.
[[nodiscard]] bool isMeant(
    const RunRecord& record, const std::string& actor, const std::string& name);

/// Expectations about the lines of the output: said, never said, output, outcomes.
[[nodiscard]] Judgement judgeOutput(const Expectation& expectation, const RunRecord& record);

/// Whether an invariant over `inside` was true at every moment of the trace.
///
/// Nothing if the trace cannot tell: it is missing, has lost events, or the invariant reads more than sections.
[[nodiscard]] std::optional<Judgement> judgeInvariant(
    const Code& code, const Invariant& invariant, const Trace* trace);

} // namespace heddle

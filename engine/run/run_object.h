// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/model/program/code.h"
#include "engine/run/step_outcome.h"

#include <cstdint>
#include <string_view>

namespace heddle {

class PipeObject;

/// What is asked of an object in one visible step, with all registers already read.
struct ObjectStep
{
    Operation operation = Operation::Query;
    char mode = 0; ///< as in the instruction
    Value value; ///< units of Acquire, item of Put, …; none where the program left it out
    Deadline deadline = Deadline::never();
    std::string_view question; ///< of a Query: "len", "owner", …

    /// The units asked for; 1 where the program left them out.
    [[nodiscard]] std::int64_t units() const;
};

/// A declared mutex, queue, pipe, … while the program runs, under the verbs of the language.
///
/// Threads: any thread. A step that waits does so on the calling thread.
class RunObject
{
public:
    RunObject() = default;
    virtual ~RunObject() = default;
    RunObject(const RunObject&) = delete;
    RunObject& operator=(const RunObject&) = delete;

    /// Carries the step out; raises BadValue for what this kind of object cannot do.
    [[nodiscard]] virtual StepOutcome perform(const ObjectStep& step) = 0;

    /// The pipe that it is, or null.
    [[nodiscard]] virtual PipeObject* asPipe() { return nullptr; }
};

/// What an object does with a step that is none of its own.
[[nodiscard]] StepOutcome notForThisObject(const ObjectStep& step);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/explore/machine.h"
#include "engine/explore/moment_reader.h"
#include "engine/explore/walked_path.h"
#include "engine/model/exploration/explored_moment.h"
#include "engine/model/exploration/schedule.h"
#include "engine/model/trace/trace.h"

#include <cstddef>
#include <memory>

namespace heddle {

/// A person's way through a program's states: step by step, forwards and backwards, any step
/// reachable. What was undone can be gone forward to again until another move is made.
///
/// Threads: one thread at a time.
class Walk
{
public:
    explicit Walk(std::shared_ptr<const Code> code);
    Walk(const Walk&) = delete;
    Walk& operator=(const Walk&) = delete;

    /// Takes one step and drops what was undone before, unless it is that step.
    ///
    /// Errors: BadProgram if the actor cannot move now, or not in this way.
    [[nodiscard]] Result<void> move(std::int32_t actor, std::int32_t choice = 0);

    /// Replaces the walk by a schedule and stands at its end.
    ///
    /// Errors: BadProgram with the number of the first step that the program does not allow; the
    ///         walk then ends before it.
    [[nodiscard]] Result<void> follow(const Schedule& schedule);

    /// Stands after so many steps of the schedule (at its end, if it has fewer).
    void goTo(std::size_t step);

    [[nodiscard]] std::size_t step() const; ///< where the walk stands
    [[nodiscard]] const Schedule& schedule() const; ///< all of it, what was undone included

    /// The state in which the walk stands, for people.
    [[nodiscard]] ExploredMoment moment();

    /// The whole schedule as a trace: one step each `kStepNanoseconds`, with what everybody holds
    /// and waits for as a real run would record it. The program's text travels with it, if it is given.
    [[nodiscard]] std::shared_ptr<const Trace> trace(const std::string& text = {});
    static constexpr std::int64_t kStepNanoseconds = 1'000'000;

private:
    [[nodiscard]] Result<void> take(ScheduledStep step);
    void dropUndone();

    std::shared_ptr<const Code> m_code;
    Machine m_machine;
    MomentReader m_reader;
    StepList m_outcomes;
    WalkedPath m_path;
    std::size_t m_at = 0; ///< the state of the path in which the walk stands
};

} // namespace heddle

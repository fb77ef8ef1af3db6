// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace heddle {

/// One step of a schedule in terms that real threads understand: who does what, and what comes of
/// it.
struct ForcedStep
{
    enum class Course : std::uint8_t
    {
        Starts, ///< only what comes before the actor's first operation
        Fires, ///< a timer's time has come
        GoesOn, ///< the operation is done, or raises
        GivesUp, ///< it cannot be done now, and is not waited for any longer
        Parks, ///< the first half of a wait in two steps
        PassesBy, ///< the first half of one that is only tried: it does not join those who wait
        LimitOver, ///< while parked: the time limit has passed
        WakesUp, ///< while parked: for nothing
        Resumes, ///< the second half, after others have ended the wait
        ResumesLate, ///< the second half of a wait that nobody has ended in time
    };
    std::int32_t actor = 0; ///< its number (handle)
    std::string actorName;
    std::uint32_t line = 0;
    std::string text; ///< "lock fork[2]"
    std::int32_t instruction =
        -1; ///< number of its operation in the code; -1: none (Starts, Fires)
    Course course = Course::GoesOn;

    /// What the step leaves open, in the order in which it is met: the number of a `choose`'s item
    /// from 0, which end a `random` draws (0 low, 1 high), what `waiting(…)` answers where waiting
    /// leaves no mark.
    std::vector<std::int64_t> decisions;
    std::vector<std::int64_t> wakes; ///< actors that a notify lets go
};

/// A schedule that real threads can be forced through.
struct ForcedSchedule
{
    std::vector<ForcedStep> steps;
    bool endsProgram = false; ///< after the last step nobody may move any more
};

} // namespace heddle

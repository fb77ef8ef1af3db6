// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace heddle {

/// A process or command that ends with a step.
struct ForcedEnd
{
    std::int64_t actor = 0; ///< its number (handle)
    std::string actorName;
    std::int32_t exitCode = 0; ///< -n: by signal n
};

/// One step of a schedule in terms that real threads understand: who does what, and what comes of it.
struct ForcedStep
{
    /// What stands in the place of the actor's number for the alarm of a process, whose first actor has
    /// this number (kProgramHandle: the program's own).
    [[nodiscard]] static constexpr std::int32_t alarmOf(std::int64_t process)
    {
        return static_cast<std::int32_t>(-2 - process);
    }

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
        DoesPart, ///< a part of what it writes is in the pipe, or of a communicate is done
        Delivers, ///< a signal that has come does what it does: a handler begins, say
        Ends, ///< as that, and the process ends of it
        Rings, ///< the alarm of a process
    };
    std::size_t number = 0; ///< in the schedule, from 1 on
    std::int32_t actor = 0; ///< its number (handle), or alarmOf()
    std::string actorName;
    std::uint32_t line = 0;
    std::string text; ///< "lock fork[2]"
    /// Number of its operation in the code; -1: none (Starts, Fires).
    std::int32_t instruction = -1;
    Course course = Course::GoesOn;

    /// What the step leaves open, in the order in which it is met: the number of a `choose`'s item
    /// from 0, which end a `random` draws (0 low, 1 high), what `waiting(…)` answers where waiting
    /// leaves no mark.
    std::vector<std::int64_t> decisions;
    std::vector<std::int64_t> wakes; ///< actors that a notify lets go
    std::int64_t bytes = 0; ///< of DoesPart: how many more are in the pipe then
    std::int32_t signal = 0; ///< of Delivers and Ends
    std::vector<ForcedEnd> ends; ///< who has ended behind it
};

/// A schedule that real threads can be forced through. The steps of commands are left out: nobody can
/// force them, and of what they do only their ends are waited for.
struct ForcedSchedule
{
    std::vector<ForcedStep> steps;
    bool endsProgram = false; ///< after the last step nobody may move any more
    bool holdsSignals = false; ///< signals wait until it is their step
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/explore/machine.h"
#include "engine/model/exploration/schedule.h"

#include <vector>

namespace heddle {

/// As much room for actors that are started as an exploration gives at most,
/// and whoever follows a schedule.
inline constexpr std::int32_t kMostSpareActors = 512;

/// Whether a program has, or starts, actors beyond its declared ones.
[[nodiscard]] bool startsActors(const Code& code);

/// What a schedule calls an actor that has been started: its number. Alarms, and the stand-in for the
/// program's main thread, are numbered from the end of the room for actors, and in a schedule always as
/// if that were kMostSpareActors.
[[nodiscard]] std::int32_t numberInSchedule(
    const Machine& machine, std::span<const Cell> state, std::int32_t actor);

/// Takes one step after the other, and back again: a schedule in the machine.
///
/// Threads: one thread at a time; it uses the machine.
class Stepper
{
public:
    explicit Stepper(Machine& machine);

    /// Takes the step and writes the actor's name, the line and what it does into it.
    ///
    /// Errors: BadProgram if the actor cannot move now, or not in this way.
    [[nodiscard]] Result<void> move(ScheduledStep& step);

    /// Goes back by one step; false at the start.
    bool goBack();

    [[nodiscard]] std::span<const Cell> state() const { return m_states.back(); }
    [[nodiscard]] std::size_t stepCount() const { return m_states.size() - 1; }
    [[nodiscard]] const StepNotes& notes() const { return m_notes; } ///< of the last move
    [[nodiscard]] std::vector<std::int32_t> movable(); ///< the actors that can move now

private:
    Machine& m_machine;
    std::vector<std::vector<Cell>> m_states;
    StepList m_steps;
    StepNotes m_notes;
};

} // namespace heddle

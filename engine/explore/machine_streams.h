// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine_step.h"

#include <cstdint>
#include <span>

namespace heddle {

// Pipes and the streams of commands in a state.

/// What a Read, Write or Close is about.
struct StreamInUse
{
    enum class Kind : std::uint8_t
    {
        None, ///< it is about no stream
        Pipe,
        Nothing,
        Said, ///< what is written there is said
        SaidAsError,
        NotOwn, ///< of a command, but not wired to who started it
    };
    Kind kind = Kind::None;
    std::int32_t pipe = -1;
};

/// Of the actor's next operation. `part` as in Instruction, 0: the usual one of the operation.
[[nodiscard]] StreamInUse streamInUse(
    const Machine& machine, std::span<const Cell> state, std::int32_t actor, char part);

/// Whether somebody takes everything out of the pipe as soon as it comes: who reads a line or all,
/// and who communicates.
[[nodiscard]] bool isDrained(
    const Machine& machine, std::span<const Cell> state, std::int32_t pipe);

// Rows of the table.
void readStream(MachineStep& step);
void writeStream(MachineStep& step);
void closeStream(MachineStep& step);
void communicateWithCommand(MachineStep& step);
void startCommandActor(MachineStep& step);

} // namespace heddle

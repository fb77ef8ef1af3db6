// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine_step.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace heddle {

/// An actor that is to be started.
struct Newcomer
{
    ActorIdentity identity;
    std::int32_t routine = 0;
    std::vector<Value> arguments;
    std::vector<std::int32_t> hooks; ///< routines that it runs before its own
    Phase phase = Phase::Fresh;
    std::int32_t extra = 0; ///< of a timer under `time ideal`: its delay's number
    SignalBits blocked = 0;
};

/// A free cell for one more actor; -1, and the machine knows, if there is no room.
[[nodiscard]] std::int64_t findRoom(Machine& machine, std::span<const Cell> cells);
[[nodiscard]] std::int64_t findLastRoom(
    Machine& machine, std::span<const Cell> cells); ///< the last one of all

/// Puts it where its identity's handle says.
void place(Machine& machine, Cells& cells, Newcomer newcomer);

/// "worker", "worker-2", …
[[nodiscard]] std::string numberedName(
    const Machine& machine, std::span<const Cell> cells, const std::string& base);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine_step.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace heddle {

// What rows about pipes and commands have in common.

// The streams of a command.
inline constexpr std::size_t kInput = 0;
inline constexpr std::size_t kOutput = 1;
inline constexpr std::size_t kErrors = 2;

[[nodiscard]] bool hasOwnEnd(const Machine& machine, std::span<const Cell> state, std::int32_t pipe,
    std::int64_t process, std::uint8_t end);

/// The command that a handle names; -1: none.
[[nodiscard]] std::int32_t commandOf(
    const Machine& machine, std::span<const Cell> state, const Value& handle);

/// Whether who started the command has the other end of the stream.
[[nodiscard]] bool isWiredToOwn(
    const Machine& machine, std::span<const Cell> state, std::int32_t command, std::size_t stream);

[[nodiscard]] ListValue contentsOf(
    const Machine& machine, std::span<const Cell> state, std::int32_t pipe);

/// What the step writes: a text, or a size.
[[nodiscard]] Value written(MachineStep& step);
[[nodiscard]] std::size_t writtenSoFar(MachineStep& step);

enum class Writing : std::uint8_t
{
    Whole, ///< the cells have all of it
    Part, ///< as much as there was room for
    Waits
};

/// Writes what is left of the value, from `done` on. A pipe takes a text that fits into it as a
/// whole or not at all; of a longer one as much as there is room for.
[[nodiscard]] Writing writeInto(
    MachineStep& step, Cells& cells, std::int32_t pipe, const Value& value, std::size_t& done);

} // namespace heddle

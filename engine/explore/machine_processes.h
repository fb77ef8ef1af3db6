// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace heddle {

// Processes in a state: who belongs to them, which ends of pipes they have open, how they end.
// A process is named by the number of its first actor, the program's own by kProgramHandle.

/// Of the process that the actor belongs to.
[[nodiscard]] std::int64_t processOf(
    const Machine& machine, std::span<const Cell> state, std::int64_t actor);
[[nodiscard]] bool hasProcess(
    const Machine& machine, std::span<const Cell> state, std::int64_t process);
[[nodiscard]] const ProcessRecord& processRecord(
    const Machine& machine, std::span<const Cell> state, std::int64_t process);

/// Whether the handle is that of a process actor or command, or of the program.
[[nodiscard]] bool isProcess(
    const Machine& machine, std::span<const Cell> state, std::int64_t handle);

/// Whether the actor, or the process that it stands for, has come to its end.
[[nodiscard]] bool isOver(const Machine& machine, std::span<const Cell> state, std::int64_t actor);

/// Changes what is known of a process.
template <typename Change>
void changeProcess(Machine& machine, Cells& cells, std::int64_t process, const Change& change)
{
    Cell& cell = cells[machine.layout().processCell(process)];
    ProcessRecord record = machine.processes().record(cell);
    change(record);
    cell = machine.processes().intern(std::move(record));
}

/// Who asks for the exit code of a process that it has made, and that has ended, has taken it: the process
/// is gone then.
void reapAsked(Machine& machine, Cells& cells, std::int64_t asker, const Value& handle);

/// The program's own process, as it is at the start.
[[nodiscard]] ProcessRecord firstProcess(const Machine& machine);

/// A process actor as it is made by a process: with copies of its ends of the declared pipes.
[[nodiscard]] ProcessRecord madeProcess(const Machine& machine, std::span<const Cell> state,
    std::int64_t parent, const ActorDeclaration& declared);

/// The mask that declarations begin with, from what it was.
[[nodiscard]] SignalBits maskAfter(
    SignalBits mask, const std::vector<HandlerDeclaration>& declared);

/// The actors of a process that are going, in order; its first one leads.
[[nodiscard]] std::vector<std::int32_t> goingActorsOf(
    const Machine& machine, std::span<const Cell> state, std::int64_t process);

/// The actor that stands for the main thread of a process, in which handlers run, whether or not it has
/// lines left; -1: none does, or the process has ended.
[[nodiscard]] std::int32_t leaderOf(
    const Machine& machine, std::span<const Cell> state, std::int64_t process);

/// Whether the actor is a main thread without lines, that waits for the end of others: a process actor for
/// what it has made, the program's for everybody.
[[nodiscard]] bool isLingering(
    const Machine& machine, std::span<const Cell> state, std::int32_t actor);

/// Ends a process with everything in it; the program's own ends the run.
void endProcess(Machine& machine, Cells& cells, std::int64_t process, std::int32_t exitCode);

/// The same for a process that leaves by itself: its daemon processes get SIGTERM.
void endOrderly(Machine& machine, Cells& cells, std::int64_t process, std::int32_t exitCode);

/// What stands for the program's main thread while it has no lines.
[[nodiscard]] Cell standInFor(Machine& machine, SignalBits blocked, SignalBits pending);

/// Ends the processes in which nobody is left who is waited for, and whose own processes have ended, but
/// for daemons. Behind the end of `main` its thread has a stand-in.
void settleProcesses(Machine& machine, Cells& cells);

[[nodiscard]] bool hasEnd(const Machine& machine, std::span<const Cell> state, std::int32_t pipe,
    std::uint8_t end); ///< in any process
void closeEnds(
    Machine& machine, Cells& cells, std::int64_t process, std::int32_t pipe, std::uint8_t ends);

/// Processes that have the end open, as people call them: "main", "sort".
[[nodiscard]] std::vector<std::string> holdersOfEnd(
    const Machine& machine, std::span<const Cell> state, std::int32_t pipe, std::uint8_t end);
[[nodiscard]] std::string processName(
    const Machine& machine, std::span<const Cell> state, std::int64_t process);
[[nodiscard]] std::string pipeName(
    const Machine& machine, std::span<const Cell> state, std::int32_t pipe);

/// Bytes in the pipe that no reader has taken to itself.
[[nodiscard]] std::int64_t bytesIn(
    const Machine& machine, std::span<const Cell> state, std::int32_t pipe);

/// Room for so many bytes.
[[nodiscard]] std::int64_t capacityOf(const Machine& machine, std::int32_t pipe);

} // namespace heddle

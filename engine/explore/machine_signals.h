// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine_step.h"

#include <cstdint>
#include <span>
#include <vector>

namespace heddle {

// Signals in a state: which have come, whom they reach, what they do.

inline constexpr std::int32_t kLastSignal = 64;

[[nodiscard]] constexpr SignalBits bitOf(std::int32_t signal)
{
    return SignalBits{1} << static_cast<unsigned>(signal - 1);
}

/// Whether the process takes no notice of the signal.
[[nodiscard]] bool isIgnored(const ProcessRecord& record, std::int32_t signal);

/// The routine that the signal starts in the process, or null: it does something else.
[[nodiscard]] const std::int32_t* handlerOf(const ProcessRecord& record, std::int32_t signal);

/// The actor that runs the handlers of its process and in which it is ended: its main thread, or, where no
/// actor stands for that, the first one that is going; -1 if nobody is.
[[nodiscard]] std::int32_t receiverOf(
    const Machine& machine, std::span<const Cell> state, std::int64_t process);

/// Signals that have come to the process and that not everybody in it blocks. Handlers run one
/// after the other: as long as one does, those that would start another wait.
[[nodiscard]] std::vector<std::int32_t> deliverable(
    const Machine& machine, std::span<const Cell> state, std::int64_t process);

/// Whether one of them is the main thread's own, or known to it: it is next then. One that another thread
/// is to take may take its time.
[[nodiscard]] bool isAnyPressing(
    const Machine& machine, std::span<const Cell> state, std::int64_t process);

/// Those of the signals that have come and that only this thread lets in, or that are for it alone.
[[nodiscard]] SignalBits onlyLetInBy(
    const Machine& machine, std::span<const Cell> state, std::int32_t actor, SignalBits signalSet);

/// The thread has taken the signals: its process's main thread handles them, whatever any thread blocks
/// from here on.
void take(Machine& machine, Cells& cells, std::int32_t actor, SignalBits signalSet);

/// Whether a signal has come to any process.
[[nodiscard]] bool isAnyDeliverable(const Machine& machine, std::span<const Cell> state);

/// A signal comes to a process, or (thread >= 0) to one of its threads. What is ignored is gone.
void sendTo(
    Machine& machine, Cells& cells, std::int64_t process, std::int32_t thread, std::int32_t signal);

/// A process has ended, stopped or gone on: its parent gets SIGCHLD, if it still goes.
void tellParent(Machine& machine, Cells& cells, std::int64_t process);

/// The alarm's time has come.
void ring(Machine& machine, Cells& cells, std::int32_t alarm);

// Rows of the table.
void endThread(MachineStep& step);
void sendSignal(MachineStep& step);
void setSignalHandler(MachineStep& step);
void setAlarm(MachineStep& step);
void pauseActor(MachineStep& step);
void awaitSignal(MachineStep& step);

} // namespace heddle

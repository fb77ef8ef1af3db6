// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"

namespace heddle {

// What a program needs of whoever runs it, read off its code. Each answer may be yes for a program that
// never gets there, and is no only where it cannot.

/// Steps that look at several shared things at once: `with atomic`, and an `await until` that does.
[[nodiscard]] bool hasLongSteps(const Code& code);

/// More than one process carries out lines of the program: actors, or hooks of commands.
[[nodiscard]] bool runsInSeveralProcesses(const Code& code);

/// Process actors are spawned by something else than the lines of main, so maybe by process actors.
[[nodiscard]] bool spawnsProcessesOutsideMain(const Code& code);

/// A process actor may end while a process or command that it has made lives on.
[[nodiscard]] bool mayHaveOrphans(const Code& code);

/// Somebody waits for signals as such.
[[nodiscard]] bool waitsForSignals(const Code& code);

/// Signals are sent or handled.
[[nodiscard]] bool sendsOrHandlesSignals(const Code& code);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/run/program_channel.h"
#include "engine/run/run_options.h"

namespace heddle {

/// Carries the program out for real: its threads are threads of this process, `main` is its main thread.
///
/// Called in the program process, which has no other thread yet; the recording into the session has
/// been started by the supervisor. When every non-daemon actor has ended or the program has said
/// `exit`, it leaves the process, as endProgram() does. A program that never ends is ended from
/// outside (SIGTERM, then SIGKILL); there is no call for it. A program that does not follow the
/// schedule it is forced through is given up; that is told.
///
/// What the deadlock watch relies on:
/// * each actor is defined with the name `Code::instanceName` gives it (spawned ones: their own),
///   objects with `Code::objectName`;
/// * the thread calls `setPosition` before every visible instruction;
/// * a pending timer is an actor of kind Timer from StartTimer to its end.
///
/// Result:  it returns only if the program cannot begin, which is told: the exit code of the process.
/// Threads: the main thread of the program process.
[[nodiscard]] int runProgram(const Code& code, const RunOptions& options, ProgramChannel& channel);

class ProgramRun;

/// Tells the last things of a program that is over and leaves the process with its exit code, or as its
/// interrupt wants it. Somebody else may be at it: then that one does it.
///
/// Threads: any thread of the program process.
[[noreturn]] void endProgram(ProgramRun& run);

} // namespace heddle

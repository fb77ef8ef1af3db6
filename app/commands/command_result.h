// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <string>
#include <string_view>

namespace heddle::app {

/// The exit codes of the command line's contract (README.md). They are also numbers for scripts, so
/// none may ever change its meaning.
enum ExitCode : int
{
    kDone = 0,
    kFailed = 1,
    kInvalid = 2, ///< usage, or the program or trace is not valid
    kDeadlock = 3,
    kTimeout = 4,
    kRefused = 6, ///< by the system: permission, full disk, …
};

/// Writes to standard output; what could not be written is noticed by finishOutput().
void print(std::string_view text);

/// Writes "heddle: sentence" as one line to standard error.
void complain(std::string_view sentence);

/// Sends off what is buffered; the exit code, or Refused with a message if the output is lost.
[[nodiscard]] int finishOutput(int exitCode);

} // namespace heddle::app

// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <string_view>

namespace heddle::app {

// The exit codes of the command line's contract (README.md): none may ever change its meaning.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kInvalid = 2; ///< usage, or the program or trace is not valid
inline constexpr int kDeadlock = 3;
inline constexpr int kTimeout = 4;
inline constexpr int kUndecided = 5; ///< a bound ended the search before the space was covered
inline constexpr int kRefused = 6; ///< by the system: permission, full disk, …

/// Writes to standard output; what could not be written is noticed by finishOutput().
void print(std::string_view text);

/// Sends off what was printed so far; what could not be is noticed by finishOutput().
void sendOff();

/// Has finishOutput() notice that standard output could not be written, for this reason.
void noteLoss(int systemErrno);

/// Writes "heddle: sentence" as one line to standard error.
void complain(std::string_view sentence);

/// Sends off what is buffered; the exit code, or Refused with a message if the output is lost.
[[nodiscard]] int finishOutput(int exitCode);

} // namespace heddle::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/processes/process_failure.h"
#include "engine/processes/spawn_options.h"

#include <optional>
#include <stop_token>
#include <string>

namespace heddle {

/// A program that is started, fed and waited for in one go.
struct Command
{
    enum class Capture
    {
        AsRedirected, ///< the redirections of `spawn` hold
        Output, ///< stdout into a pipe
        OutputAndErrors ///< stdout and stderr each into a pipe
    };
    enum class Failure
    {
        IsAResult, ///< how it ended is in the result
        IsAnError ///< another code than 0 is an error
    };
    SpawnOptions spawn{};
    std::optional<std::string> input{}; ///< for a pipe to stdin; nothing: as redirected
    Capture capture = Capture::AsRedirected;
    Failure failure = Failure::IsAResult;
    std::optional<nanoseconds> limit{}; ///< then the child is killed
};

/// Runs the command and waits for its end.
///
/// At the limit the child is killed and waited for, and what had come is in the error; a descendant
/// that still holds a pipe does not delay this. Without a limit such a descendant does. When the handler
/// of a signal gives up, the child has 0.25 s to end by itself before it is killed.
///
/// Errors:  all of ProcessFailure; Broken with Interrupted if a handler gives up; NotStarted with
///          InvalidArgument if `input` or `capture` is given together with a redirection of the same
///          stream.
/// Threads: any thread.
[[nodiscard]] ProcessResult runCommand(const Command& command, const std::stop_token& stop = {});

/// Runs the command and gives only how it ended; nothing is captured. Errors, threads: as runCommand.
[[nodiscard]] ProcessResult callCommand(
    const SpawnOptions& options, std::optional<nanoseconds> limit = {});

/// As callCommand; another code than 0, or an end by a signal, is the error Failed.
[[nodiscard]] ProcessResult checkCall(
    const SpawnOptions& options, std::optional<nanoseconds> limit = {});

/// Captures stdout; another code than 0 is the error Failed, with what was captured. Without input and
/// redirection stdin is empty. Other errors, threads: as runCommand.
[[nodiscard]] ProcessResult checkOutput(const SpawnOptions& options,
    std::optional<std::string> input = {}, std::optional<nanoseconds> limit = {});

/// What a shell script prints on stdout and stderr together, and how it ended.
struct StatusAndOutput
{
    int returnCode = 0; ///< -n: by signal n
    std::string output; ///< without one line end at its end
};

/// Runs the script by the shell. How it ended is no error.
///
/// Errors:  those of spawn and communicate.
/// Threads: any thread.
[[nodiscard]] Result<StatusAndOutput> statusAndOutputOf(std::string script);

} // namespace heddle

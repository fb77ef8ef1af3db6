// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/command.h"

#include "engine/processes/subprocess.h"
#include "engine/processes/text_decoder.h"

#include <utility>

namespace heddle {

namespace {

/// The interrupt of a keyboard reaches the child too, which may want to end by itself.
constexpr auto kGraceAfterInterrupt = std::chrono::milliseconds(250);

ProcessFailure notStarted(const Command& command, const Error& error)
{
    ProcessFailure failure;
    failure.kind = ProcessFailure::Kind::NotStarted;
    failure.error = error;
    failure.arguments = command.spawn.arguments;
    return failure;
}

// Leads a stream into a pipe; an error if it was led elsewhere already.
Result<void> capture(Redirection& redirection, const char* stream)
{
    if (redirection.goes != Redirection::Goes::Inherited)
        return Error{ErrorKind::InvalidArgument, 0, "run a command",
            std::string(stream) + " is redirected, and cannot be a pipe as well"};
    redirection = Redirection::toPipe();
    return {};
}

Result<SpawnOptions> withPipes(const Command& command)
{
    SpawnOptions options = command.spawn;
    Result<void> done;
    if (command.input)
        done = capture(options.standardInput, "stdin");
    if (done && command.capture != Command::Capture::AsRedirected)
        done = capture(options.standardOutput, "stdout");
    if (done && command.capture == Command::Capture::OutputAndErrors)
        done = capture(options.standardError, "stderr");
    if (!done)
        return done.error();
    return options;
}

Command commandOf(const SpawnOptions& options, std::optional<nanoseconds> limit)
{
    Command command;
    command.spawn = options;
    command.limit = limit;
    return command;
}

} // namespace

ProcessResult runCommand(const Command& command, const std::stop_token& stop)
{
    const Result<SpawnOptions> options = withPipes(command);
    if (!options)
        return notStarted(command, options.error());
    const Deadline deadline = command.limit ? Deadline::after(*command.limit) : Deadline::never();
    Result<Subprocess> child = Subprocess::spawn(*options);
    if (!child)
        return notStarted(command, child.error());
    const std::string_view input = command.input ? std::string_view(*command.input) : "";
    ProcessResult result = child->communicate(input, deadline, stop);
    if (!result) {
        if (result.error().error.kind == ErrorKind::Interrupted)
            static_cast<void>(child->wait(Deadline::after(kGraceAfterInterrupt)));
        // Only the child is ended and waited for: a descendant that holds a pipe delays nothing.
        static_cast<void>(child->kill());
        static_cast<void>(child->wait(Deadline::never()));
        ProcessFailure failure = result.error();
        if (command.limit)
            failure.limit = command.limit;
        return failure;
    }
    if (command.failure == Command::Failure::IsAnError)
        return requireSuccess(std::move(*result));
    return result;
}

ProcessResult callCommand(const SpawnOptions& options, std::optional<nanoseconds> limit)
{
    return runCommand(commandOf(options, limit));
}

ProcessResult checkCall(const SpawnOptions& options, std::optional<nanoseconds> limit)
{
    Command command = commandOf(options, limit);
    command.failure = Command::Failure::IsAnError;
    return runCommand(command);
}

ProcessResult checkOutput(
    const SpawnOptions& options, std::optional<std::string> input, std::optional<nanoseconds> limit)
{
    Command command = commandOf(options, limit);
    command.capture = Command::Capture::Output;
    command.failure = Command::Failure::IsAnError;
    command.input = std::move(input);
    if (!command.input && options.standardInput.goes == Redirection::Goes::Inherited)
        command.spawn.standardInput = Redirection::toNull();
    return runCommand(command);
}

Result<StatusAndOutput> statusAndOutputOf(std::string script)
{
    Command command;
    command.spawn.interpreter = SpawnOptions::Interpreter::Shell;
    command.spawn.arguments = {std::move(script)};
    command.spawn.standardError = Redirection::toStdout();
    command.capture = Command::Capture::Output;
    ProcessResult result = runCommand(command);
    if (!result)
        return result.error().error;
    std::string text = TextDecoder::decodeAll(
        *result->output, TextDecoder::Encoding::Utf8, TextDecoder::BadBytes::AreReplaced)
                           .value();
    if (!text.empty() && text.back() == '\n')
        text.pop_back();
    return StatusAndOutput{result->status.returnCode(), std::move(text)};
}

} // namespace heddle

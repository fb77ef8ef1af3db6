// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/process_failure.h"

#include "engine/base/text.h"
#include "engine/processes/exchange.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace heddle {

namespace {

std::string quoted(const std::vector<std::string>& arguments)
{
    std::string text = "command '";
    for (const std::string& argument : arguments) {
        if (&argument != &arguments.front())
            text += ' ';
        text += argument;
    }
    return text + "'";
}

std::string endText(const ExitStatus& status)
{
    if (status.signal == 0)
        return " ended with " + status.text();
    const bool hasName = signalName(status.signal).rfind("SIG", 0) == 0;
    if (hasName)
        return " was ended by " + status.text();
    return " was ended by unknown signal " + std::to_string(status.signal);
}

} // namespace

std::string ProcessFailure::text() const
{
    const std::string command = quoted(arguments);
    if (kind == Kind::Failed && status)
        return command + endText(*status);
    if (kind == Kind::TimedOut && limit) {
        std::array<char, 64> seconds{};
        static_cast<void>(std::snprintf(
            seconds.data(), seconds.size(), "%.3g", std::chrono::duration<double>(*limit).count()));
        return command + " was not done after " + seconds.data() + " seconds";
    }
    if (kind == Kind::NotStarted)
        return command + " could not be started: " + error.text();
    return command + ": " + error.text();
}

ProcessFailure unfinishedExchange(const Error& error, std::vector<std::string> arguments,
    const Exchange& exchange, Deadline deadline, nanoseconds begin)
{
    ProcessFailure failure;
    failure.kind = error.kind == ErrorKind::Timeout ? ProcessFailure::Kind::TimedOut
                                                    : ProcessFailure::Kind::Broken;
    failure.error = error;
    failure.arguments = std::move(arguments);
    failure.output = exchange.output();
    failure.errors = exchange.errors();
    if (!deadline.isNever())
        failure.limit = std::max(nanoseconds(0), deadline.moment() - begin);
    return failure;
}

ProcessResult requireSuccess(FinishedProcess process)
{
    if (process.status.isSuccess())
        return process;
    ProcessFailure failure;
    failure.kind = ProcessFailure::Kind::Failed;
    failure.error = Error{ErrorKind::SystemCall, 0, "run a command", process.status.text()};
    failure.arguments = std::move(process.arguments);
    failure.status = process.status;
    failure.output = std::move(process.output);
    failure.errors = std::move(process.errors);
    return failure;
}

} // namespace heddle

// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/processes/command.h"
#include "engine/processes/subprocess.h"

#include <QString>

#include <chrono>
#include <string>

namespace heddle::tests {

/// Longer than anything a test waits for that comes.
inline Deadline soon()
{
    return Deadline::after(std::chrono::seconds(10));
}

/// A shell script with a pipe to each of its streams.
inline SpawnOptions pipedShell(std::string script)
{
    SpawnOptions options;
    options.interpreter = SpawnOptions::Interpreter::Shell;
    options.arguments = {std::move(script)};
    options.standardInput = Redirection::toPipe();
    options.standardOutput = Redirection::toPipe();
    options.standardError = Redirection::toPipe();
    return options;
}

/// What the process prints to stdout, or the text of what went wrong.
inline QString outputOf(SpawnOptions options)
{
    options.standardOutput = Redirection::toPipe();
    Result<Subprocess> child = Subprocess::spawn(options);
    if (!child)
        return QString::fromStdString(child.error().text());
    ProcessResult result = child->communicate({}, soon());
    return QString::fromStdString(
        result ? result->output.value_or("no pipe") : result.error().text());
}

inline QString outputOfShell(SpawnOptions options, std::string script)
{
    options.interpreter = SpawnOptions::Interpreter::Shell;
    options.arguments = {std::move(script)};
    return outputOf(std::move(options));
}

} // namespace heddle::tests

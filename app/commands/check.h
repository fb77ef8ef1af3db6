// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/program/diagnostic.h"
#include "engine/run/run_options.h"

#include <QJsonArray>

#include <string>
#include <vector>

namespace heddle::app {

struct CheckCommand
{
    std::vector<std::string> files;
    bool json = false;
    bool listing = false; ///< print the compiled code of programs without errors
};

/// `heddle check`: says what is wrong with programs.
[[nodiscard]] int checkPrograms(const CheckCommand& command);

/// Writes a line for each diagnostic to standard error.
void complainAbout(const std::vector<Diagnostic>& diagnostics, const std::string& file);

/// The warnings among them, without hints and errors.
[[nodiscard]] std::vector<Diagnostic> warningsOf(const std::vector<Diagnostic>& diagnostics);

/// The same for `--json`: [{"file","line","column","severity","code","message"}].
[[nodiscard]] QJsonArray problemsOf(
    const std::vector<Diagnostic>& diagnostics, const std::string& file);

} // namespace heddle::app

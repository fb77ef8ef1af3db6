// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/diagnostic.h"

#include <algorithm>

namespace heddle {

namespace {

const char* toText(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return "error";
    case Severity::Warning:
        return "warning";
    case Severity::Hint:
        break;
    }
    return "hint";
}

} // namespace

std::string toLine(const Diagnostic& diagnostic, const std::string& file)
{
    return file + ":" + std::to_string(diagnostic.line) + ":" + std::to_string(diagnostic.column)
        + ": " + toText(diagnostic.severity) + " " + diagnostic.code + ": " + diagnostic.message;
}

bool hasErrors(const std::vector<Diagnostic>& diagnostics)
{
    return std::any_of(diagnostics.begin(), diagnostics.end(),
        [](const Diagnostic& each) { return each.severity == Severity::Error; });
}

} // namespace heddle

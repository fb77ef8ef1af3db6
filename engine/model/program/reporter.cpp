// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/reporter.h"

#include <algorithm>

namespace heddle {

std::string quoted(std::string_view words)
{
    return "\"" + std::string(words) + "\"";
}

Fix Reporter::replace(NodeIndex node, std::string title, std::string replacement) const
{
    Fix fix;
    fix.title = std::move(title);
    fix.offset = m_tree.start(node).offset;
    fix.length = static_cast<std::uint32_t>(m_tree.sourceText(node).size());
    fix.replacement = std::move(replacement);
    return fix;
}

void Reporter::report(Severity severity, const char* code, NodeIndex node, std::string message,
    std::vector<Fix> fixes)
{
    const Token& start = m_tree.start(node);
    const bool isError = severity == Severity::Error;
    if (!m_seen.emplace(isError ? "error" : code, start.offset).second)
        return;
    Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.code = code;
    diagnostic.message = std::move(message);
    diagnostic.line = start.line;
    diagnostic.column = start.column;
    diagnostic.offset = start.offset;
    const std::string_view source = m_tree.sourceText(node);
    diagnostic.length = static_cast<std::uint32_t>(std::min(source.find('\n'), source.size()));
    diagnostic.fixes = std::move(fixes);
    m_diagnostics.push_back(std::move(diagnostic));
}

bool Reporter::hasGiven(std::string_view code) const
{
    return std::any_of(m_diagnostics.begin(), m_diagnostics.end(),
        [code](const Diagnostic& each) { return each.code == code; });
}

} // namespace heddle

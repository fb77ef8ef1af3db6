// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/diagnostic.h"
#include "engine/model/program/syntax_tree.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heddle {

/// The words in double quotes, as messages show what the person has typed.
[[nodiscard]] std::string quoted(std::string_view words);

/// Collects what is wrong with a program: at most one error for each place, and one warning of a code.
///
/// Threads: one thread at a time.
class Reporter
{
public:
    Reporter(const SyntaxTree& tree, std::vector<Diagnostic>& diagnostics)
        : m_tree(tree)
        , m_diagnostics(diagnostics)
    {
    }

    void error(const char* code, NodeIndex node, std::string message, std::vector<Fix> fixes = {})
    {
        report(Severity::Error, code, node, std::move(message), std::move(fixes));
    }
    void warning(const char* code, NodeIndex node, std::string message)
    {
        report(Severity::Warning, code, node, std::move(message), {});
    }
    void hint(const char* code, NodeIndex node, std::string message)
    {
        report(Severity::Hint, code, node, std::move(message), {});
    }

    /// A replacement for the whole text of a node.
    [[nodiscard]] Fix replace(NodeIndex node, std::string title, std::string replacement) const;

    /// Whether a warning or hint with this code has been given.
    [[nodiscard]] bool hasGiven(std::string_view code) const;

    [[nodiscard]] bool hasErrors() const { return heddle::hasErrors(m_diagnostics); }

private:
    void report(Severity severity, const char* code, NodeIndex node, std::string message,
        std::vector<Fix> fixes);

    const SyntaxTree& m_tree;
    std::vector<Diagnostic>& m_diagnostics;
    std::set<std::pair<std::string, std::uint32_t>> m_seen; ///< "error" or the code, and the offset
};

} // namespace heddle

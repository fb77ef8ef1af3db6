// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/diagnostic.h"
#include "engine/model/program/syntax_tree.h"

#include <memory>
#include <string>
#include <vector>

namespace heddle {

/// A tree and what was wrong with the text.
struct ParsedProgram
{
    std::shared_ptr<const SyntaxTree> tree;
    std::vector<Diagnostic> diagnostics;
};

/// Reads any text into a lossless tree; what cannot be read becomes Broken nodes with a message each.
///
/// Never fails and never recurses deeper than a fixed limit, whatever the text is.
///
/// Threads: any thread.
/// Source:  the grammar in resources/help/language.md.
[[nodiscard]] ParsedProgram parseProgram(std::string text);

} // namespace heddle

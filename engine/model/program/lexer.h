// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/diagnostic.h"
#include "engine/model/program/syntax_tree.h"

#include <string_view>
#include <vector>

namespace heddle {

/// A text of more bytes is not read as a program, nor is one with a NUL: it is one Unknown token.
inline constexpr std::size_t kMaximumProgramBytes = std::size_t{1024} * 1024;

/// So many messages about one text are enough; later ones are left out.
inline constexpr std::size_t kMaximumDiagnostics = 100;

/// The pieces of a text and what was wrong with them.
struct LexedText
{
    std::vector<Token> tokens; ///< joined they are the text; the last is End
    std::vector<Diagnostic> diagnostics;
};

/// Cuts any text into tokens.
///
/// A text inside of a block with `{expression}` in it becomes several tokens: `"a {`, those of the
/// expression, `} b"`. A line that is not empty ends with NewLine, at the end of the text with an
/// empty one. Each Unknown token has been reported.
///
/// Threads: any thread.
[[nodiscard]] LexedText lexProgram(std::string_view text);

/// Whether the token means nothing to the grammar: blanks, comments and tabs.
[[nodiscard]] bool isTrivia(const Token& token, std::string_view text);

/// Whether the word begins a declaration at the top of a program: "mutex", "expect", …
[[nodiscard]] bool isDeclarationWord(std::string_view word);

} // namespace heddle

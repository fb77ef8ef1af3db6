// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/syntax_tree.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

enum class CompletionKind : std::uint8_t
{
    Declaration,
    Statement,
    Object,
    Variable, ///< shared, private, constant, local or parameter
    Actor,
    Definition,
    Function,
    Word, ///< of a statement, an option or a verdict
    Exception,
};

/// A word that could stand at a place of a program.
struct Completion
{
    CompletionKind kind = CompletionKind::Word;
    std::string text; ///< "lock"
    std::string insert; ///< in place of what is written of it: "lock "
    std::string_view form; ///< how it is written, or empty
    std::string_view summary; ///< marked for translation in the catalogue, or empty
};

/// What could stand at the byte `offset`, given what is written of the word before it; what fits
/// best comes first. After a verb these are the objects that it can be done to.
///
/// Threads: any thread; a pure function.
[[nodiscard]] std::vector<Completion> completions(const SyntaxTree& tree, std::uint32_t offset);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/syntax_tree.h"
#include "engine/model/program/value.h"

#include <optional>
#include <string>
#include <string_view>

namespace heddle {

/// How the characters of a text token are meant.
enum class TextUse
{
    Plain, ///< declarations: escapes only
    Formatted, ///< statements: escapes, `{{` and `}}`
    Pattern, ///< expectations of said lines: `\*`, `\?` and `\\` stay for matchesPattern
};

/// The characters of a text token, without its quotes.
[[nodiscard]] std::string textOf(std::string_view token, TextUse use);

/// The number of a signal such as "SIGTERM".
[[nodiscard]] std::optional<int> signalNumber(std::string_view name);

/// What is wrong with a literal that has no value, in a sentence.
[[nodiscard]] std::string literalProblem(std::string_view token);

/// The value of a token; nothing if a number does not fit into 64 bits or a signal is unknown.
[[nodiscard]] std::optional<Value> literalValue(
    TokenKind kind, std::string_view token, TextUse use);

} // namespace heddle

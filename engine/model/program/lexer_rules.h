// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/diagnostic.h"
#include "engine/model/program/syntax_tree.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

inline constexpr std::uint32_t kTabWidth = 4;

[[nodiscard]] bool isDurationUnit(std::string_view unit);
[[nodiscard]] bool isSizeUnit(std::string_view unit);
[[nodiscard]] bool isSignalName(std::string_view word);

/// Whether the line at `begin` begins with a reserved word or a declaration. Such a line never
/// continues an expression, so a bracket that was not closed spoils its own statement only.
[[nodiscard]] bool beginsStatement(std::string_view text, std::size_t begin);

/// The end of the expression in braces that begins at `from`: its closing brace, or `end` if there is none.
[[nodiscard]] std::size_t expressionEnd(std::string_view text, std::size_t from, std::size_t end);

/// What is said about a text that is no program at all: too large, or with a NUL in it.
[[nodiscard]] std::optional<Diagnostic> whyNotRead(std::string_view text);

/// What is said about characters that no token begins with.
[[nodiscard]] std::string strangeBytesMessage(std::string_view run);

/// One message for all tabs, at the first of them; `tabs` are tokens, at least one.
[[nodiscard]] Diagnostic tabProblem(std::string_view text, const std::vector<Token>& tokens,
    const std::vector<std::uint32_t>& tabs);

} // namespace heddle

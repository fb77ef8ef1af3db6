// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/program/syntax_tree.h"
#include "widgets/shared/theme.h"

#include <QColor>

#include <cstdint>
#include <vector>

namespace heddle::widgets {

/// How a piece of a program's text is drawn; also the numbers of the editor's styles.
enum class TextStyle : std::uint8_t
{
    Plain,
    Comment,
    Text,
    Number,
    Declaration,
    Statement,
    Word,
    Function,
    Unknown
};
inline constexpr int kTextStyleCount = 9;

/// A run of bytes in one style.
struct StyledSpan
{
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
    TextStyle style = TextStyle::Plain;
};

/// The spans of everything that is not plain, in order.
/// Which words mean something comes from the catalogue.
///
/// Threads: any thread; a pure function.
[[nodiscard]] std::vector<StyledSpan> styleProgram(const SyntaxTree& tree);

[[nodiscard]] QColor textStyleColour(TextStyle style, ColourScheme scheme);

} // namespace heddle::widgets

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/syntax_tree.h"

#include <string>

namespace heddle {

/// The text that the tree was read from, byte for byte.
[[nodiscard]] std::string printProgram(const SyntaxTree& tree);

/// The canonical form: four blanks a level, one blank between words, no blanks at line ends, at most
/// one blank line in a row, comments kept. Broken statements keep their text.
[[nodiscard]] std::string formatProgram(const SyntaxTree& tree);

} // namespace heddle

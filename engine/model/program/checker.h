// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/reporter.h"
#include "engine/model/program/symbols.h"

namespace heddle {

/// Whether the tree is shallow enough to be walked by functions that call themselves; reports where it is not.
[[nodiscard]] bool checkDepth(const SyntaxTree& tree, Reporter& reporter);

/// Reports everything that is wrong with the names and statements of a program: what cannot be compiled as
/// an error, what is likely a mistake as a warning or a hint. One message for each cause.
///
/// The texts follow one pattern: what is wrong in one sentence with the typed words in quotes, why it
/// matters, what to try.
///
/// Threads: any thread.
void checkProgram(const Symbols& symbols, Reporter& reporter);

} // namespace heddle

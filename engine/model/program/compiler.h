// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/model/program/diagnostic.h"
#include "engine/model/program/syntax_tree.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace heddle {

struct CompileOptions
{
    std::vector<std::pair<std::string, std::string>> constants; ///< `--set NAME=VALUE`
};

/// A program's text with everything that was found out about it.
struct CompiledProgram
{
    std::shared_ptr<const Code> code; ///< null if there are errors
    std::shared_ptr<const SyntaxTree> tree;
    std::vector<Diagnostic> diagnostics; ///< errors, warnings and hints, in the order of the text
};

/// Reads, checks and compiles a program: the one entry point for everybody.
///
/// Never fails otherwise than by a diagnostic, whatever the text is.
///
/// Threads: any thread; a pure function.
[[nodiscard]] CompiledProgram compileProgram(std::string text, const CompileOptions& options = {});

} // namespace heddle

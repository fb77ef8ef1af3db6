// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace heddle {

enum class Severity : std::uint8_t
{
    Error,
    Warning,
    Hint
};

/// A replacement that mends a problem with one click.
struct Fix
{
    std::string title; ///< "Use lock"
    std::uint32_t offset = 0; ///< bytes of the text to replace
    std::uint32_t length = 0;
    std::string replacement;
};

/// One thing wrong with a program, in a plain sentence: what, why it matters, what to try.
struct Diagnostic
{
    Severity severity = Severity::Error;
    std::string code; ///< stable: "E101"
    std::string message;
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    std::uint32_t offset = 0; ///< the words it is about, in bytes of the text
    std::uint32_t length = 0;
    std::vector<Fix> fixes;
};

/// "dining.hed:7:5: error E101: …"
[[nodiscard]] std::string toLine(const Diagnostic& diagnostic, const std::string& file);

/// Whether one of them is an error.
[[nodiscard]] bool hasErrors(const std::vector<Diagnostic>& diagnostics);

} // namespace heddle

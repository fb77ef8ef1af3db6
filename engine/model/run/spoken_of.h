// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"

#include <string>

namespace heddle {

/// Whether a line of the program says something about deadlocks; where none does, none is expected.
///
/// Threads: any thread.
[[nodiscard]] bool speaksOfDeadlocks(const Code& code);
[[nodiscard]] bool speaksOfLivelocks(const Code& code);

/// The same of races, and of assertions: of any, or of the one with this text.
[[nodiscard]] bool speaksOfRaces(const Code& code);
[[nodiscard]] bool speaksOfAssertions(const Code& code);
[[nodiscard]] bool speaksOfAssertion(const Code& code, const std::string& text);
[[nodiscard]] bool speaksOfInvariant(const Code& code, const Invariant& invariant);

/// Whether a line of the program says something about actors that end with this exception: about
/// the exception itself, or about how the program exits.
///
/// Threads: any thread.
[[nodiscard]] bool speaksOfException(const Code& code, const std::string& exception);

/// What is expected where no line speaks of an exception: "exception E free".
[[nodiscard]] std::string exceptionFreeText(const std::string& exception);

} // namespace heddle

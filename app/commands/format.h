// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <string>
#include <vector>

namespace heddle::app {

struct FormatCommand
{
    std::vector<std::string> files; ///< `-`: from standard input to standard output
    bool checkOnly = false; ///< write nothing; 1 if something would change
};

/// `heddle format`: writes programs in their canonical form, in place and whole or not at all.
///
/// A program that cannot be read is left as it is.
[[nodiscard]] int formatPrograms(const FormatCommand& command);

} // namespace heddle::app

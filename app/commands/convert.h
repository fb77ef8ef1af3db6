// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <string>

namespace heddle::app {

struct ConvertCommand
{
    std::string input;
    std::string output;
};

/// `heddle convert`: writes a recording in another form, or a program as a model in Promela, chosen
/// by the extension of the output.
[[nodiscard]] int convertFile(const ConvertCommand& command);

} // namespace heddle::app

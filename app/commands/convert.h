// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <string>

namespace heddle::app {

struct ConvertCommand
{
    std::string input;
    std::string output;
};

/// `heddle convert`: writes a recording in another form, chosen by the extension.
[[nodiscard]] int convertTrace(const ConvertCommand& command);

} // namespace heddle::app

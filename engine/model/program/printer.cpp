// SPDX-License-Identifier: Apache-2.0
#include "engine/model/program/printer.h"

namespace heddle {

std::string printProgram(const SyntaxTree& tree)
{
    std::string text;
    text.reserve(tree.text().size());
    for (std::uint32_t token = 0; token < tree.tokens().size(); ++token)
        text += tree.tokenText(token);
    return text;
}

} // namespace heddle

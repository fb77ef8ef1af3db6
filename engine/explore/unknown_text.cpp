// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/unknown_text.h"

#include <algorithm>

namespace heddle {

namespace {

/// Whether the program wants the errors of a command, of which no `model` says anything.
bool hasUnknownErrors(const CommandDeclaration& command)
{
    return std::any_of(command.wirings.begin(), command.wirings.end(), [](const Wiring& wiring) {
        return wiring.kind == Wiring::Kind::StandardError && wiring.end != Wiring::End::Null
            && wiring.end != Wiring::End::File;
    });
}

} // namespace

const CommandDeclaration* writerOfUnknownText(const Code& code)
{
    const auto found = std::find_if(code.commands.begin(), code.commands.end(),
        [](const auto& command) { return command.writesUnknownText || hasUnknownErrors(command); });
    return found == code.commands.end() ? nullptr : &*found;
}

Sentence dependsOnTexts(const CommandDeclaration& command)
{
    return Sentence::of(
        HEDDLE_TEXT("Sentence", "depends on what the command \"%1\" writes"), {command.name});
}

} // namespace heddle

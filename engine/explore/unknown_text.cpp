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

bool isPartlyUnknown(const Value& value)
{
    if (value.is(ValueKind::Text))
        return value.asText().find('?') != std::string::npos;
    return value.is(ValueKind::List)
        && std::any_of(value.asList().begin(), value.asList().end(), isPartlyUnknown);
}

bool hasTexts(const Value& value)
{
    return value.is(ValueKind::Text) || value.is(ValueKind::List) || value.is(ValueKind::Table);
}

} // namespace

bool mayDependOnUnknownText(const Value& one, const Value& other)
{
    return hasTexts(one) && hasTexts(other) && (isPartlyUnknown(one) || isPartlyUnknown(other));
}

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

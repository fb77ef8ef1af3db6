// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/sentence.h"
#include "engine/model/program/code.h"
#include "engine/model/program/value.h"

namespace heddle {

/// A command whose contract does not say which texts it writes to streams that the program has a use
/// for; null if there is none.
[[nodiscard]] const CommandDeclaration* writerOfUnknownText(const Code& code);

/// Whether comparing the two may depend on what such a command writes. Each character of it stands as "?"
/// in the machine, so that a text of the program's own with a question mark counts as well.
[[nodiscard]] bool mayDependOnUnknownText(const Value& one, const Value& other);

/// That something depends on them.
[[nodiscard]] Sentence dependsOnTexts(const CommandDeclaration& command);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/sentence.h"
#include "engine/model/program/code.h"

namespace heddle {

/// A command whose contract does not say which texts it writes to streams that the program has a use
/// for; null if there is none.
[[nodiscard]] const CommandDeclaration* writerOfUnknownText(const Code& code);

/// That something depends on them.
[[nodiscard]] Sentence dependsOnTexts(const CommandDeclaration& command);

} // namespace heddle

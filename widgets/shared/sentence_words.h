// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/sentence.h"

#include <QString>

namespace heddle::widgets {

/// A sentence of the engine in the language of the window.
[[nodiscard]] QString inWords(const Sentence& sentence);

} // namespace heddle::widgets

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"

namespace heddle {

/// Whether some actor might go round a loop for ever without touching anything that others share: by
/// the text of the program alone, so that a loop which counts to an end is one, too.
///
/// Threads: any thread.
[[nodiscard]] bool mayLoopUnseen(const Code& code);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/reporter.h"
#include "engine/model/program/symbols.h"

namespace heddle {

/// Checks what concerns the handlers of signals as a whole: that none takes a lock which the
/// thread that it interrupts may be holding (W315).
void checkHandlers(const Symbols& symbols, Reporter& reporter);

} // namespace heddle

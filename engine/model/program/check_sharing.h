// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/reporter.h"
#include "engine/model/program/symbols.h"

namespace heddle {

/// Reports what a process actor uses together with others although it cannot lie in the memory that
/// all processes see (E250). What only one process uses is a copy of its own, whatever it is.
void checkSharing(const Symbols& symbols, Reporter& reporter);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/run/shared_arena.h"
#include "engine/run/shared_variable.h"

#include <memory>

namespace heddle {

/// A `shared` variable that all processes of the program read and write: numbers are atomics, other
/// values lie in a slot of fixed size with a lock. A value that is too long for it raises NoResources.
[[nodiscard]] std::shared_ptr<SharedVariable> createProcessVariable(
    SharedArena& arena, const VariableDeclaration& declaration, const Value& initial);

} // namespace heddle

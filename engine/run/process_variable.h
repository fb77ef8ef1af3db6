// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/run/shared_arena.h"
#include "engine/run/shared_variable.h"

#include <cstddef>
#include <memory>

namespace heddle {

/// Bytes that a value which is no number may take, as ByteWriter writes it.
inline constexpr std::size_t kMostSharedBytes = 4096;

/// Whether the variable can begin with the value: it is a number, or not too long.
[[nodiscard]] bool fitsBetweenProcesses(
    const VariableDeclaration& declaration, const Value& initial);

/// A `shared` variable that all processes of the program read and write: numbers are atomics, other
/// values lie in a slot of fixed size with a lock. A value that is too long for it raises NoResources;
/// the first one must not be.
[[nodiscard]] std::shared_ptr<SharedVariable> createProcessVariable(
    SharedArena& arena, const VariableDeclaration& declaration, const Value& initial);

} // namespace heddle

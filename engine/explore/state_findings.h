// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"

#include <span>
#include <string>

namespace heddle {

// What there is to find in one state, for whoever goes through states.
//
// Threads: one thread at a time.

/// Whether the invariant is false in the state, or cannot be computed there.
[[nodiscard]] bool isViolated(
    Machine& machine, std::span<const Cell> state, const Invariant& invariant);

/// The name of the exception that has ended the actor; null if none has. A failed assertion is none.
[[nodiscard]] const std::string* endingException(
    const Machine& machine, std::span<const Cell> state, std::int32_t actor);

} // namespace heddle

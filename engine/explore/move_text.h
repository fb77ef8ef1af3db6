// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"

#include <cstddef>
#include <span>
#include <string>

namespace heddle {

/// What an actor's next step does if it comes out in the given way, for people: "lock fork[2]",
/// "choose k = 3", "notify room: nobody waits", "get q (the time limit is over)".
///
/// `outcomes` is what expanding the actor in `before` gives.
[[nodiscard]] std::string moveText(const Machine& machine, std::span<const Cell> before,
    std::int32_t actor, const StepList& outcomes, std::size_t choice);

/// The source line that the actor's next step begins in; 0 for who has ended and only has writes
/// that others do not see yet.
[[nodiscard]] std::uint32_t nextLine(
    const Machine& machine, std::span<const Cell> state, std::int32_t actor);

} // namespace heddle

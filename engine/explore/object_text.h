// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"
#include "engine/model/exploration/explored_moment.h"

#include <span>

namespace heddle {

/// What an object is like in a state: "held by philosopher[1]", "2 units", "[3, 4]". The holders
/// and who waits are taken from `read`.
[[nodiscard]] Sentence objectText(const Machine& machine, std::span<const Cell> state,
    std::int32_t object, const ExploredObject& read);

} // namespace heddle

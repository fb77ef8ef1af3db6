// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/explorer.h"
#include "engine/model/exploration/explored_moment.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace heddle {

/// All states of a small program, with a shortest way to each.
struct StateMap
{
    StatePicture picture;
    std::vector<Schedule> ways; ///< by number of the state
};

/// Searches the space of a program for its picture, with as much room for actors that are started as
/// it takes.
///
/// Threads: any thread.
[[nodiscard]] std::unique_ptr<Explorer> searchForPicture(const std::shared_ptr<const Code>& code,
    const ExplorerLimits& limits, const std::stop_token& stop);

/// The states that a search has found, if it came to its end and there are at most `kMostStates`.
///
/// The edges of a state are in the order of actors and choices, so that a schedule can be followed
/// along them.
///
/// Threads: one thread at a time; it uses the explorer's machine.
[[nodiscard]] std::optional<StateMap> mapStates(Explorer& explorer);
inline constexpr std::size_t kMostStates = 300;

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"
#include "engine/model/kinds.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace heddle {

/// What an actor waits for in a state.
struct WaitTarget
{
    enum class What : std::uint8_t
    {
        Object,
        Actors, ///< a join: of all of them
        Predicate, ///< an `await until`
        Pipe, ///< what comes by it, or room in it; `object` where it is a declared one
        Signal, ///< a `pause`, an `await` of signals
        Time, ///< its delay is not over yet (`option time ideal`)
        Nothing, ///< a loop that touches nothing shared: it goes on for ever
    };
    What what = What::Object;
    std::int32_t object = -1;
    std::int32_t pipe = -1;
    std::vector<std::int32_t> actors; ///< those that have not ended yet
    State shownAs = State::None; ///< in a trace

    friend bool operator==(const WaitTarget&, const WaitTarget&) = default;
};

/// What the actor waits for; nothing if it can go on, is not there or has ended.
///
/// Whose time limit may be over at any moment waits as well; who only tries does not.
[[nodiscard]] std::optional<WaitTarget> waitTargetOf(
    Machine& machine, std::span<const Cell> state, std::int32_t actor);

} // namespace heddle

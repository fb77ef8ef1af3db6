// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/chunked_vector.h"
#include "engine/explore/search_queue.h"

#include <cstdint>

namespace heddle {

/// The way by which a search came to a state: its last step, and what it has cost so far.
struct Way
{
    std::uint32_t before = 0; ///< the state that the step was taken in
    std::uint32_t steps = 0;
    std::uint16_t preemptions = 0;
    std::int16_t mover = -1; ///< who moved last, where it stands in this state
    std::int16_t actor = -1; ///< the same, where it stood in the state before; -1: the first state
    std::uint16_t choice : 15 = 0;
    std::uint16_t isExpanded : 1 = 0; ///< the state has been

    static constexpr std::size_t kMostChoices = 1 << 15; ///< what there is room for

    [[nodiscard]] SearchQueue::Place place() const { return {preemptions, steps}; }
};

/// By state.
using Ways = ChunkedVector<Way>;

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/sentence.h"

#include <cstdint>
#include <string>

namespace heddle {

/// What one schedule, as far as it was walked, says about an `expect` (or implied) line.
struct Goal
{
    enum class State : std::uint8_t
    {
        Open, ///< nothing yet
        Reached,
        Broken,
        Elsewhere ///< one schedule cannot tell
    };
    std::string text; ///< as the program writes it, without `expect`
    std::uint32_t line = 0; ///< 0: no line says it, it is implied
    State state = State::Open;
    Sentence why; ///< a half sentence
    bool operator==(const Goal&) const = default;
};

} // namespace heddle

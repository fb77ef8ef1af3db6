// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace heddle {

/// An access that an actor's next step makes to a shared variable.
struct NextAccess
{
    std::int32_t variable = -1; ///< -1: none
    std::int32_t element = 0;
    bool isWrite = false;
};

/// What an actor's next step has to do with: two steps that have to do with different things can be
/// done in either order and lead to the same state.
struct Footprint
{
    static constexpr std::int32_t kNothing = -1; ///< nothing that others can tell
    static constexpr std::int32_t kEverything = -2;
    std::int32_t place = kEverything; ///< else the number of an object, of a variable's cell, or
        ///< one behind all those: who lives
    bool isWrite = true;
    [[nodiscard]] bool isIndependentOf(const Footprint& other) const
    {
        if (place == kEverything || other.place == kEverything)
            return false;
        if (place == kNothing || other.place == kNothing)
            return true;
        return place != other.place || (!isWrite && !other.isWrite);
    }
};

/// What the next step of a local state touches, worked out once.
struct NextTouch
{
    Footprint footprint;
    NextAccess plainAccess; ///< of a variable that is not atomic; else none
};

} // namespace heddle

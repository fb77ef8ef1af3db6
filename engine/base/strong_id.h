// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace heddle {

/// A number that counts one kind of thing and cannot be mixed up with another kind.
///
/// 0 is "none"; the first real id is 1. Threads: immutable value.
template <typename Tag> struct StrongId
{
    std::uint32_t value = 0;

    [[nodiscard]] explicit operator bool() const { return value != 0; }
    // NOLINTNEXTLINE(modernize-use-nullptr): it takes the 0 that `<` compares with for a pointer
    friend auto operator<=>(const StrongId&, const StrongId&) = default;
};

using NameId = StrongId<struct NameTag>; ///< a text of the names table
using ActorId = StrongId<struct ActorTag>; ///< a thread, process or task of the program
using ObjectId = StrongId<struct ObjectTag>; ///< a lock, queue, … of the program
using LaneId = StrongId<struct LaneTag>; ///< a row of the timeline
using TrackId = StrongId<struct TrackTag>; ///< a strip of slices that do not overlap

} // namespace heddle

template <typename Tag> struct std::hash<heddle::StrongId<Tag>>
{
    std::size_t operator()(heddle::StrongId<Tag> id) const noexcept { return id.value; }
};

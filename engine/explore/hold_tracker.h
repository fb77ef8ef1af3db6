// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/walked_path.h"

#include <cstdint>
#include <span>
#include <vector>

namespace heddle {

/// Who holds what, along a schedule.
///
/// A state knows the owner of a mutex, but of a semaphore only how many units are left, and of a
/// read lock how many read. Whose they are is said here, by the rule of a recording: units that
/// somebody gives back without having taken them are those of whoever has held some the longest.
///
/// Threads: one thread at a time.
class HoldTracker
{
public:
    struct Hold
    {
        std::int32_t actor = 0;
        std::int64_t units = 1;
    };

    explicit HoldTracker(const Machine& machine);

    /// Takes in one step of the actor.
    void step(std::span<const Cell> before, std::span<const Cell> after, std::int32_t actor);

    [[nodiscard]] const std::vector<Hold>& holders(std::int32_t object) const
    {
        return m_holds[static_cast<std::size_t>(object)];
    }

private:
    void add(std::int32_t object, std::int32_t actor, std::int64_t units);
    void remove(std::int32_t object, std::int32_t actor, std::int64_t units);
    void takeOwner(std::int32_t object, Cell owner);

    const Machine& m_machine;
    std::vector<std::vector<Hold>> m_holds; ///< by object; the oldest first
};

/// The holders after so many steps of the path.
[[nodiscard]] HoldTracker holdersAt(
    const Machine& machine, const WalkedPath& path, std::size_t step);

/// How many units of a semaphore, or readers of an rwlock, the step took; negative: gave back. 0
/// for all others.
[[nodiscard]] std::int64_t unitsTaken(const Machine& machine, std::span<const Cell> before,
    std::span<const Cell> after, std::int32_t object);

} // namespace heddle

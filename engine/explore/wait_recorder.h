// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/event_sink.h"
#include "engine/explore/wait_target.h"
#include "engine/explore/walked_path.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace heddle {

/// Records the waits of a schedule: each begins where the actor's next step became impossible and
/// ends where it became possible again, or was given up.
///
/// Threads: one thread at a time; it uses the machine.
class WaitRecorder
{
public:
    WaitRecorder(Machine& machine, const WalkedPath& path, EventSink& sink);

    /// Waits that have begun in the state after `step` steps, and not before.
    void recordBeginnings(std::size_t step);

    /// Waits that the step has ended.
    void recordEnds(std::size_t step);

    /// What only the step's own actor says of a wait that it did not have to begin.
    void recordUncontended(std::size_t step);

private:
    using Waits = std::map<std::int32_t, WaitTarget>; ///< by actor

    [[nodiscard]] Waits waitsIn(std::size_t step);
    [[nodiscard]] bool isOver(std::size_t step, std::int32_t actor, const WaitTarget& wait) const;
    void recordEnd(std::size_t step, std::int32_t actor, const WaitTarget& wait);
    void recordOwnEnd(std::size_t step, const WaitTarget& wait);
    void recordOthersEnd(std::size_t step, std::int32_t actor, const WaitTarget& wait);
    void handOver(std::size_t step, std::int32_t to, std::int32_t object);
    [[nodiscard]] bool isLetGo(std::size_t step, std::int32_t actor, std::int32_t object) const;
    void has(std::int32_t actor, std::uint64_t target);
    [[nodiscard]] static std::uint64_t targetOf(const WaitTarget& wait);

    Machine& m_machine;
    const WalkedPath& m_path;
    EventSink& m_sink;
    std::vector<Waits> m_waits; ///< by state of the path
    std::set<std::pair<std::int32_t, std::uint64_t>> m_told; ///< whose wait is known to be over
};

} // namespace heddle

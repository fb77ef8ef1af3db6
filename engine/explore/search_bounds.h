// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/sentence.h"
#include "engine/explore/findings.h"
#include "engine/explore/machine.h"
#include "engine/explore/search_options.h"
#include "engine/explore/search_ways.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>

namespace heddle {

/// What bounds a search, and what of the space it has left out for that.
///
/// Threads: one thread at a time; `stop` may be asked for by any.
class SearchBounds
{
public:
    SearchBounds(const ExplorerLimits& limits, std::int64_t mostSteps);

    /// How far a search is, as far as there are bounds to it.
    struct Standing
    {
        bool hasFound = false; ///< what it was to find
        bool hasNoRoom = false; ///< in a state, for one more actor
        std::size_t states = 0;
        std::size_t bytes = 0;
    };

    void begin(); ///< time runs from here

    /// Whether the search must end here; limit() then says why.
    [[nodiscard]] bool isReached(const Standing& standing, const std::stop_token& stop);

    /// Whether schedules may be so long and have so many preemptions. Where not, it is noted.
    [[nodiscard]] bool allows(const Way& way)
    {
        const bool hasFewPreemptions =
            !m_limits.preemptions || way.preemptions <= *m_limits.preemptions;
        m_isBoundHit = m_isBoundHit || !hasFewPreemptions;
        m_areStepsHit = m_areStepsHit || (hasFewPreemptions && way.steps > m_mostSteps);
        return hasFewPreemptions && way.steps <= m_mostSteps;
    }

    /// A step has more outcomes than there is room for.
    void noteManyOutcomes();

    /// The space was covered, or what the bounds and the machine have left of it: limit() then says
    /// what was left out.
    void noteWhatWasLeftOut(const Machine& machine, const Findings& findings);

    /// Why the space is not covered; nothing: it is.
    [[nodiscard]] const std::optional<Sentence>& limit() const { return m_limit; }
    [[nodiscard]] const ExplorerLimits& limits() const { return m_limits; }
    [[nodiscard]] std::chrono::nanoseconds elapsed() const;

private:
    ExplorerLimits m_limits;
    std::uint64_t m_mostSteps; ///< "option steps"
    std::optional<Sentence> m_limit;
    bool m_areStepsHit = false; ///< a longer schedule was left out
    bool m_isBoundHit = false; ///< one with more preemptions was
    std::chrono::steady_clock::time_point m_begin;
};

} // namespace heddle

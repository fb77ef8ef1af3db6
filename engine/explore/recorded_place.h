// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/cells.h"
#include "engine/explore/recorded_run.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle {

/// How far an attempt to retrace a recorded actor has come: which of its steps are taken, and which of
/// its handlers have begun, and have not ended yet.
///
/// Threads: one thread at a time.
class RecordedPlace
{
public:
    /// The next step of what runs now, or null: none was recorded.
    [[nodiscard]] const RecordedStep* next(const RecordedActor& actor) const;

    /// The handler that is the next to begin, if that is within what runs now; else null.
    [[nodiscard]] const RecordedHandler* nextHandler(const RecordedActor& actor) const;

    /// Whether the next step comes before the next handler; both may be the case.
    [[nodiscard]] bool mayTake(const RecordedActor& actor) const;

    /// Whether a handler of this signal is the next to begin; it may be within the next step.
    [[nodiscard]] bool mayBegin(const RecordedActor& actor, std::int32_t signal) const;

    /// When the next of the two is to be over.
    [[nodiscard]] std::int64_t deadline(const RecordedActor& actor) const;

    /// Whether nothing has been recorded beyond the steps taken but the last ones, which may have come
    /// to nothing.
    [[nodiscard]] bool isNearlyDone(const RecordedActor& actor) const;

    /// Whether more was recorded of what runs now, and whether its own end was.
    [[nodiscard]] bool hasMore(const RecordedActor& actor) const;
    [[nodiscard]] bool isOver(const RecordedActor& actor) const;

    void take() { ++m_open.back().taken; }
    void begin();

    /// The handler has ended; `endsStep`: so has the step that it interrupted, if it had begun. False:
    /// more was recorded of the handler.
    [[nodiscard]] bool end(const RecordedActor& actor, bool endsStep);

    [[nodiscard]] std::size_t taken() const { return m_open.back().taken; }

    void appendTo(std::vector<Cell>& key) const;

private:
    struct Open
    {
        std::int32_t handler = RecordedHandler::kRoutine;
        std::uint32_t taken = 0; ///< steps of it
    };
    [[nodiscard]] static const std::vector<RecordedStep>& stepsOf(
        const RecordedActor& actor, std::int32_t handler);

    std::vector<Open> m_open{1}; ///< what runs, outermost first
    std::uint32_t m_begun = 0; ///< handlers
};

} // namespace heddle

// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QCoreApplication>
#include <QString>

#include <algorithm>
#include <cstdint>

namespace heddle {
class Trace;
}

namespace heddle::widgets {

/// The words for times of a trace: a run's are told in seconds, a schedule's in steps.
///
/// Units:   nanoseconds since the start of the trace.
/// Threads: immutable.
class TraceTimes
{
    Q_DECLARE_TR_FUNCTIONS(heddle::widgets::TraceTimes)

public:
    TraceTimes() = default; ///< of a run
    explicit TraceTimes(const Trace& trace);

    /// `step`: of a schedule's trace; 0: of a run.
    explicit TraceTimes(std::int64_t step)
        : m_step(step)
    {
    }

    [[nodiscard]] bool areSteps() const { return m_step > 0; }

    /// The shortest time there is: a step, or a nanosecond.
    [[nodiscard]] std::int64_t unit() const { return std::max<std::int64_t>(1, m_step); }

    /// "1.5 ms", "3 steps".
    [[nodiscard]] QString duration(std::int64_t time) const;

    /// "1.284 s", exact to `resolution`; "step 3".
    [[nodiscard]] QString moment(std::int64_t time, std::int64_t resolution) const;

    /// The same where there is little room and everybody knows that it is a moment: "1.284 s", "3".
    [[nodiscard]] QString mark(std::int64_t time, std::int64_t resolution) const;

    /// How long all of a trace is that ends so: the last state of a schedule is no step of it.
    [[nodiscard]] QString whole(std::int64_t end) const { return duration(end - m_step); }

    /// "of 12 s", "of 3 steps": beside the moment that is looked at.
    [[nodiscard]] QString ofWhole(std::int64_t end) const;

private:
    std::int64_t m_step = 0; ///< 0: no schedule
};

} // namespace heddle::widgets

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"

#include <chrono>
#include <cstdint>

namespace heddle {

using std::chrono::nanoseconds;

/// Now, in nanoseconds of CLOCK_MONOTONIC.
///
/// Threads: any thread, and inside a signal handler.
[[nodiscard]] nanoseconds monotonicNow() noexcept;

/// A moment after which a wait is given up; `Deadline::never()` has none.
///
/// "For ever" is a value of its own, so that no duration has a double meaning.
///
/// Threads: immutable value.
class Deadline
{
public:
    [[nodiscard]] static Deadline never() { return Deadline(nanoseconds::max()); }
    [[nodiscard]] static Deadline at(nanoseconds moment) { return Deadline(moment); }

    /// `duration` from now. Negative durations are over at once; those beyond 292 years never are.
    [[nodiscard]] static Deadline after(nanoseconds duration);

    /// `seconds` from now, for numbers that come from outside and may be none: nothing is rounded to
    /// what fits.
    ///
    /// Units:   seconds.
    /// Errors:  InvalidArgument if it is negative or no number; Overflow beyond 292 years.
    [[nodiscard]] static Result<Deadline> afterSeconds(double seconds);

    [[nodiscard]] bool isNever() const { return m_moment == nanoseconds::max(); }
    [[nodiscard]] bool isOver() const { return !isNever() && monotonicNow() >= m_moment; }

    /// The moment, in nanoseconds of CLOCK_MONOTONIC.
    [[nodiscard]] nanoseconds moment() const { return m_moment; }

private:
    explicit Deadline(nanoseconds moment)
        : m_moment(moment)
    {
    }
    nanoseconds m_moment;
};

} // namespace heddle

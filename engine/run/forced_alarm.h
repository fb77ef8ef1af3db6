// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/run/schedule_gate.h"

#include <atomic>
#include <cstdint>

namespace heddle {

/// The alarm of a process while a schedule is forced: it rings when it is its step, whatever the clock
/// says, and behind the schedule at the moment that it was set to.
///
/// A thread of its own waits for the step and makes the system's timer go off. Never destroyed while the
/// process lives.
///
/// Threads: any thread of the process whose step it is.
class ForcedAlarm
{
public:
    /// `process`: the number of its first actor, or kProgramHandle.
    ForcedAlarm(ScheduleGate& gate, std::int64_t process);

    /// Takes the place of what was set before; 0: none.
    ///
    /// Errors: those of Thread::start.
    [[nodiscard]] Result<void> set(nanoseconds delay);

private:
    [[nodiscard]] Result<void> startServing();
    void serve();
    static void ring();

    ScheduleGate& m_gate;
    const std::int64_t m_process;
    std::atomic<std::int64_t> m_moment{0}; ///< of the monotonic clock in nanoseconds; 0: none
    bool m_isServing = false;
};

} // namespace heddle

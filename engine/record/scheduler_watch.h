// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/model/trace/trace_event.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace heddle {

/// What the kernel's scheduler did with the threads of a process and its descendants.
///
/// One software event for each processor, inherited by every thread and process that is made after
/// the watch was opened, delivers a record for each switch. It needs no privilege where
/// kernel.perf_event_paranoid is at most 2.
///
/// Threads: one thread at a time.
/// Source:  perf_event_open(2): context_switch, PERF_RECORD_SWITCH, PERF_RECORD_MISC_SWITCH_OUT_PREEMPT.
class SchedulerWatch
{
public:
    using Sink = std::function<void(const TraceEvent&)>;

    /// Opens the watch on a process that has one thread, which waits meanwhile.
    ///
    /// Units:  `sessionStart` is nanoseconds of CLOCK_MONOTONIC; times of events count from it.
    /// Errors: SystemCall of perf_event_open or mmap; see whyRefused.
    [[nodiscard]] static Result<SchedulerWatch> open(pid_t process, std::int64_t sessionStart);

    SchedulerWatch(SchedulerWatch&& other) noexcept;
    SchedulerWatch& operator=(SchedulerWatch&& other) noexcept;
    ~SchedulerWatch();

    /// Hands out SwitchedIn, SwitchedOut and SwitchesLost in order of time. Records of the last
    /// millisecond are kept back: another processor may still deliver an earlier one.
    void drain(const Sink& sink);

    /// The same, with nothing kept back: for the end.
    void drainAll(const Sink& sink);

private:
    struct Processor;
    SchedulerWatch();
    void collect();
    void handOut(std::uint64_t before, const Sink& sink);

    std::vector<std::unique_ptr<Processor>> m_processors;
    std::vector<TraceEvent> m_pending;
    std::int64_t m_sessionStart = 0;
};

/// Why there is no scheduler watch, as a sentence with what would allow it, without a full stop.
[[nodiscard]] std::string whyRefused(const Error& error);

/// How long a thread ran, and how long it could have run but had no processor, since it began.
struct ProcessorTime
{
    std::int64_t runningNanoseconds = 0;
    std::int64_t waitingNanoseconds = 0;
};

/// The kernel's own sums; nothing once the thread has gone.
///
/// Threads: any thread.
/// Source:  proc(5), /proc/[pid]/task/[tid]/schedstat.
[[nodiscard]] std::optional<ProcessorTime> readProcessorTime(pid_t process, pid_t thread);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/explore/recorded_run.h"
#include "engine/model/exploration/schedule.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace heddle {

/// Why no run of this program can be accepted, in a sentence; nothing if one can be.
[[nodiscard]] std::optional<std::string> acceptanceObstacle(const Code& code);

struct AcceptanceLimits
{
    std::size_t states = 500'000; ///< that are looked at before it is given up
};

/// Looks for an order of machine steps that is the recorded run: each actor takes its recorded
/// steps, each step takes effect within its recorded time, and what is said is said in that order.
///
/// Handlers of signals began where the recording says; a process was ended by the signal, or with the
/// exit code, that it says. What commands do between their start and their end is not recorded: they
/// do what their contract lets them do, whenever it fits.
///
/// The order is the schedule by which the run can be stepped through. Time stamps of two processors
/// may differ by half a microsecond.
///
/// Errors:  NotSupported if the program cannot be explored, or the search took too long; Cancelled
///          by `stop`; BadTrace if no order fits: the detail names the event at which the furthest
///          attempt disagrees with the machine.
/// Threads: any thread; `stop` may be asked for by any.
[[nodiscard]] Result<Schedule> acceptRun(const std::shared_ptr<const Code>& code,
    const RecordedRun& run, const AcceptanceLimits& limits = {}, const std::stop_token& stop = {});

} // namespace heddle

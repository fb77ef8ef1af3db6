// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/machine.h"
#include "engine/explore/walked_path.h"
#include "engine/model/exploration/explored_moment.h"
#include "engine/model/trace/trace.h"

#include <cstdint>
#include <memory>
#include <string>

namespace heddle {

/// A schedule as a trace, with the events that a real run records.
///
/// Step n lasts from (n − 1) to n times `stepNanoseconds`, and what it does shows at its end: so the
/// wait graph at n times `stepNanoseconds` is that of the state after n steps. The last state is
/// shown for one step more. One processor carries the steps out: who moves runs, who could move is
/// runnable. `last` is the moment at the end of the path, for a deadlock there.
///
/// The trace tells the length of a step, so that its times can be told in steps.
///
/// `text` is that of the program, which travels with the trace; it may be empty.
///
/// The machine keeps histories, if lines that were said are to be seen.
[[nodiscard]] std::shared_ptr<const Trace> scheduleTrace(Machine& machine, const WalkedPath& path,
    const ExploredMoment& last, std::int64_t stepNanoseconds, const std::string& text);

} // namespace heddle

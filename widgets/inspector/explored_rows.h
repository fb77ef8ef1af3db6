// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/exploration/explored_moment.h"
#include "engine/model/trace/wait_graph.h"
#include "widgets/tables/row_model.h"

#include <vector>

namespace heddle::widgets {

/// The rows of the inspector for a state of an exploration. Keys of objects are those of the trace
/// that a walk makes: from 1, in the order of the declarations.
///
/// Threads: any thread; pure functions.
[[nodiscard]] std::vector<Row> exploredObjectRows(const ExploredMoment& moment);

/// Shared variables with who wrote them last, then those that belong to one actor.
[[nodiscard]] std::vector<Row> exploredVariableRows(const ExploredMoment& moment);

/// Who waits for whom. Waits that any of several could end point at all of them; they are in a
/// cycle only in a deadlock.
[[nodiscard]] WaitGraph exploredWaits(const ExploredMoment& moment);

} // namespace heddle::widgets

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/trace/wait_graph.h"

#include <vector>

namespace heddle {

/// The closed chains of waits in a graph whose actors and objects are filled in.
///
/// An actor is stuck if it waits for a lock or an actor and nobody who could end that wait gets on:
/// one holder that gets on is enough for a semaphore, all have to for other locks. Who waits for
/// a condition, an event, a barrier, a queue or time may be helped by anybody and is not stuck.
/// Each chain is found once.
[[nodiscard]] std::vector<WaitCycle> findWaitCycles(const WaitGraph& graph);

} // namespace heddle

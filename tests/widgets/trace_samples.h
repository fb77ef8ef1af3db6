// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/trace/trace_builder.h"

#include <memory>

namespace heddle::tests {

/// Dining philosophers for a while, then their deadlock: actors with scheduler strips, sections,
/// forks with holders and queue lengths, processors, moments and edges. The same trace each time.
[[nodiscard]] std::shared_ptr<const Trace> philosophersTrace();

/// One actor with the given number of slices of 1 µs each, running and waiting by turns.
[[nodiscard]] std::shared_ptr<const Trace> combTrace(std::size_t slices);

/// `lanes` actors with `slicesPerLane` slices each, of lengths from 200 ns to 5 ms.
[[nodiscard]] std::shared_ptr<const Trace> largeTrace(std::size_t lanes, std::size_t slicesPerLane);

} // namespace heddle::tests

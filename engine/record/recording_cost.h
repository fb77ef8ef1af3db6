// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/record/session_layout.h"

namespace heddle {

/// What one event costs on this machine just now, measured on a ring that nobody else sees.
///
/// Units:   nanoseconds, the median of several batches.
/// Threads: any thread; takes about a millisecond.
[[nodiscard]] double measureRecordingCost(ClockSource clock);

} // namespace heddle

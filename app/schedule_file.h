// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/result.h"
#include "engine/model/exploration/schedule.h"

#include <string>

namespace heddle::app {

/// Reads a schedule that `heddle explore` or the window has written.
///
/// Errors: one sentence for people in `detail`.
[[nodiscard]] Result<Schedule> readScheduleFile(const std::string& path);

} // namespace heddle::app

// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/run/run_report.h"

#include <string>

namespace heddle::app {

/// How a run went, in a few lines for people.
[[nodiscard]] std::string reportText(const RunReport& report);

} // namespace heddle::app

// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/model/exploration/verdict.h"

#include <string>

namespace heddle::app {

/// What `heddle explore` prints for people.
[[nodiscard]] std::string explorationText(const ExplorationReport& report);

/// The expectation whose witness tells most: the first that failed, else a deadlock, else the first
/// that was found. Null if there is no witness.
[[nodiscard]] const ExploredExpectation* mostTelling(const ExplorationReport& report);

/// A line for each step: " 1  philosopher[0]  line 8  lock fork[0]".
[[nodiscard]] std::string stepLines(const Schedule& schedule);

} // namespace heddle::app

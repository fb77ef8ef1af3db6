// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/explore/search_options.h"

#include <string>
#include <utility>
#include <vector>

namespace heddle::app {

struct ExploreCommand
{
    std::string file;
    std::vector<std::pair<std::string, std::string>> constants; ///< `--set`
    ExplorerLimits limits;
    std::string schedule; ///< where the most telling witness goes; empty: nowhere
    bool json = false;
};

/// `heddle explore`: searches all schedules of a program and judges its expectations.
///
/// A termination signal ends the search; what is known by then is printed before the process ends
/// by that signal.
///
/// Threads: the main thread.
[[nodiscard]] int exploreProgram(const ExploreCommand& command);

} // namespace heddle::app

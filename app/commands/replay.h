// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace heddle::app {

struct ReplayCommand
{
    std::string file;
    std::string schedule; ///< a file of `heddle explore --schedule`
    std::vector<std::pair<std::string, std::string>> constants; ///< `--set`
    std::string trace; ///< where the schedule goes as a recording; empty: nowhere
    bool json = false;
};

/// `heddle replay`: takes a program through a schedule and says where it ends.
[[nodiscard]] int replaySchedule(const ReplayCommand& command);

} // namespace heddle::app

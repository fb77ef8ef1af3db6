// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/clock.h"

#include <optional>
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

    bool isReal = false; ///< by real threads; what follows is for these only
    int repeat = 1;
    std::optional<nanoseconds> timeLimit;
};

/// `heddle replay`: takes a program through a schedule and says where it ends. With real threads it
/// is judged like `heddle run`.
///
/// Threads: the main thread, before there are others.
[[nodiscard]] int replaySchedule(const ReplayCommand& command);

} // namespace heddle::app

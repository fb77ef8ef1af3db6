// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace heddle {

/// How a run is to be started: the same for the command line and the window.
struct RunOptions
{
    std::vector<std::pair<std::string, std::string>> constants; ///< --set NAME=VALUE
    std::uint64_t seed = 0;
    bool jitter = false;
    double timeScale = 1; ///< declared durations are multiplied by it
    std::optional<nanoseconds> timeLimit;
};

/// What is run: text (so that unsaved edits run too) and the name that errors and reports use.
struct RunSource
{
    std::string name; ///< "locks/dining_philosophers" or a path
    std::string text;
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/model/exploration/forced_schedule.h"
#include "engine/model/exploration/schedule.h"

#include <cstddef>
#include <cstdint>
#include <memory>
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
    std::size_t actorBytes =
        std::size_t{256} * 1024 * 1024; ///< shared memory for what is started while it runs
    std::shared_ptr<const ForcedSchedule> forced; ///< the order that the threads are forced through
    std::optional<Schedule>
        schedule; ///< the same for a run that the window starts: it plans itself
    nanoseconds patience =
        std::chrono::seconds(10); ///< with one forced step, before it is given up
};

/// What is run: text (so that unsaved edits run too) and the name that errors and reports use.
struct RunSource
{
    std::string name; ///< "locks/dining_philosophers" or a path
    std::string text;
};

} // namespace heddle

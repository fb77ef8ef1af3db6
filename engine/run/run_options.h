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

    /// Shared memory for what is started while it runs.
    std::size_t actorBytes = std::size_t{256} * 1024 * 1024;

    /// The order that the threads are forced through.
    std::shared_ptr<const ForcedSchedule> forced;

    /// The same for a run that the window starts: it plans itself.
    std::optional<Schedule> schedule;

    /// With one forced step, before it is given up.
    nanoseconds patience = std::chrono::seconds(10);
};

/// What is run: text (so that unsaved edits run too) and the name that errors and reports use.
struct RunSource
{
    std::string name; ///< "locks/dining_philosophers" or a path
    std::string text;
};

} // namespace heddle

// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace heddle::app {

struct StatsCommand
{
    std::string trace;
    bool json = false;
    std::optional<std::chrono::nanoseconds> from; ///< since the start of the recording
    std::optional<std::chrono::nanoseconds> to;
};

/// `heddle stats`: who ran, who waited, for what and how long.
///
/// A damaged recording is used as far as it can be read; it is said, and the exit code is 2.
[[nodiscard]] int showStatistics(const StatsCommand& command);

} // namespace heddle::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/explore/findings.h"
#include "engine/explore/state_layout.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

namespace heddle {

struct ExplorerLimits
{
    std::size_t states = 2'000'000;
    std::size_t bytes = std::size_t{256} * 1024 * 1024;
    std::chrono::nanoseconds time = std::chrono::seconds(10);
    std::optional<std::uint32_t> preemptions; ///< schedules with more are left out
    Find find = Find::All;
    bool drawsSamples = true; ///< after a limit, schedules are drawn by chance for a while
};

struct SearchOptions
{
    MachineOptions machine; ///< with `mergesTwins`, states that differ in twins only are one
    bool keepsGraph = true; ///< the steps between the states are kept, for what is read off them
    bool usesSleepSets = false; ///< steps that lead where others have led are left out
    /// A step that concerns nobody else (`compute`, `sleep`, `yield`) is done together with the one
    /// before it.
    bool joinsLocalSteps = false;
    std::optional<Findings> wanted; ///< the search ends when it has come across all of these, too
};

/// How far a search is.
struct ExplorationProgress
{
    std::uint64_t states = 0;
    std::uint64_t transitions = 0;
    std::uint32_t depth = 0;
    double seconds = 0;
};

/// Is told how far a search is, some thirty times a second, on the thread that searches.
using TellProgress = std::function<void(const ExplorationProgress& progress)>;

} // namespace heddle

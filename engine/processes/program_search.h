// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/processes/spawn_options.h"

#include <string>
#include <vector>

namespace heddle {

/// The paths that are tried for a program: itself if it holds a slash, else its name in each folder of the
/// PATH that the new process has.
///
/// Threads: any thread.
/// Source:  execvp(3).
[[nodiscard]] std::vector<std::string> programCandidates(
    const std::string& program, const SpawnOptions& options);

} // namespace heddle

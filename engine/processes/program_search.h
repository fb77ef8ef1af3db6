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

/// The program's name, with what the file says about why exec has refused it: a script without a #! line
/// (which a shell would run), or with one that names a program which is not there; an empty file; a program
/// for another machine.
///
/// `folder` is where relative paths begin; empty: this process's own.
///
/// Threads: any thread.
/// Source:  execve(2) ENOEXEC and ENOENT.
[[nodiscard]] std::string describeRefused(const std::string& program,
    const std::vector<std::string>& candidates, const std::string& folder, int systemErrno);

} // namespace heddle

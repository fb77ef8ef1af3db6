// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/base/result.h"
#include "engine/run/run_options.h"

#include <string>

namespace heddle::app {

/// Reads what FILE of a command names: a path, `-` for standard input, or the id of a gallery
/// program. A path that exists wins over an id.
///
/// Errors:  BadProgram with one sentence for people: not there, not readable, a directory, not text,
///          too large.
/// Threads: any thread.
[[nodiscard]] Result<RunSource> readProgram(const std::string& file);

/// Reads a text file, or `-` for standard input: a schedule.
///
/// Errors:  BadProgram with one sentence for people, as above.
/// Threads: any thread.
[[nodiscard]] Result<std::string> readTextFile(const std::string& file);

} // namespace heddle::app

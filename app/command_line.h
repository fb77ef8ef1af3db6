// SPDX-License-Identifier: GPL-3.0-only
#pragma once

namespace heddle::app {

/// Does what the arguments say and returns the exit code of the contract (README.md).
///
/// Threads: the main thread, before there are others.
[[nodiscard]] int runCommandLine(int argc, char** argv);

} // namespace heddle::app

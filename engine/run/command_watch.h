// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"

namespace heddle {

class ProgramRun;
class RunCommand;

/// Starts the thread that says what the command writes to inherited streams and tells of its end. The
/// program waits for the command as for any actor that is no daemon.
///
/// Errors:  SystemCall of pthread_create.
/// Threads: any thread.
[[nodiscard]] Result<void> watchCommand(ProgramRun& run, RunCommand& command);

} // namespace heddle

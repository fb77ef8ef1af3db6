// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"

namespace heddle {

class ProgramRun;

// Process actors and commands that live on although the process that made them has ended: no thread of
// the program watches them, and none could reap them.

/// Has the program learn of the ends of those that were killed, which cannot say so themselves: the
/// supervisor writes them into the session. A thread looks there, if the program can have orphans at all.
///
/// Errors:  SystemCall if the system grants no thread.
/// Threads: the main thread of the program's own process, before there are others.
[[nodiscard]] Result<void> watchOrphans(ProgramRun& run);

/// Waits for the orphans that are no daemons. Handlers of signals run meanwhile.
///
/// Result:  false if a handler, or SIGINT, wants it given up.
/// Threads: the main thread of the program's own process, when nothing that it has made itself is left.
/// Source:  pidfd_open(2).
[[nodiscard]] bool waitForOrphans(ProgramRun& run);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"

#include <functional>
#include <stop_token>

namespace heddle {

/// Calls `hook` when the threads are shut down, before anybody waits for them: the place to ask
/// threads to end. Later hooks are called first; what one throws goes to the uncaught hook.
///
/// Errors:  Closed once the shutdown has begun.
/// Threads: any thread.
[[nodiscard]] Result<void> atThreadShutdown(std::function<void()> hook);

/// Ends the life with threads: calls the hooks, each once ever, waits for all ordinary threads, also
/// those that others start meanwhile, and lets no Thread start from then on. Daemons go on.
///
/// Errors:  Timeout, Cancelled: the hooks have been called then, threads may still be started, and it
///          may be called again.
/// Threads: any thread; an ordinary one does not wait for itself.
[[nodiscard]] Result<void> shutDownThreads(
    Deadline deadline = Deadline::never(), const std::stop_token& stop = {});

/// Has the process's exit shut down the threads, whether main returns or somebody calls exit(3).
///
/// Statics made before this call outlive the ordinary threads; those made after it are gone before.
///
/// Errors:  SystemCall if the C library has no room for one more exit handler.
/// Threads: any thread; once is enough, and more do no harm.
/// Source:  atexit(3).
[[nodiscard]] Result<void> shutDownThreadsAtExit();

} // namespace heddle

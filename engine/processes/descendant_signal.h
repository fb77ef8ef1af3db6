// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"

#include <sys/types.h>

namespace heddle {

/// Whether a process has that one among its ancestors, or is it itself.
///
/// Threads: any thread.
[[nodiscard]] bool descendsFrom(pid_t process, pid_t ancestor);

/// Sends a signal to a process, provided that it descends from `ancestor`.
///
/// The process is held by a descriptor before its line of parents is looked at, so that another one
/// which got the same number is never hit. A process that has ended is no error and gets nothing.
///
/// Errors:  NotSupported if it is not a descendant (or a thread, which has no line of its own);
///          SystemCall of pidfd_send_signal (EINVAL: no such signal, EPERM).
/// Threads: any thread.
/// Source:  pidfd_open(2), pidfd_send_signal(2), proc(5) /proc/[pid]/stat.
[[nodiscard]] Result<void> signalDescendant(pid_t process, int signal, pid_t ancestor);

} // namespace heddle

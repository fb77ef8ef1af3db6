// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"

#include <optional>

#include <sys/types.h>

namespace heddle {

/// The processors' time that a process has used up with all its threads, those that have ended included; not
/// that of its children. Of a process that has ended as long as nobody has reaped it; nothing if there is no
/// such process.
///
/// Threads: any thread.
/// Source:  clock_getcpuclockid(3).
[[nodiscard]] std::optional<nanoseconds> processorTimeOf(pid_t process);

/// The same of a child of this process that has ended and is not reaped yet, together with that of the
/// children that it has waited for; it stays to be reaped. Nothing while it runs.
///
/// Threads: any thread.
/// Source:  waitid(2): what the system call says in its fifth argument, getrusage(2).
[[nodiscard]] std::optional<nanoseconds> processorTimeWithChildren(int pidfd);

} // namespace heddle

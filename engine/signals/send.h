// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"

#include <sys/types.h>

namespace heddle {

/// Sending signals. When the main thread sends one that its own process has a handler for, the handler
/// has run before the call returns (unless the signal is blocked); if it gives up, the call returns
/// Interrupted although the signal was sent.
///
/// Signal 0 sends nothing and asks whether the target is there; it is none to raise or simulate.
///
/// Errors:  InvalidArgument: the number is not in 0 to 64; SystemCall (ESRCH: no such target, EPERM).
/// Threads: any thread.

/// To the calling thread. Errors: InvalidArgument also for signal 0.
[[nodiscard]] Result<void> raiseSignal(int signal);

/// To a process; some thread of it takes the signal.
///
/// Errors: InvalidArgument also if `pid` is not above 0.
/// Source: kill(2).
[[nodiscard]] Result<void> sendSignal(pid_t pid, int signal);

/// To all processes of a group.
///
/// Errors: InvalidArgument also if `group` is not above 1.
/// Source: kill(2) of a negative number.
[[nodiscard]] Result<void> sendSignalToGroup(pid_t group, int signal);

/// To a thread of this process, by its native id. A handler runs in the main thread nevertheless.
///
/// Source: tgkill(2).
[[nodiscard]] Result<void> sendSignalToThread(pid_t thread, int signal);

/// To the process of a pidfd.
///
/// Errors: SystemCall with EBADF if the descriptor is none of a process.
/// Source: pidfd_send_signal(2).
[[nodiscard]] Result<void> sendSignalByPidfd(int pidfd, int signal);

/// Does as if the signal had come: its handler runs in the main thread. If the signal is ignored, left
/// to its default or to a foreign handler, nothing happens.
///
/// Errors: InvalidArgument: it is no valid signal.
[[nodiscard]] Result<void> simulateSignal(int signal);

} // namespace heddle

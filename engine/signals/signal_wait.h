// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/signals/signal_set.h"

#include <optional>
#include <stop_token>

#include <sys/types.h>

namespace heddle {

/// A signal that was taken, and what is known of it.
struct SignalInfo
{
    int signal = 0;
    int code = 0; ///< how it came: SI_USER by kill, SI_TKILL to a thread, CLD_EXITED, …
    pid_t sender = 0; ///< 0 if no process has sent it
    uid_t user = 0; ///< of the sender
    int status = 0; ///< of SIGCHLD: the exit code or the signal
    int systemErrno = 0; ///< that the sender gave with it; seldom used
    long band = 0; ///< of a descriptor that is ready (SIGIO): what for, as poll(2) says it
};

/// Takes one signal of the set, the lowest if several have come, without running its handler. The wait
/// suspends only its own thread. In the main thread handlers of other signals run meanwhile, and the wait
/// goes on with the time that is left.
///
/// Errors:  InvalidArgument: the set is empty, or the calling thread does not block all of it;
///          Cancelled; Interrupted; SystemCall of signalfd (EMFILE).
/// Threads: any thread. Signals for the process must be blocked in all threads, else another takes them.
/// Source:  sigtimedwait(2), signalfd(2).
[[nodiscard]] Result<int> waitForSignal(SignalSet signalSet, const std::stop_token& stop = {});

/// The same with all that is known of it. Errors, threads: as waitForSignal.
[[nodiscard]] Result<SignalInfo> waitForSignalInfo(
    SignalSet signalSet, const std::stop_token& stop = {});

/// The same, at most so long; nothing when the time is over. A timeout of 0 only looks.
///
/// Errors: as waitForSignal; InvalidArgument also for a negative timeout.
[[nodiscard]] Result<std::optional<SignalInfo>> waitForSignalWithin(
    SignalSet signalSet, nanoseconds timeout, const std::stop_token& stop = {});

/// Waits until a handler has run: in the main thread any handler of the engine; in another thread one
/// that the system has called in this very thread, so that a signal taken elsewhere never ends it.
/// A handler that is pending at the start runs and ends it at once.
///
/// Errors:  Cancelled; Interrupted.
/// Threads: any thread.
/// Source:  pause(2).
[[nodiscard]] Result<void> pauseForSignal(const std::stop_token& stop = {});

/// The same, with these signals unblocked as long as it waits: to unblock and to wait are one step,
/// so that no signal falls between. Errors, threads: as pauseForSignal.
///
/// Source: sigsuspend(2).
[[nodiscard]] Result<void> pauseUnblocking(SignalSet signalSet, const std::stop_token& stop = {});

} // namespace heddle

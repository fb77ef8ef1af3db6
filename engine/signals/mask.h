// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/signals/signal_set.h"

#include <signal.h>

namespace heddle {

enum class MaskChange : int
{
    Block = SIG_BLOCK,
    Unblock = SIG_UNBLOCK,
    Set = SIG_SETMASK,
};

/// Changes which signals the calling thread does not take, and returns the former ones. Threads
/// that it starts inherit them.
///
/// A signal that was pending and is unblocked in the main thread has run its handler when the call
/// returns. SIGKILL and SIGSTOP cannot be blocked and are passed over.
///
/// Errors:  SystemCall with EINVAL: no such change; Interrupted: the mask is changed, and a handler
///          that then ran gives up.
/// Threads: any thread.
/// Source:  pthread_sigmask(3).
[[nodiscard]] Result<SignalSet> changeSignalMask(MaskChange change, SignalSet signalSet);

/// The same with the three changes as functions. Errors, threads: as changeSignalMask.
[[nodiscard]] Result<SignalSet> blockSignalSet(SignalSet signalSet);
[[nodiscard]] Result<SignalSet> unblockSignalSet(SignalSet signalSet);
[[nodiscard]] Result<SignalSet> setSignalMask(SignalSet signalSet);

/// What the calling thread blocks. Threads: any thread.
[[nodiscard]] SignalSet signalMask();

/// The blocked signals that have come for the calling thread or the process and wait to be taken.
///
/// Threads: any thread.
/// Source:  sigpending(2).
[[nodiscard]] SignalSet pendingSignals();

} // namespace heddle

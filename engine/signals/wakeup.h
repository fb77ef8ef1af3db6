// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace heddle {

/// Tells on the standard error that a write to the wake-up descriptor has failed, if one has: between
/// two steps, where writing may wait.
///
/// Threads: the main thread.
void reportWakeupFailure();

/// Has no wake-up descriptor any more, and nothing to report.
///
/// Threads: inside a signal handler; a child just forked.
void forgetWakeupFd() noexcept;

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/instruction.h"

#include <optional>

namespace heddle {

// While a schedule is forced, a signal waits in the kernel until it is its step: each thread of the
// program blocks all signals, and what the program's own lines block is kept beside that.
//
// Threads: each function is about the calling thread.
// Source:  signal(7): a signal that all threads block stays pending, one of a kind; pthread_sigmask(3).

/// From here on all signals wait; `blocked` is what the program blocks.
void holdSignals(SignalBits blocked);

/// What the program blocks, while signals are held; else nothing.
[[nodiscard]] std::optional<SignalBits> heldMask();

/// The program blocks something else; only while signals are held. What has come so far of those that it
/// blocks from here on, and are ignored, is gone, as it would be if it had not been held.
void setHeldMask(SignalBits blocked);

/// Signals come as they like again, but for what the program blocks. Nothing if they are not held.
void releaseSignals();

/// One that is pending comes now: it does what its disposition says before this returns.
void letThrough(int signal);

/// The same for one that ends the process. SIGKILL, which nobody can hold, is sent now.
[[noreturn]] void endBySignalHere(int signal);

} // namespace heddle

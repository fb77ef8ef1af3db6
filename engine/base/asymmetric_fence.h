// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace heddle {

/// A pair of fences for two sides that each write one word and then read the other's: one of them
/// sees what the other wrote. The side that comes often pays nothing, the rare one a system call.
///
/// It holds only if the frequent side's word is written and read by plain loads and stores, with
/// lightFence() between them, and the rare side calls heavyFence() between its own two.

/// Whether this kernel has the heavy fence; asked once, then remembered, also across a fork.
///
/// Threads: any thread.
/// Source:  membarrier(2), MEMBARRIER_CMD_PRIVATE_EXPEDITED.
[[nodiscard]] bool hasHeavyFence() noexcept;

/// Makes every thread of the process that runs just now pass a full fence.
///
/// Units:   takes about a microsecond for each processor.
/// Threads: any thread, after hasHeavyFence() has said yes.
/// Source:  membarrier(2).
void heavyFence() noexcept;

/// Keeps the compiler from exchanging what is before with what is after.
///
/// Threads: any thread.
inline void lightFence() noexcept
{
    std::atomic_signal_fence(std::memory_order_seq_cst);
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/base/locks.h"

namespace heddle {

namespace {

// What is done under these locks takes less than the way into the kernel and back.
constexpr int kSpins = 100;

void pause()
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

} // namespace

void InternalMutex::lockSlowly() noexcept
{
    for (int turn = 0; turn < kSpins; ++turn) {
        std::uint32_t word = m_word.load(std::memory_order_relaxed);
        if (word == kFree
            && m_word.compare_exchange_weak(
                word, kTaken, std::memory_order_acquire, std::memory_order_relaxed))
            return;
        if (word == kAwaited)
            break; // others sleep already
        pause();
    }
    while (m_word.exchange(kAwaited, std::memory_order_acquire) != kFree)
        futexWait(m_word, kAwaited, Deadline::never());
}

} // namespace heddle

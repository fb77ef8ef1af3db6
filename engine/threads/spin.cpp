// SPDX-License-Identifier: Apache-2.0
#include "engine/threads/spin.h"

#include "engine/base/clock.h"

#include <algorithm>
#include <thread>

namespace heddle {

namespace {

constexpr unsigned kProbeEach = 64; ///< waits
constexpr int kLeast = 4; ///< pauses
constexpr int kEnough = 4; ///< times what the last one took

/// How many pauses take as long as a wake-up of a sleeping thread, which is what a spin may save.
int longestSpin()
{
    static const int limit = [] {
        constexpr int kPauses = 256;
        constexpr nanoseconds kWakeUp{20'000};
        const nanoseconds before = monotonicNow();
        for (int turn = 0; turn < kPauses; ++turn)
            pauseProcessor();
        const nanoseconds took = std::max(monotonicNow() - before, nanoseconds{kPauses});
        return static_cast<int>(std::max<std::int64_t>(kPauses * kWakeUp / took, spinLimit()));
    }();
    return spinLimit() == 0 ? 0 : limit;
}

} // namespace

int spinLimit()
{
    static const int limit = std::thread::hardware_concurrency() > 1 ? 64 : 0;
    return limit;
}

SpinBudget& SpinBudget::ofThread()
{
    static constinit thread_local SpinBudget own;
    return own;
}

int SpinBudget::next()
{
    if (++m_waits % kProbeEach == 0)
        return longestSpin();
    return std::min(std::max(m_turns, kLeast), longestSpin());
}

void SpinBudget::succeeded(int turns)
{
    m_turns = std::max(kEnough * turns, m_turns - m_turns / 8);
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace heddle {

/// How long to spin before sleeping, in pauses: less than waking a thread costs; 0 on one processor.
[[nodiscard]] int spinLimit();

/// Tells the processor that this is a spin.
inline void pauseProcessor()
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

/// How long the calling thread spins before it sleeps: long while that has been worth it, else short
/// but for a probe now and then. Where processors are few, spinning takes from those waited for.
///
/// Units:   pauses of the processor.
/// Threads: each thread has its own.
class SpinBudget
{
public:
    [[nodiscard]] static SpinBudget& ofThread();

    [[nodiscard]] int next();
    void succeeded(int turns);
    void failed() { m_turns /= 2; }

private:
    unsigned m_waits = 0;
    int m_turns = 64;
};

/// Spins until `holds()`, as long as the calling thread's budget goes; false if it did not come true.
template <typename Predicate> [[nodiscard]] bool spinUntil(const Predicate& holds)
{
    SpinBudget& budget = SpinBudget::ofThread();
    const int limit = budget.next();
    for (int turn = 0; turn < limit; ++turn) {
        if (holds()) {
            budget.succeeded(turn);
            return true;
        }
        pauseProcessor();
    }
    budget.failed();
    return false;
}

} // namespace heddle

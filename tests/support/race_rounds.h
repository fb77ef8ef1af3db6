// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <thread>
#include <vector>

namespace heddle::tests {

/// Whether races are to be looked at thoroughly, and how often then; 0 if not.
inline int thoroughRounds()
{
    const char* text = std::getenv("HEDDLE_RACE_ROUNDS"); // NOLINT(concurrency-mt-unsafe)
    return text != nullptr ? std::max(std::atoi(text), 0) : 0; // NOLINT(cert-err34-c)
}

/// How often a race is run: `usual` times, or what HEDDLE_RACE_ROUNDS says if that is more (200 for a
/// thorough look).
inline int raceRounds(int usual)
{
    return std::max(thoroughRounds(), usual);
}

/// While it lives in a thorough look, every processor has other work, so that threads are put aside
/// wherever they are. Otherwise nothing.
class RaceLoad
{
public:
    RaceLoad()
    {
        const unsigned processors = std::max(std::thread::hardware_concurrency(), 1U);
        for (unsigned number = 0; thoroughRounds() > 0 && number < processors; ++number)
            m_threads.emplace_back([](const std::stop_token& stop) {
                std::atomic<unsigned> work{0};
                while (!stop.stop_requested())
                    work.fetch_add(1, std::memory_order_relaxed);
            });
    }

private:
    std::vector<std::jthread> m_threads;
};

} // namespace heddle::tests

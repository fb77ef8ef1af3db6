// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <algorithm>
#include <cstdlib>

namespace heddle::tests {

/// How often a race is run: `usual` times, or what HEDDLE_RACE_ROUNDS says if that is more (200 for a
/// thorough look).
inline int raceRounds(int usual)
{
    const char* text = std::getenv("HEDDLE_RACE_ROUNDS"); // NOLINT(concurrency-mt-unsafe)
    const int rounds = text != nullptr ? std::atoi(text) : 0; // NOLINT(cert-err34-c)
    return std::max(rounds, usual);
}

} // namespace heddle::tests

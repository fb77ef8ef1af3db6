// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdlib>

namespace heddle::tests {

/// How often a race is run: `usual` times, or what HEDDLE_RACE_ROUNDS says (200 and more for a
/// thorough look).
inline int raceRounds(int usual)
{
    const char* text = std::getenv("HEDDLE_RACE_ROUNDS"); // NOLINT(concurrency-mt-unsafe)
    const int rounds = text != nullptr ? std::atoi(text) : 0; // NOLINT(cert-err34-c)
    return rounds > 0 ? rounds : usual;
}

} // namespace heddle::tests

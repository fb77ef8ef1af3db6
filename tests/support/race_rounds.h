// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <algorithm>
#include <cstdlib>

namespace heddle::tests {

/// How often a race is run: `usual` times, or as often as the environment's HEDDLE_RACE_ROUNDS says, if
/// that is more.
inline int raceRounds(int usual)
{
    const char* wanted =
        std::getenv("HEDDLE_RACE_ROUNDS"); // NOLINT(concurrency-mt-unsafe): only read
    return wanted != nullptr ? std::max(usual, std::atoi(wanted)) : usual;
}

} // namespace heddle::tests

// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <algorithm>
#include <cstdlib>

namespace heddle::tests {

/// How often a race is run: `usual` times, and at least as often as HEDDLE_RACE_ROUNDS asks for.
///
/// Threads: any thread, while nobody changes the environment.
inline int raceRounds(int usual)
{
    const char* asked = std::getenv("HEDDLE_RACE_ROUNDS"); // NOLINT(concurrency-mt-unsafe)
    return asked == nullptr ? usual : std::max(usual, std::atoi(asked)); // NOLINT(cert-err34-c)
}

} // namespace heddle::tests

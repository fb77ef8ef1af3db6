// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <chrono>
#include <thread>

namespace heddle::tests {

/// Looks until `holds()`, letting others run meanwhile; false if it does not come true in twenty seconds.
///
/// For states that another thread reaches by itself, such as "it waits now": there is nothing to be
/// notified by. Threads: any thread.
template <typename Predicate> [[nodiscard]] bool eventually(const Predicate& holds)
{
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > limit)
            return false;
        std::this_thread::yield();
    }
    return true;
}

} // namespace heddle::tests

// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <array>
#include <chrono>
#include <cstddef>

namespace heddle::widgets {

/// How long the last frames took to paint.
///
/// Threads: the GUI thread.
class FrameTimes
{
public:
    void add(std::chrono::nanoseconds duration);
    [[nodiscard]] std::chrono::nanoseconds percentile(
        double percent) const; ///< 0 before the first frame
    [[nodiscard]] std::size_t count() const { return m_count; }

private:
    static constexpr std::size_t kKept = 240;
    std::array<std::chrono::nanoseconds, kKept> m_times{};
    std::size_t m_count = 0;
};

} // namespace heddle::widgets

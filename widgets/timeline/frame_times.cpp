// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/frame_times.h"

#include <algorithm>
#include <cmath>

namespace heddle::widgets {

void FrameTimes::add(std::chrono::nanoseconds duration)
{
    m_times[m_count % kKept] = duration;
    ++m_count;
}

std::chrono::nanoseconds FrameTimes::percentile(double percent) const
{
    const std::size_t known = std::min(m_count, kKept);
    if (known == 0)
        return std::chrono::nanoseconds{0};
    auto times = m_times;
    const auto rank =
        static_cast<std::size_t>(std::ceil(percent / 100.0 * static_cast<double>(known)));
    const std::size_t index = std::clamp<std::size_t>(rank, 1, known) - 1;
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(index),
        times.begin() + static_cast<std::ptrdiff_t>(known));
    return times[index];
}

} // namespace heddle::widgets

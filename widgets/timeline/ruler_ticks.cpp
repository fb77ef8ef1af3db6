// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/ruler_ticks.h"

#include <algorithm>

namespace heddle::widgets {

std::int64_t rulerStep(const TimeScale& scale, double pixels, const TraceTimes& times)
{
    const double wanted = nanosecondsPerPixel(scale) * std::max(1.0, pixels);
    std::int64_t decade = times.unit();
    while (static_cast<double>(decade) * 10.0 <= wanted && decade < 1'000'000'000'000'000'000)
        decade *= 10;
    for (const std::int64_t factor : {1, 2, 5}) {
        if (static_cast<double>(decade * factor) >= wanted)
            return decade * factor;
    }
    return decade > 100'000'000'000'000'000 ? decade : decade * 10;
}

std::vector<RulerTick> rulerTicks(
    const TimeScale& scale, double labelWidth, const TraceTimes& times)
{
    const std::int64_t step = rulerStep(scale, labelWidth, times);
    const std::int64_t units = step / times.unit();
    const std::int64_t minor = std::max(times.unit(), step / (units % 5 == 0 ? 5 : 2));
    std::vector<RulerTick> ticks;
    const std::int64_t first = scale.begin - (scale.begin % step + step) % step;
    for (std::int64_t time = first; time <= scale.end; time += minor) {
        RulerTick tick{time, pixelAt(scale, time), {}};
        if (time % step == 0)
            tick.label = times.mark(time, step);
        ticks.push_back(std::move(tick));
    }
    return ticks;
}

} // namespace heddle::widgets

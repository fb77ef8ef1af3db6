// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/shared/trace_times.h"

#include "engine/model/trace/trace.h"
#include "widgets/shared/time_text.h"

#include <QLocale>

#include <chrono>
#include <cmath>

namespace heddle::widgets {

TraceTimes::TraceTimes(const Trace& trace)
    : TraceTimes(trace.stepNanoseconds())
{
}

QString TraceTimes::duration(std::int64_t time) const
{
    if (!areSteps())
        return durationText(std::chrono::nanoseconds{time});
    const double tenths =
        std::round(10.0 * static_cast<double>(time) / static_cast<double>(m_step));
    if (std::fmod(tenths, 10.0) == 0.0)
        return tr("%n step(s)", nullptr, static_cast<int>(tenths / 10.0));
    return tr("%1 steps", "a number with a fraction").arg(QLocale().toString(tenths / 10, 'f', 1));
}

QString TraceTimes::ofWhole(std::int64_t end) const
{
    if (!areSteps())
        return tr("of %1", "the whole time").arg(whole(end));
    return tr("of %n step(s)", nullptr, static_cast<int>((end - m_step) / m_step));
}

QString TraceTimes::moment(std::int64_t time, std::int64_t resolution) const
{
    const QString number = mark(time, resolution);
    return areSteps() ? tr("step %1").arg(number) : number;
}

QString TraceTimes::mark(std::int64_t time, std::int64_t resolution) const
{
    if (!areSteps())
        return momentText(std::chrono::nanoseconds{time}, std::chrono::nanoseconds{resolution});
    return QString::number(std::llround(static_cast<double>(time) / static_cast<double>(m_step)));
}

} // namespace heddle::widgets

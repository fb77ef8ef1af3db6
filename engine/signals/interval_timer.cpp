// SPDX-License-Identifier: Apache-2.0
#include "engine/signals/interval_timer.h"

namespace heddle {

namespace {

using std::chrono::microseconds;

timeval toSystem(microseconds time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    timeval value{};
    value.tv_sec = seconds.count();
    value.tv_usec = (time - seconds).count();
    return value;
}

microseconds fromSystem(const timeval& value)
{
    return std::chrono::seconds(value.tv_sec) + microseconds(value.tv_usec);
}

IntervalTimes fromSystem(const itimerval& value)
{
    return IntervalTimes{fromSystem(value.it_value), fromSystem(value.it_interval)};
}

} // namespace

Result<IntervalTimes> setIntervalTimer(IntervalTimer timer, IntervalTimes times)
{
    if (times.delay.count() < 0 || times.interval.count() < 0)
        return Error{ErrorKind::InvalidArgument, 0, "setitimer", "a negative time"};
    const itimerval wanted{toSystem(times.interval), toSystem(times.delay)};
    itimerval before{};
    if (::setitimer(static_cast<__itimer_which_t>(timer), &wanted, &before) != 0)
        return systemError("setitimer");
    return fromSystem(before);
}

Result<IntervalTimes> intervalTimer(IntervalTimer timer)
{
    itimerval now{};
    if (::getitimer(static_cast<__itimer_which_t>(timer), &now) != 0)
        return systemError("getitimer");
    return fromSystem(now);
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/run/pause.h"

#include "engine/base/futex.h"

#include <cerrno>
#include <ctime>

namespace heddle {

namespace {

constexpr std::int64_t kBillion = 1'000'000'000;

/// Some arithmetic that the compiler must not leave out: a few microseconds.
void computeALittle()
{
    volatile std::uint32_t sink = 1;
    std::uint32_t number = sink;
    for (int round = 0; round < 2'000; ++round)
        number = number * 1'664'525 + 1'013'904'223;
    sink = number;
}

timespec toTimespec(nanoseconds moment)
{
    timespec time{};
    time.tv_sec = moment.count() / kBillion;
    time.tv_nsec = moment.count() % kBillion;
    return time;
}

} // namespace

void pauseFor(nanoseconds duration)
{
    if (duration <= nanoseconds(0))
        return;
    const Deadline end = Deadline::after(duration);
    const timespec moment = toTimespec(end.moment());
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &moment, nullptr) == EINTR) { }
}

bool pauseUnless(const std::atomic<std::uint32_t>& word, nanoseconds duration)
{
    const Deadline end = Deadline::after(duration);
    while (word.load() == 0) {
        if (futexWait(word, 0, end) == FutexWait::TimedOut)
            return word.load() == 0;
    }
    return false;
}

nanoseconds threadProcessorTime()
{
    timespec used{};
    static_cast<void>(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used)); // cannot fail for oneself
    return nanoseconds(std::int64_t{used.tv_sec} * kBillion + used.tv_nsec);
}

void burnProcessor(nanoseconds duration)
{
    const nanoseconds begin = threadProcessorTime();
    while (threadProcessorTime() - begin < duration)
        computeALittle();
}

} // namespace heddle

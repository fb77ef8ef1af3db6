// SPDX-License-Identifier: Apache-2.0
#include "engine/base/futex.h"

#include <cerrno>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace heddle {

namespace {

int operation(int base, FutexScope scope)
{
    return scope == FutexScope::ThisProcess ? base | FUTEX_PRIVATE_FLAG : base;
}

} // namespace

FutexWait futexWait(const std::atomic<std::uint32_t>& word, std::uint32_t expected,
    Deadline deadline, FutexScope scope) noexcept
{
    timespec moment{};
    if (!deadline.isNever()) {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(deadline.moment());
        moment.tv_sec = seconds.count();
        moment.tv_nsec = (deadline.moment() - seconds).count();
    }
    const long outcome = ::syscall(SYS_futex, &word, operation(FUTEX_WAIT_BITSET, scope), expected,
        deadline.isNever() ? nullptr : &moment, nullptr, FUTEX_BITSET_MATCH_ANY);
    return outcome == -1 && errno == ETIMEDOUT ? FutexWait::TimedOut : FutexWait::Woken;
}

void futexWake(const std::atomic<std::uint32_t>& word, int count, FutexScope scope) noexcept
{
    const int saved = errno;
    ::syscall(SYS_futex, &word, operation(FUTEX_WAKE, scope), count, nullptr, nullptr, 0);
    errno = saved;
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/process_time.h"

#include <chrono>
#include <ctime>

#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace heddle {

namespace {

nanoseconds spanOf(const timeval& time)
{
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

} // namespace

std::optional<nanoseconds> processorTimeOf(pid_t process)
{
    clockid_t clock = 0;
    timespec used{};
    if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &used) != 0)
        return std::nullopt;
    return std::chrono::seconds(used.tv_sec) + nanoseconds(used.tv_nsec);
}

std::optional<nanoseconds> processorTimeWithChildren(int pidfd)
{
    siginfo_t info{};
    rusage used{};
    // The C library's function does not hand the usage on.
    if (::syscall(SYS_waitid, P_PIDFD, pidfd, &info, WEXITED | WNOHANG | WNOWAIT, &used) != 0
        || info.si_pid == 0)
        return std::nullopt;
    return spanOf(used.ru_utime) + spanOf(used.ru_stime);
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/abandoned.h"

#include "engine/base/locks.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <vector>

#include <sys/wait.h>

namespace heddle {

namespace {

struct Abandoned
{
    std::atomic<std::size_t> count = 0; ///< read without the lock by every spawn
    InternalMutex mutex;
    std::vector<OwnedFd> children HEDDLE_GUARDED_BY(mutex);
};

// Never destroyed: a thread may spawn while the program ends.
Abandoned& abandoned()
{
    static auto* const all = new Abandoned;
    return *all;
}

bool isReaped(const OwnedFd& child)
{
    siginfo_t info{};
    const auto fd = static_cast<id_t>(child.get());
    if (::waitid(P_PIDFD, fd, &info, WEXITED | WNOHANG) != 0)
        return errno == ECHILD;
    return info.si_pid != 0;
}

} // namespace

void rememberAbandoned(OwnedFd pidfd)
{
    Abandoned& all = abandoned();
    const InternalLock lock(all.mutex);
    all.children.push_back(std::move(pidfd));
    all.count.store(all.children.size(), std::memory_order_relaxed);
}

std::size_t reapAbandoned()
{
    Abandoned& all = abandoned();
    if (all.count.load(std::memory_order_relaxed) == 0)
        return 0;
    const InternalLock lock(all.mutex);
    auto& children = all.children;
    children.erase(std::remove_if(children.begin(), children.end(), isReaped), children.end());
    all.count.store(children.size(), std::memory_order_relaxed);
    return children.size();
}

} // namespace heddle

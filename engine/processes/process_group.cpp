// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/process_group.h"

#include "engine/processes/process_folder.h"

#include <algorithm>
#include <cerrno>
#include <string>

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

namespace heddle {

namespace {

// Reaps a child that has been killed, waiting for it no longer than a moment.
void reap(pid_t child)
{
    for (int attempt = 0; attempt < 5; ++attempt) {
        if (::waitpid(child, nullptr, WNOHANG) != 0)
            return; // reaped, or never ours
        const timespec moment{0, 500'000};
        static_cast<void>(::nanosleep(&moment, nullptr));
    }
}

} // namespace

Result<void> signalGroup(pid_t group, int signal)
{
    if (::kill(-group, signal) != 0 && errno != ESRCH)
        return systemError("kill", "process group " + std::to_string(group));
    return {};
}

Result<void> adoptOrphans()
{
    if (::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
        return systemError("prctl PR_SET_CHILD_SUBREAPER");
    return {};
}

std::vector<pid_t> ownChildren()
{
    return childrenOf(::getpid());
}

bool endDescendants(Deadline deadline, std::span<const pid_t> spared)
{
    while (true) {
        std::vector<pid_t> children = ownChildren();
        std::erase_if(children, [&](pid_t child) {
            return std::find(spared.begin(), spared.end(), child) != spared.end();
        });
        if (children.empty())
            return true;
        if (deadline.isOver())
            return false;
        for (const pid_t child : children)
            static_cast<void>(::kill(child, SIGKILL));
        for (const pid_t child : children)
            reap(child);
    }
}

} // namespace heddle

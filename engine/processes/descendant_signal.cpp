// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/descendant_signal.h"

#include "engine/base/owned_fd.h"
#include "engine/processes/process_folder.h"

#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include <sys/syscall.h>
#include <unistd.h>

namespace heddle {

namespace {

/// The process, its parent and so on: up to the ancestor, to one that has just gone, or to the first of all.
std::vector<pid_t> lineFrom(pid_t process, pid_t ancestor)
{
    std::vector<pid_t> line{process};
    while (line.back() > 1 && line.back() != ancestor)
        line.push_back(readStat("/proc/" + std::to_string(line.back())).parent);
    return line;
}

} // namespace

// One between them may end and be reaped while the line is looked at. Its child has another parent then,
// so that the line is another one.
bool descendsFrom(pid_t process, pid_t ancestor)
{
    std::vector<pid_t> line;
    std::vector<pid_t> before;
    do {
        before = std::exchange(line, lineFrom(process, ancestor));
        if (line.back() == ancestor)
            return true;
    } while (line != before);
    return false;
}

Result<void> signalDescendant(pid_t process, int signal, pid_t ancestor)
{
    const OwnedFd held(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
    if (!held && errno == ESRCH)
        return {};
    if (!held && errno != EINVAL)
        return systemError("pidfd_open", "process " + std::to_string(process));
    if (!held || process == ancestor || !descendsFrom(process, ancestor))
        return Error{ErrorKind::NotSupported, 0, "signal",
            "process " + std::to_string(process) + " is not one of the program's"};
    if (::syscall(SYS_pidfd_send_signal, held.get(), signal, nullptr, 0) != 0 && errno != ESRCH)
        return systemError("pidfd_send_signal", "signal " + std::to_string(signal));
    return {};
}

} // namespace heddle

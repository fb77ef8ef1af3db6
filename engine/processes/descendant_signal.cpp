// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/descendant_signal.h"

#include "engine/base/owned_fd.h"
#include "engine/processes/process_folder.h"

#include <cerrno>
#include <string>

#include <sys/syscall.h>
#include <unistd.h>

namespace heddle {

bool descendsFrom(pid_t process, pid_t ancestor)
{
    while (process > 1 && process != ancestor)
        process = readStat("/proc/" + std::to_string(process)).parent;
    return process == ancestor;
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

// SPDX-License-Identifier: Apache-2.0
#include "engine/signals/send.h"

#include "engine/signals/handler.h"
#include "engine/signals/signal_set.h"
#include "engine/signals/system_handler.h"

#include <string>

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace heddle {

namespace {

Error invalid(const char* operation, const char* what, long number)
{
    return Error{ErrorKind::InvalidArgument, 0, operation,
        "no " + std::string(what) + std::to_string(number)};
}

Result<void> checkNumber(int signal, int lowest, const char* operation)
{
    if (signal < lowest || signal > kHighestSignal)
        return invalid(operation, "signal ", signal);
    return {};
}

// After the signal has been sent: its handler runs before the sender goes on.
Result<void> finish(const char* operation)
{
    if (runPendingHandlers() == AfterInterruption::GiveUp)
        return interruptedError(operation);
    return {};
}

} // namespace

Result<void> raiseSignal(int signal)
{
    if (Result<void> checked = checkNumber(signal, 1, "raise"); !checked)
        return checked;
    if (::raise(signal) != 0)
        return systemError("raise");
    return finish("raise");
}

Result<void> sendSignal(pid_t pid, int signal)
{
    if (Result<void> checked = checkNumber(signal, 0, "kill"); !checked)
        return checked;
    if (pid <= 0)
        return invalid("kill", "process ", pid);
    if (::kill(pid, signal) != 0)
        return systemError("kill", "process " + std::to_string(pid));
    return finish("kill");
}

Result<void> sendSignalToGroup(pid_t group, int signal)
{
    if (Result<void> checked = checkNumber(signal, 0, "kill"); !checked)
        return checked;
    if (group <= 1)
        return invalid("kill", "group ", group);
    if (::kill(-group, signal) != 0)
        return systemError("kill", "group " + std::to_string(group));
    return finish("kill");
}

Result<void> sendSignalToThread(pid_t thread, int signal)
{
    if (Result<void> checked = checkNumber(signal, 0, "tgkill"); !checked)
        return checked;
    if (thread == ::gettid() && signal != 0)
        return raiseSignal(signal);
    if (::syscall(SYS_tgkill, ::getpid(), thread, signal) != 0)
        return systemError("tgkill", "thread " + std::to_string(thread));
    return finish("tgkill");
}

Result<void> sendSignalByPidfd(int pidfd, int signal)
{
    if (Result<void> checked = checkNumber(signal, 0, "pidfd_send_signal"); !checked)
        return checked;
    if (::syscall(SYS_pidfd_send_signal, pidfd, signal, nullptr, 0) != 0)
        return systemError("pidfd_send_signal", "descriptor " + std::to_string(pidfd));
    return finish("pidfd_send_signal");
}

Result<void> simulateSignal(int signal)
{
    if (!isValidSignal(signal))
        return invalid("simulate", "signal ", signal);
    const Result<Disposition> now = dispositionOf(signal);
    if (!now)
        return now.error();
    if (!now->isOfEngine())
        return {};
    noteSignal(signal);
    return finish("simulate");
}

} // namespace heddle

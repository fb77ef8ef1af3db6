// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/subprocess.h"

#include "engine/base/descriptor_wait.h"
#include "engine/base/interruption.h"
#include "engine/processes/process_group.h"
#include "engine/processes/spawn_plan.h"

#include <chrono>

#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr idtype_t kByPidfd = P_PIDFD;

} // namespace

Result<Subprocess> Subprocess::spawn(const SpawnOptions& options)
{
    Result<SpawnPlan> plan = SpawnPlan::prepare(options);
    if (!plan)
        return plan.error();
    Result<SpawnedProcess> spawned = plan->carryOut();
    if (!spawned)
        return spawned.error();
    return Subprocess(spawned->pid, std::move(spawned->pidfd), options.group);
}

Subprocess::Subprocess(pid_t pid, OwnedFd pidfd, ProcessGroup group)
    : m_pid(pid)
    , m_pidfd(std::move(pidfd))
    , m_group(group)
{
}

Subprocess::Subprocess(Subprocess&& other) noexcept
    : m_pid(std::exchange(other.m_pid, -1))
    , m_pidfd(std::move(other.m_pidfd))
    , m_group(other.m_group)
    , m_status(other.m_status)
{
}

Subprocess& Subprocess::operator=(Subprocess&& other) noexcept
{
    if (this == &other)
        return *this;
    endAndReap();
    m_pid = std::exchange(other.m_pid, -1);
    m_pidfd = std::move(other.m_pidfd);
    m_group = other.m_group;
    m_status = other.m_status;
    return *this;
}

Subprocess::~Subprocess()
{
    endAndReap();
}

void Subprocess::endAndReap()
{
    if (m_pid < 0 || m_status)
        return;
    if (m_group == ProcessGroup::Own)
        static_cast<void>(heddle::signalGroup(m_pid, SIGKILL));
    static_cast<void>(sendSignal(SIGKILL));
    const GiveUpsPutOff untilReaped;
    static_cast<void>(wait(Deadline::after(std::chrono::seconds(5))));
}

Result<ExitStatus> Subprocess::wait(Deadline deadline)
{
    while (true) {
        Result<std::optional<ExitStatus>> ended = poll();
        if (!ended)
            return ended.error();
        if (*ended)
            return **ended;
        const Result<void> ready = waitReadable(m_pidfd.get(), deadline);
        if (!ready && ready.error().kind == ErrorKind::Timeout)
            return Error{ErrorKind::Timeout, 0, "wait for process " + std::to_string(m_pid), {}};
        if (!ready)
            return ready.error();
    }
}

Result<std::optional<ExitStatus>> Subprocess::poll()
{
    if (m_status)
        return m_status;
    siginfo_t info{};
    const auto fd = static_cast<id_t>(m_pidfd.get());
    if (::waitid(kByPidfd, fd, &info, WEXITED | WNOHANG) != 0) {
        if (errno == ECHILD)
            return Error{ErrorKind::ChildGone, 0, "waitid", "process " + std::to_string(m_pid)};
        return systemError("waitid", "process " + std::to_string(m_pid));
    }
    if (info.si_pid != 0)
        m_status = ExitStatus::fromSignalInfo(info);
    return m_status;
}

Result<void> Subprocess::sendSignal(int signal)
{
    if (m_status)
        return {};
    if (::syscall(SYS_pidfd_send_signal, m_pidfd.get(), signal, nullptr, 0) != 0 && errno != ESRCH)
        return systemError("pidfd_send_signal", "process " + std::to_string(m_pid));
    return {};
}

Result<void> Subprocess::signalGroup(int signal)
{
    if (m_group != ProcessGroup::Own)
        return Error{
            ErrorKind::InvalidArgument, 0, "signal a group", "the child has none of its own"};
    if (m_status)
        return {};
    return heddle::signalGroup(m_pid, signal);
}

} // namespace heddle

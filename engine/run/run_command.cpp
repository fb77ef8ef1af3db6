// SPDX-License-Identifier: Apache-2.0
#include "engine/run/run_command.h"

#include "engine/record/recorder.h"

#include <cerrno>
#include <utility>

#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace heddle {

RunCommand::RunCommand(ActorRecord& record, std::string handle)
    : m_record(record)
    , m_handle(std::move(handle))
{
}

void RunCommand::setProcess(pid_t process, OwnedFd pidfd, bool leadsGroup)
{
    m_pidfd = std::move(pidfd);
    m_group = leadsGroup ? process : ::getpgrp();
    m_record.process.store(process);
    reportProcess(m_record.id, process);
}

pid_t RunCommand::group() const
{
    return m_group;
}

void RunCommand::reap()
{
    const InternalLock lock(m_mutex);
    if (m_isReaped)
        return;
    siginfo_t info{};
    const auto process = static_cast<id_t>(m_record.process.load());
    if (::waitid(P_PID, process, &info, WEXITED | WNOHANG) != 0 || info.si_pid == 0)
        return;
    m_isReaped = true;
    recordOf(m_record.id, EventKind::Reaped);
}

bool RunCommand::sendSignal(int signal)
{
    const InternalLock lock(m_mutex);
    return !m_isReaped && ::kill(m_record.process.load(), signal) == 0;
}

bool RunCommand::sendSignalToGroup(int signal)
{
    return m_group > 1 && ::kill(-m_group, signal) == 0;
}

RunCommand& CommandTable::add(ActorRecord& record, std::string handle)
{
    const InternalLock lock(m_mutex);
    return *(m_commands[record.handle] = std::make_unique<RunCommand>(record, std::move(handle)));
}

RunCommand* CommandTable::find(std::int64_t handle) const
{
    const InternalLock lock(m_mutex);
    const auto found = m_commands.find(handle);
    return found == m_commands.end() ? nullptr : found->second.get();
}

} // namespace heddle

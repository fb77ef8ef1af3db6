// SPDX-License-Identifier: Apache-2.0
#include "engine/run/run_command.h"

#include "engine/processes/process_time.h"
#include "engine/record/recorder.h"
#include "engine/signals/send.h"

#include <utility>

#include <unistd.h>

namespace heddle {

RunCommand::RunCommand(ActorRecord& record, std::string handle)
    : m_record(record)
    , m_handle(std::move(handle))
{
}

void RunCommand::setProcess(Subprocess process, ProcessGroup group)
{
    m_group = group == ProcessGroup::Own ? process.pid() : ::getpgrp();
    m_record.process.store(process.pid());
    reportProcess(m_record.id, process.pid());
    m_process = std::move(process);
}

std::optional<ExitStatus> RunCommand::status()
{
    const Result<std::optional<ExitStatus>> ended = m_process->peek();
    return ended ? *ended : ExitStatus{};
}

nanoseconds RunCommand::processorTime() const
{
    const std::optional<nanoseconds> used = m_record.kind == ActorKind::Command
        ? processorTimeWithChildren(m_process->pidfd())
        : processorTimeOf(m_process->pid());
    return used.value_or(nanoseconds(0));
}

pid_t RunCommand::group() const
{
    return m_group;
}

void RunCommand::tellEnd(const std::function<void()>& recordIt)
{
    const InternalLock lock(m_mutex);
    m_record.moveTo(ActorRecord::Phase::Finished);
    recordIt();
}

void RunCommand::reap()
{
    const InternalLock lock(m_mutex);
    if (m_isReaped)
        return;
    const Result<std::optional<ExitStatus>> ended = m_process->peek();
    if (!ended || !*ended)
        return;
    m_isReaped = true;
    m_record.isReaped.store(true); // before its number is free
    static_cast<void>(m_process->poll());
    recordOf(m_record.id, EventKind::Reaped);
}

void RunCommand::end()
{
    static_cast<void>(m_process->kill());
    m_record.isReaped.store(true);
    static_cast<void>(m_process->wait(Deadline::never()));
}

bool RunCommand::sendSignal(int signal)
{
    const InternalLock lock(m_mutex);
    return !m_isReaped && m_process->sendSignal(signal);
}

bool RunCommand::sendSignalToGroup(int signal) const
{
    return heddle::sendSignalToGroup(m_group, signal).has_value();
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

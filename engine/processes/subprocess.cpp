// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/subprocess.h"

#include "engine/base/descriptor_wait.h"
#include "engine/base/interruption.h"
#include "engine/processes/abandoned.h"
#include "engine/processes/process_group.h"
#include "engine/processes/spawn_plan.h"
#include "engine/processes/subprocess_state.h"

#include <algorithm>
#include <cerrno>
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
    static_cast<void>(reapAbandoned());
    Result<SpawnPlan> plan = SpawnPlan::prepare(options);
    if (!plan)
        return plan.error();
    Result<SpawnedProcess> spawned = plan->carryOut();
    if (!spawned)
        return spawned.error();
    auto state = std::make_unique<State>();
    state->pid = spawned->pid;
    state->pidfd = std::move(spawned->pidfd);
    state->group = options.group;
    if (options.group == ProcessGroup::Given && options.givenGroup == 0)
        state->group = ProcessGroup::Own;
    state->arguments = options.arguments;
    auto& ends = spawned->pipeEnds;
    state->input = PipeWriter(std::move(ends[0]), options.buffering);
    state->output = PipeReader(std::move(ends[1]), options.buffering);
    state->errors = PipeReader(std::move(ends[2]), options.buffering);
    return Subprocess(std::move(state));
}

Subprocess Subprocess::adopt(pid_t pid, OwnedFd pidfd, ProcessGroup group)
{
    auto state = std::make_unique<State>();
    state->pid = pid;
    state->pidfd = std::move(pidfd);
    state->group = group;
    return Subprocess(std::move(state));
}

Subprocess::Subprocess(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

Subprocess::Subprocess(Subprocess&& other) noexcept = default;

Subprocess& Subprocess::operator=(Subprocess&& other) noexcept
{
    if (this != &other) {
        endAndReap();
        m_state = std::move(other.m_state);
    }
    return *this;
}

Subprocess::~Subprocess()
{
    endAndReap();
}

void Subprocess::endAndReap()
{
    if (!m_state)
        return;
    const Result<std::optional<ExitStatus>> ended = poll();
    if (ended && *ended)
        return;
    static_cast<void>(killGroup());
    const GiveUpsPutOff untilReaped;
    if (!kill() || !wait(Deadline::after(std::chrono::seconds(5))))
        rememberAbandoned(std::move(m_state->pidfd));
}

pid_t Subprocess::pid() const
{
    return m_state->pid;
}

const std::vector<std::string>& Subprocess::arguments() const
{
    return m_state->arguments;
}

int Subprocess::pidfd() const
{
    return m_state->pidfd.get();
}

PipeWriter& Subprocess::standardInput()
{
    return m_state->input;
}

PipeReader& Subprocess::standardOutput()
{
    return m_state->output;
}

PipeReader& Subprocess::standardError()
{
    return m_state->errors;
}

Result<ExitStatus> Subprocess::wait(Deadline deadline, const std::stop_token& stop)
{
    // With nothing else to look at, asking first would nearly always be in vain.
    if (deadline.isNever() && !stop.stop_possible() && currentInterruptions == nullptr)
        m_state->sleepUntilEnded();
    while (true) {
        Result<std::optional<ExitStatus>> ended = poll();
        if (!ended)
            return ended.error();
        if (*ended)
            return **ended;
        Result<void> ready = waitReadable(m_state->pidfd.get(), deadline, stop);
        if (!ready) {
            Error error = ready.error();
            error.operation = "wait for process " + std::to_string(m_state->pid);
            return error;
        }
    }
}

Result<std::optional<ExitStatus>> Subprocess::poll()
{
    return m_state->poll();
}

Result<std::optional<ExitStatus>> Subprocess::peek()
{
    return m_state->peek();
}

Result<std::optional<ExitStatus>> Subprocess::State::poll()
{
    const InternalLock lock(mutex);
    if (status)
        return status;
    Result<std::optional<ExitStatus>> ended = askLocked(0);
    if (ended)
        status = *ended;
    return ended;
}

Result<std::optional<ExitStatus>> Subprocess::State::peek()
{
    const InternalLock lock(mutex);
    if (status)
        return status;
    return askLocked(WNOWAIT);
}

Result<std::optional<ExitStatus>> Subprocess::State::askLocked(int flags) const
{
    siginfo_t info{};
    const auto fd = static_cast<id_t>(pidfd.get());
    if (::waitid(kByPidfd, fd, &info, WEXITED | WNOHANG | flags) != 0) {
        if (errno != ECHILD)
            return systemError("waitid", "process " + std::to_string(pid));
        return std::optional(ExitStatus{0, 0, false});
    }
    if (info.si_pid == 0)
        return std::optional<ExitStatus>();
    return std::optional(ExitStatus::fromSignalInfo(info));
}

void Subprocess::State::sleepUntilEnded()
{
    {
        const InternalLock lock(mutex);
        if (status)
            return;
    }
    siginfo_t info{};
    const auto fd = static_cast<id_t>(pidfd.get());
    while (::waitid(kByPidfd, fd, &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) { }
}

// The outputs first: a child that waits for somebody to read one would not read its input either.
Result<ExitStatus> Subprocess::closeAndWait(Deadline deadline)
{
    m_state->output.close();
    m_state->errors.close();
    const Result<void> flushed = m_state->input.close(deadline);
    Result<ExitStatus> status = wait(deadline);
    if (status && !flushed)
        return flushed.error();
    return status;
}

// The descriptor means this child and no other, so no lock is needed between asking and sending.
Result<void> Subprocess::sendSignal(int signal)
{
    const int pidfd = m_state->pidfd.get();
    if (::syscall(SYS_pidfd_send_signal, pidfd, signal, nullptr, 0) != 0 && errno != ESRCH)
        return systemError("pidfd_send_signal", "process " + std::to_string(m_state->pid));
    return {};
}

Result<void> Subprocess::terminate()
{
    return sendSignal(SIGTERM);
}

Result<void> Subprocess::kill()
{
    return sendSignal(SIGKILL);
}

// As long as nobody has reaped the child, its number, and with it that of its group, is not given
// to another one: the lock keeps others from reaping.
Result<void> Subprocess::signalGroup(int signal)
{
    if (!m_state->hasOwnGroup())
        return Error{
            ErrorKind::InvalidArgument, 0, "signal a group", "the child has none of its own"};
    const InternalLock lock(m_state->mutex);
    siginfo_t info{};
    const auto fd = static_cast<id_t>(m_state->pidfd.get());
    if (m_state->status || ::waitid(kByPidfd, fd, &info, WEXITED | WNOHANG | WNOWAIT) != 0)
        return {};
    return heddle::signalGroup(m_state->pid, signal);
}

Result<void> Subprocess::killGroup()
{
    return signalGroup(SIGKILL);
}

void Subprocess::abandon() &&
{
    const std::unique_ptr<State> state = std::move(m_state);
    const Result<std::optional<ExitStatus>> ended = state->poll();
    if (!ended || !*ended)
        rememberAbandoned(std::move(state->pidfd));
}

std::size_t Subprocess::reapAbandoned()
{
    return heddle::reapAbandoned();
}

} // namespace heddle

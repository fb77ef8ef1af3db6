// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/spawn_plan.h"

#include <algorithm>
#include <cerrno>
#include <climits>

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

// The child calls the kernel directly: wrappers of sanitizers and of libc keep books about a
// process, and it shares its memory with the parent.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
#define HEDDLE_UNINSTRUMENTED __attribute__((no_sanitize("thread", "address", "undefined")))
#else
#define HEDDLE_UNINSTRUMENTED
#endif

namespace heddle {

namespace {

constexpr std::size_t kKernelSignalSetBytes = 8;
constexpr int kLastSignal = 64;

// The kernel's own form of sigaction: all zero is the default with no flags.
struct KernelAction
{
    void (*handler)(int);
    unsigned long flags;
    void (*restorer)();
    unsigned long mask;
};

} // namespace

// Everything in this file runs in the child: no allocation, no lock, no libc state.

HEDDLE_UNINSTRUMENTED int SpawnPlan::childMain(void* plan)
{
    return static_cast<SpawnPlan*>(plan)->becomeProgram();
}

HEDDLE_UNINSTRUMENTED int SpawnPlan::becomeProgram()
{
    // What a hook says of signals holds, but one that may do whatever it likes is not to be ended by a
    // signal in the midst of it.
    const bool isHookFirst = static_cast<bool>(m_fork);
    if (moveDescriptors() && enterPlace() && takeRights()
        && (isHookFirst ? runHook() && resetSignals() : resetSignals() && runHook())
        && closeOthers())
        execute();
    ::syscall(SYS_exit_group, 127);
    return 127;
}

HEDDLE_UNINSTRUMENTED bool SpawnPlan::fail(const char* operation, int systemErrno)
{
    m_report->operation = operation;
    m_report->systemErrno = systemErrno;
    return false;
}

// Sources may be any permutation of 0–2: those are all moved out of the way first, to numbers that
// are free, so that nothing which is passed on is hit.
HEDDLE_UNINSTRUMENTED bool SpawnPlan::moveDescriptors()
{
    for (int& source : m_sources) {
        if (source < 0 || source > 2)
            continue;
        source = static_cast<int>(::syscall(SYS_fcntl, source, F_DUPFD_CLOEXEC, 3));
        if (source < 0)
            return fail("fcntl F_DUPFD_CLOEXEC", errno);
    }
    for (std::size_t stream = 0; stream < m_sources.size(); ++stream) {
        if (m_sources[stream] >= 0 && ::syscall(SYS_dup3, m_sources[stream], stream, 0) < 0)
            return fail("dup3", errno);
    }
    if (m_errorJoinsOutput && ::syscall(SYS_dup3, 1, 2, 0) < 0)
        return fail("dup3", errno);
    for (const int fd : m_passed) {
        if (::syscall(SYS_fcntl, fd, F_SETFD, 0) != 0)
            return fail("fcntl F_SETFD", errno);
    }
    return true;
}

HEDDLE_UNINSTRUMENTED bool SpawnPlan::enterPlace()
{
    if (!m_workingDirectory.empty() && ::syscall(SYS_chdir, m_workingDirectory.c_str()) != 0)
        return fail("chdir", errno);
    if (m_fileModeMask)
        ::syscall(SYS_umask, *m_fileModeMask);
    if (m_group == ProcessGroup::OwnSession && ::syscall(SYS_setsid) < 0)
        return fail("setsid", errno);
    const bool joinsGroup = m_group == ProcessGroup::Own || m_group == ProcessGroup::Given;
    if (joinsGroup && ::syscall(SYS_setpgid, 0, m_givenGroup) != 0)
        return fail("setpgid", errno);
    return true;
}

// In this order, as each step takes away the right to those before it.
HEDDLE_UNINSTRUMENTED bool SpawnPlan::takeRights()
{
    if (m_extraGroups
        && ::syscall(SYS_setgroups, m_extraGroups->size(), m_extraGroups->data()) != 0)
        return fail("setgroups", errno);
    if (m_userGroup && ::syscall(SYS_setresgid, *m_userGroup, *m_userGroup, *m_userGroup) != 0)
        return fail("setresgid", errno);
    if (m_user && ::syscall(SYS_setresuid, *m_user, *m_user, *m_user) != 0)
        return fail("setresuid", errno);
    return true;
}

HEDDLE_UNINSTRUMENTED bool SpawnPlan::runHook()
{
    if (!m_beforeExec)
        return true;
    try {
        const int hookErrno = m_beforeExec();
        return hookErrno == 0 || fail("beforeExec", hookErrno);
    } catch (...) {
        return fail("beforeExec", 0);
    }
}

// By exec, so that what waits for it at the other end of a pipe wakes then.
HEDDLE_UNINSTRUMENTED bool SpawnPlan::closeOthers()
{
    if (!m_closesOthers)
        return true;
    unsigned first = 3;
    for (const int passed : m_passed) {
        const auto fd = static_cast<unsigned>(passed);
        if (fd > first && ::syscall(SYS_close_range, first, fd - 1, CLOSE_RANGE_CLOEXEC) != 0)
            return fail("close_range", errno);
        first = std::max(first, fd + 1);
    }
    if (::syscall(SYS_close_range, first, UINT_MAX, CLOSE_RANGE_CLOEXEC) != 0)
        return fail("close_range", errno);
    return true;
}

// A handler of this process must never run in the child, so those go before the mask is lifted.
HEDDLE_UNINSTRUMENTED bool SpawnPlan::resetSignals()
{
    const KernelAction byDefault{SIG_DFL, 0, nullptr, 0};
    for (int signal = 1; signal <= kLastSignal; ++signal) {
        if (signal == SIGKILL || signal == SIGSTOP)
            continue;
        const bool isOfPipes = signal == SIGPIPE || signal == SIGXFSZ;
        const bool staysIgnored = m_signalActions == SpawnOptions::SignalActions::Inherited
            || (m_signalActions == SpawnOptions::SignalActions::PipeDefault && !isOfPipes);
        if (staysIgnored && m_hasNoHandlers)
            continue;
        KernelAction before{};
        if (staysIgnored)
            ::syscall(SYS_rt_sigaction, signal, nullptr, &before, kKernelSignalSetBytes);
        if (before.handler != SIG_IGN)
            ::syscall(SYS_rt_sigaction, signal, &byDefault, nullptr, kKernelSignalSetBytes);
    }
    if (::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &m_signalMask, nullptr, kKernelSignalSetBytes)
        != 0)
        return fail("rt_sigprocmask", errno);
    return true;
}

HEDDLE_UNINSTRUMENTED void SpawnPlan::execute()
{
    char** environment = m_environment ? m_environment->pointers.data() : environ;
    int found = ENOENT; // why the first of that name that is there could not be executed
    for (const std::string& candidate : m_candidates) {
        ::syscall(SYS_execve, candidate.c_str(), m_arguments->pointers.data(), environment);
        if (found == ENOENT && errno != ENOTDIR)
            found = errno;
    }
    fail("execve", found);
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/spawn_plan.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <string_view>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// The child calls the kernel directly: wrappers of sanitizers and of libc keep books about a
// process, and it shares its memory with the parent.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
#define HEDDLE_UNINSTRUMENTED __attribute__((no_sanitize("thread", "address", "undefined")))
#else
#define HEDDLE_UNINSTRUMENTED
#endif

#if defined(__SANITIZE_THREAD__)
// The thread sanitizer takes any clone for a fork, notes it in the memory that the child shares, and
// then refuses new threads in the parent. This is the same function under the name it does not know.
// NOLINTNEXTLINE(bugprone-reserved-identifier): glibc's own
extern "C" int __clone(int (*function)(void*), void* stack, int flags, void* argument, ...);
#define HEDDLE_CLONE ::__clone
#else
#define HEDDLE_CLONE ::clone
#endif

namespace heddle {

namespace {

constexpr std::size_t kStackBytes = std::size_t{64} * 1024;
constexpr std::size_t kKernelSignalSetBytes = 8;

// Blocks every signal of the calling thread, so that no handler runs while the child shares memory.
class AllSignalsBlocked
{
public:
    AllSignalsBlocked()
    {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &m_before);
    }
    ~AllSignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }
    AllSignalsBlocked(const AllSignalsBlocked&) = delete;
    AllSignalsBlocked& operator=(const AllSignalsBlocked&) = delete;

private:
    sigset_t m_before{};
};

class ChildStack
{
public:
    ChildStack()
        : m_memory(::mmap(nullptr, kStackBytes, PROT_READ | PROT_WRITE,
            MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0))
    {
    }
    ~ChildStack()
    {
        if (isValid())
            static_cast<void>(::munmap(m_memory, kStackBytes));
    }
    ChildStack(const ChildStack&) = delete;
    ChildStack& operator=(const ChildStack&) = delete;

    [[nodiscard]] bool isValid() const { return m_memory != MAP_FAILED; }
    [[nodiscard]] void* top() const { return static_cast<char*>(m_memory) + kStackBytes; }

private:
    void* m_memory;
};

bool hasZeroByte(const std::string& text)
{
    return text.find('\0') != std::string::npos;
}

Error invalid(std::string why)
{
    return Error{ErrorKind::InvalidArgument, 0, "spawn", std::move(why)};
}

std::string searchPath(const SpawnOptions& options)
{
    if (options.environment) {
        for (const auto& [name, value] : *options.environment) {
            if (name == "PATH")
                return value;
        }
        return "/usr/bin:/bin";
    }
    const char* path = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe): nobody here sets it
    return path != nullptr ? path : "/usr/bin:/bin";
}

std::vector<std::string> candidatesFor(const std::string& program, const std::string& path)
{
    if (program.find('/') != std::string::npos)
        return {program};
    std::vector<std::string> candidates;
    std::string_view rest(path);
    while (true) {
        const std::size_t colon = rest.find(':');
        const std::string_view folder = rest.substr(0, colon);
        candidates.push_back((folder.empty() ? "." : std::string(folder)) + "/" + program);
        if (colon == std::string_view::npos)
            return candidates;
        rest.remove_prefix(colon + 1);
    }
}

Result<std::vector<std::string>> environmentTexts(const SpawnOptions& options)
{
    std::vector<std::string> texts;
    for (const auto& [name, value] : *options.environment) {
        if (name.empty() || name.find('=') != std::string::npos || hasZeroByte(name)
            || hasZeroByte(value))
            return invalid("a name or value of the environment is not possible");
        std::string text = name;
        text += '=';
        text += value;
        texts.push_back(std::move(text));
    }
    return texts;
}

} // namespace

SpawnPlan::Strings SpawnPlan::makeStrings(std::vector<std::string> texts)
{
    Strings strings;
    strings.texts = std::move(texts);
    strings.pointers.reserve(strings.texts.size() + 1);
    for (std::string& text : strings.texts)
        strings.pointers.push_back(text.data());
    strings.pointers.push_back(nullptr);
    return strings;
}

Result<SpawnPlan> SpawnPlan::prepare(const SpawnOptions& options)
{
    if (options.arguments.empty() || options.arguments.front().empty())
        return invalid("no program is named");
    if (std::any_of(options.arguments.begin(), options.arguments.end(), hasZeroByte))
        return invalid("an argument holds a zero byte");
    SpawnPlan plan;
    plan.m_arguments = std::make_unique<Strings>(makeStrings(options.arguments));
    if (options.environment) {
        Result<std::vector<std::string>> texts = environmentTexts(options);
        if (!texts)
            return texts.error();
        plan.m_environment = std::make_unique<Strings>(makeStrings(*std::move(texts)));
    }
    plan.m_candidates = candidatesFor(options.arguments.front(), searchPath(options));
    plan.m_workingDirectory = options.workingDirectory;
    plan.m_group = options.group;
    plan.m_passed = options.passedFds;
    std::sort(plan.m_passed.begin(), plan.m_passed.end());
    plan.m_passed.erase(
        std::unique(plan.m_passed.begin(), plan.m_passed.end()), plan.m_passed.end());

    const std::array<const Redirection*, 3> redirections{
        &options.standardInput, &options.standardOutput, &options.standardError};
    for (std::size_t stream = 0; stream < redirections.size(); ++stream) {
        const Redirection& redirection = *redirections[stream];
        if (redirection.goes == Redirection::Goes::ToDescriptor)
            plan.m_sources[stream] = redirection.fd;
        if (redirection.goes == Redirection::Goes::ToNull) {
            if (!plan.m_null)
                plan.m_null.reset(::open("/dev/null", O_RDWR | O_CLOEXEC));
            if (!plan.m_null)
                return systemError("open", "/dev/null");
            plan.m_sources[stream] = plan.m_null.get();
        }
    }
    plan.m_errorJoinsOutput = options.standardError.goes == Redirection::Goes::ToStdout;
    return plan;
}

Result<SpawnedProcess> SpawnPlan::carryOut()
{
    const ChildStack stack;
    if (!stack.isValid())
        return systemError("mmap", "a stack for the child");
    int pidfd = -1;
    pid_t pid = -1;
    int cloneErrno = 0;
    {
        const AllSignalsBlocked blocked;
        pid = HEDDLE_CLONE(&SpawnPlan::childMain, stack.top(),
            CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, this, &pidfd);
        cloneErrno = errno;
    }
    if (pid < 0)
        return systemError(cloneErrno, "clone");
    SpawnedProcess spawned{pid, OwnedFd(pidfd)};
    if (m_failedOperation == nullptr)
        return spawned;
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) { }
    return systemError(m_childErrno, m_failedOperation, m_arguments->texts.front());
}

// From here to the end everything runs in the child: no allocation, no lock, no libc state.

HEDDLE_UNINSTRUMENTED int SpawnPlan::childMain(void* plan)
{
    return static_cast<SpawnPlan*>(plan)->becomeProgram();
}

HEDDLE_UNINSTRUMENTED int SpawnPlan::becomeProgram()
{
    if (m_group == ProcessGroup::Own && ::syscall(SYS_setpgid, 0, 0) != 0)
        fail("setpgid", errno);
    else if (!m_workingDirectory.empty() && ::syscall(SYS_chdir, m_workingDirectory.c_str()) != 0)
        fail("chdir", errno);
    else if (moveDescriptors() && closeOthers() && resetSignals())
        execute();
    ::syscall(SYS_exit_group, 127);
    return 127;
}

HEDDLE_UNINSTRUMENTED bool SpawnPlan::fail(const char* operation, int systemErrno)
{
    m_failedOperation = operation;
    m_childErrno = systemErrno;
    return false;
}

// Sources may be any permutation of 0–2: they are all moved out of the way first, above every
// descriptor that is passed on.
HEDDLE_UNINSTRUMENTED bool SpawnPlan::moveDescriptors()
{
    const long lowest = std::max(3, m_passed.empty() ? 0 : m_passed.back() + 1);
    for (int& source : m_sources) {
        if (source < 0)
            continue;
        source = static_cast<int>(::syscall(SYS_fcntl, source, F_DUPFD_CLOEXEC, lowest));
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

HEDDLE_UNINSTRUMENTED bool SpawnPlan::closeOthers()
{
    unsigned first = 3;
    for (const int passed : m_passed) {
        const auto fd = static_cast<unsigned>(passed);
        if (fd > first && ::syscall(SYS_close_range, first, fd - 1, 0) != 0)
            return fail("close_range", errno);
        first = std::max(first, fd + 1);
    }
    if (::syscall(SYS_close_range, first, UINT_MAX, 0) != 0)
        return fail("close_range", errno);
    return true;
}

HEDDLE_UNINSTRUMENTED bool SpawnPlan::resetSignals()
{
    // The kernel's own form of sigaction: all zero is the default with no flags.
    struct KernelAction
    {
        void (*handler)(int);
        unsigned long flags;
        void (*restorer)();
        unsigned long mask;
    };
    const KernelAction byDefault{SIG_DFL, 0, nullptr, 0};
    for (int signal = 1; signal <= 64; ++signal) {
        if (signal != SIGKILL && signal != SIGSTOP)
            ::syscall(SYS_rt_sigaction, signal, &byDefault, nullptr, kKernelSignalSetBytes);
    }
    const unsigned long none = 0;
    if (::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, nullptr, kKernelSignalSetBytes) != 0)
        return fail("rt_sigprocmask", errno);
    return true;
}

HEDDLE_UNINSTRUMENTED void SpawnPlan::execute()
{
    char** environment = m_environment ? m_environment->pointers.data() : environ;
    int worst = ENOENT;
    for (const std::string& candidate : m_candidates) {
        ::syscall(SYS_execve, candidate.c_str(), m_arguments->pointers.data(), environment);
        if (errno == EACCES)
            worst = EACCES; // there is one, but it cannot be executed: more telling than ENOENT
        else if (errno != ENOENT && errno != ENOTDIR) {
            worst = errno;
            break;
        }
    }
    fail("execve", worst);
}

} // namespace heddle

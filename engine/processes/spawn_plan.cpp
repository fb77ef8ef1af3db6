// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/spawn_plan.h"

#include "engine/processes/accounts.h"
#include "engine/processes/child_clone.h"
#include "engine/processes/pipe.h"
#include "engine/processes/program_search.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <string_view>

#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr mode_t kNewFileMode = 0666;

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

    // The mask before, in the kernel's form: the first 64 bits.
    [[nodiscard]] unsigned long before() const
    {
        unsigned long bits = 0;
        std::memcpy(&bits, &m_before, sizeof bits);
        return bits;
    }

private:
    sigset_t m_before{};
};

bool hasZeroByte(const std::string& text)
{
    return text.find('\0') != std::string::npos;
}

Error invalid(std::string why)
{
    return Error{ErrorKind::InvalidArgument, 0, "spawn", std::move(why)};
}

Result<void> checkOpen(int fd)
{
    if (::fcntl(fd, F_GETFD) < 0)
        return systemError("fcntl F_GETFD", "descriptor " + std::to_string(fd));
    return {};
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
    SpawnPlan plan;
    plan.m_workingDirectory = options.workingDirectory;
    plan.m_group = options.group;
    plan.m_signalActions = options.signalActions;
    plan.m_inheritsSignalMask = options.signalMask == SpawnOptions::SignalMask::Inherited;
    plan.m_beforeExec = options.beforeExec;
    plan.m_fork = options.fork;
    plan.m_errorJoinsOutput = options.standardError.goes == Redirection::Goes::ToStdout;
    if (options.group == ProcessGroup::Given)
        plan.m_givenGroup = options.givenGroup;
    if (plan.m_givenGroup < 0)
        return invalid("a process group has no negative number");

    Result<void> done = plan.setProgram(options);
    if (done)
        done = plan.setEnvironment(options);
    if (done)
        done = plan.setRights(options);
    if (done)
        done = plan.setPassedFds(options);
    if (done)
        done = plan.setStreams(options);
    if (!done)
        return done.error();
    return plan;
}

Result<void> SpawnPlan::setProgram(const SpawnOptions& options)
{
    const std::vector<std::string>& arguments = options.arguments;
    const bool isShell = options.interpreter == SpawnOptions::Interpreter::Shell;
    if (arguments.empty() || (!isShell && arguments.front().empty() && options.executable.empty()))
        return invalid("no program is named");
    if (std::any_of(arguments.begin(), arguments.end(), hasZeroByte)
        || hasZeroByte(options.executable) || hasZeroByte(options.workingDirectory))
        return invalid("an argument holds a zero byte");
    std::string program = options.executable;
    if (program.empty())
        program = isShell ? "/bin/sh" : arguments.front();
    std::vector<std::string> all;
    if (isShell)
        all = {program, "-c"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    m_arguments = std::make_unique<Strings>(makeStrings(std::move(all)));
    m_candidates = programCandidates(program, options);
    m_program = std::move(program);
    return {};
}

Result<void> SpawnPlan::setEnvironment(const SpawnOptions& options)
{
    if (!options.environment)
        return {};
    Result<std::vector<std::string>> texts = environmentTexts(options);
    if (!texts)
        return texts.error();
    m_environment = std::make_unique<Strings>(makeStrings(*std::move(texts)));
    return {};
}

Result<void> SpawnPlan::setRights(const SpawnOptions& options)
{
    if (options.user) {
        Result<uid_t> number = userNumber(*options.user);
        if (!number)
            return number.error();
        m_user = *number;
    }
    if (options.userGroup) {
        Result<gid_t> number = groupNumber(*options.userGroup);
        if (!number)
            return number.error();
        m_userGroup = *number;
    }
    if (options.extraGroups) {
        m_extraGroups.emplace();
        for (const Account& group : *options.extraGroups) {
            Result<gid_t> number = groupNumber(group);
            if (!number)
                return number.error();
            m_extraGroups->push_back(*number);
        }
    }
    m_fileModeMask = options.fileModeMask;
    return {};
}

Result<void> SpawnPlan::setPassedFds(const SpawnOptions& options)
{
    m_closesOthers = options.otherDescriptors == SpawnOptions::OtherDescriptors::Closed;
    m_passed = options.passedFds;
    std::sort(m_passed.begin(), m_passed.end());
    m_passed.erase(std::unique(m_passed.begin(), m_passed.end()), m_passed.end());
    if (!m_passed.empty() && m_passed.front() < 3)
        return invalid("only descriptors from 3 on are passed; 0 to 2 are redirected");
    if (!m_passed.empty() && !m_closesOthers)
        return invalid("passing descriptors means that the others are closed");
    for (const int fd : m_passed) {
        if (Result<void> open = checkOpen(fd); !open)
            return open;
    }
    return {};
}

Result<void> SpawnPlan::setStreams(const SpawnOptions& options)
{
    const std::array<const Redirection*, 3> all{
        &options.standardInput, &options.standardOutput, &options.standardError};
    // Before there are pipes, one of which could get the number of a descriptor that is closed.
    for (const Redirection* one : all) {
        if (one->goes != Redirection::Goes::ToDescriptor)
            continue;
        if (one->fd < 0)
            return invalid("a redirection leads to no descriptor");
        if (Result<void> open = checkOpen(one->fd); !open)
            return open;
    }
    for (std::size_t stream = 0; stream < all.size(); ++stream) {
        if (Result<void> set = setStream(stream, *all[stream], options); !set)
            return set;
    }
    return {};
}

Result<void> SpawnPlan::setStream(
    std::size_t stream, const Redirection& redirection, const SpawnOptions& options)
{
    switch (redirection.goes) {
    case Redirection::Goes::Inherited:
        return {};
    case Redirection::Goes::ToStdout:
        return stream == 2 ? Result<void>() : invalid("only stderr can join stdout");
    case Redirection::Goes::ToDescriptor:
        m_sources[stream] = redirection.fd;
        return {};
    case Redirection::Goes::ToNull:
        return setFile(stream, Redirection::toFile("/dev/null", Redirection::File::Appended));
    case Redirection::Goes::ToFile:
        return setFile(stream, redirection);
    case Redirection::Goes::ToPipe:
        return setPipe(stream, options.pipeSizeBytes);
    }
    return invalid("a redirection is of no known kind");
}

Result<void> SpawnPlan::setFile(std::size_t stream, const Redirection& redirection)
{
    if (hasZeroByte(redirection.path))
        return invalid("a path holds a zero byte");
    int flags = O_RDONLY;
    if (stream != 0)
        flags = O_WRONLY | O_CREAT
            | (redirection.file == Redirection::File::Replaced ? O_TRUNC : O_APPEND);
    OwnedFd file(::open(redirection.path.c_str(), flags | O_CLOEXEC, kNewFileMode));
    if (!file)
        return systemError("open", redirection.path);
    if (Result<void> moved = moveAboveStreams(file); !moved)
        return moved;
    m_sources[stream] = file.get();
    m_childEnds[stream] = std::move(file);
    return {};
}

Result<void> SpawnPlan::setPipe(std::size_t stream, std::optional<int> sizeBytes)
{
    Result<Pipe> pipe = Pipe::create();
    if (!pipe)
        return pipe.error();
    if (sizeBytes && ::fcntl(pipe->writer.get(), F_SETPIPE_SZ, *sizeBytes) < 0)
        return systemError("fcntl F_SETPIPE_SZ", std::to_string(*sizeBytes) + " bytes");
    OwnedFd& childEnd = stream == 0 ? pipe->reader : pipe->writer;
    OwnedFd& parentEnd = stream == 0 ? pipe->writer : pipe->reader;
    Result<void> nonBlocking = makeNonBlocking(parentEnd.get());
    if (!nonBlocking)
        return nonBlocking;
    m_sources[stream] = childEnd.get();
    m_childEnds[stream] = std::move(childEnd);
    m_parentEnds[stream] = std::move(parentEnd);
    return {};
}

bool SpawnPlan::sharesMemory() const
{
    return !m_beforeExec && !m_user && !m_userGroup && !m_extraGroups;
}

Error SpawnPlan::failure(const Report& report) const
{
    const std::string_view operation(report.operation);
    if (operation == "beforeExec" && report.systemErrno == 0)
        return Error{ErrorKind::InvalidArgument, 0, "beforeExec", "the hook threw an exception"};
    if (operation == "chdir")
        return systemError(report.systemErrno, report.operation, m_workingDirectory);
    return systemError(report.systemErrno, report.operation,
        describeRefused(m_program, m_candidates, m_workingDirectory, report.systemErrno));
}

ClonedChild SpawnPlan::makeChild(const ChildStack& stack)
{
    const ChildWork work{&SpawnPlan::childMain, this};
    const AllSignalsBlocked blocked;
    m_signalMask = m_inheritsSignalMask ? blocked.before() : 0;
    // Where ignored signals become default ones as well, the child must go through all of them anyway.
    m_hasNoHandlers = sharesMemory() && m_signalActions != SpawnOptions::SignalActions::AllDefault;
    if (m_hasNoHandlers) {
        const ClonedChild child = cloneChildWithoutHandlers(work, stack);
        if (child.pid >= 0)
            return child;
        // Whatever it was: if it concerns the other way too, that will tell.
        m_hasNoHandlers = false;
    }
    return cloneChild(work, stack);
}

Result<SpawnedProcess> SpawnPlan::carryOut()
{
    if (m_fork)
        return carryOutForked();
    using Memory = ChildStack::Memory;
    const ChildStack stack(sharesMemory() ? Memory::OfThisProcess : Memory::SharedWithCopies);
    if (!stack.isValid())
        return systemError("mmap", "a stack for the child");
    m_report = new (stack.bottom()) Report;
    const ClonedChild child = makeChild(stack);
    if (child.pid < 0)
        return systemError(child.systemErrno, "clone");
    return outcome(child.pid, OwnedFd(child.pidfd));
}

Result<SpawnedProcess> SpawnPlan::carryOutForked()
{
    const ChildStack page(ChildStack::Memory::SharedWithCopies);
    if (!page.isValid())
        return systemError("mmap", "a page for the child's report");
    m_report = new (page.bottom()) Report;
    Result<Pipe> loaded = Pipe::create();
    if (!loaded)
        return loaded.error();
    pid_t pid = -1;
    int forkErrno = 0;
    {
        const AllSignalsBlocked blocked;
        m_signalMask = m_inheritsSignalMask ? blocked.before() : 0;
        pid = m_fork();
        forkErrno = errno;
        if (pid == 0)
            ::_exit(becomeProgram());
    }
    if (pid < 0)
        return systemError(forkErrno, "fork");
    OwnedFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    const Error noPidfd = systemError("pidfd_open");
    loaded->writer.reset();
    char none = 0;
    while (::read(loaded->reader.get(), &none, 1) < 0 && errno == EINTR) { }
    if (pidfd)
        return outcome(pid, std::move(pidfd));
    static_cast<void>(::kill(pid, SIGKILL)); // not reaped by anybody, so still this one
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) { }
    return noPidfd;
}

// What has become of the child when it has called exec, or could not.
Result<SpawnedProcess> SpawnPlan::outcome(pid_t pid, OwnedFd pidfd)
{
    if (m_report->operation == nullptr)
        return SpawnedProcess{pid, std::move(pidfd), std::move(m_parentEnds)};
    const Error error = failure(*m_report);
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) { }
    return error;
}

} // namespace heddle

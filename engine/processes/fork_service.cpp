// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/fork_service.h"

#include "engine/processes/packet_line.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <string>
#include <utility>
#include <vector>

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr int kLastSignal = 64;

// All signals are blocked from here on.
void resetSignals()
{
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, nullptr);
    for (int signal = 1; signal <= kLastSignal; ++signal) {
        if (signal != SIGKILL && signal != SIGSTOP)
            static_cast<void>(::signal(signal, SIG_DFL)); // two of the C library's own refuse
    }
}

void unblockSignals()
{
    sigset_t none;
    ::sigemptyset(&none);
    ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
}

// Keeps 0–2 and one more.
void closeAllBut(int kept)
{
    if (kept > 3)
        static_cast<void>(::syscall(SYS_close_range, 3, kept - 1, 0));
    static_cast<void>(::syscall(SYS_close_range, std::max(3, kept + 1), UINT_MAX, 0));
}

/// All packets of a request.
struct WholeRequest
{
    ForkRequest head{};
    std::string message;
    std::vector<OwnedFd> descriptors;
};

[[noreturn]] void runMain(int line, WholeRequest& request)
{
    static_cast<void>(::close(line));
    static_cast<void>(::setpgid(0, request.head.beginning.group));
    if (request.head.beginning.signalMask == ForkServer::Beginning::Signals::Open)
        unblockSignals();
    std::vector<int> descriptors;
    for (OwnedFd& descriptor : request.descriptors)
        descriptors.push_back(descriptor.release());
    ::_exit(request.head.main(request.message, descriptors));
}

/// Reads the packets of the next request; ends this process when nobody is at the other side any more.
WholeRequest readRequest(int line)
{
    WholeRequest request;
    do {
        Result<ReceivedPacket> packet = receivePacket(line, &request.head, sizeof request.head);
        if (!packet || packet->isEnd)
            ::_exit(packet ? 0 : 1);
        request.message += packet->rest;
        for (OwnedFd& descriptor : packet->descriptors)
            request.descriptors.push_back(std::move(descriptor));
    } while (request.head.part == ForkRequest::Part::More);
    return request;
}

void answerRequest(int line, WholeRequest& request)
{
    int number = -1;
    const bool isWhole = request.descriptors.size() == request.head.descriptors;
    const Result<pid_t> child = isWhole ? forkWithPidfd(CLONE_PARENT, number)
                                        : Result<pid_t>(systemError(EMFILE, "recvmsg"));
    if (child && *child == 0)
        runMain(line, request);
    const OwnedFd pidfd(number);
    ForkAnswer answer;
    if (child) {
        answer.pid = *child;
    } else {
        answer.systemErrno = child.error().systemErrno;
    }
    const std::span<const int> beside(&number, child ? 1 : 0);
    static_cast<void>(sendPacket(line, &answer, sizeof answer, {}, beside).has_value());
}

} // namespace

// The library's own fork cannot make a child of the parent, so the kernel is asked directly, and
// told where the library keeps the number of the thread, at which robust and recursive locks look, and
// its list of the robust ones that are held.
Result<pid_t> forkWithPidfd(unsigned long flags, int& pidfd)
{
    int* threadNumber = nullptr;
    if (::prctl(PR_GET_TID_ADDRESS, &threadNumber, 0, 0, 0) != 0 || threadNumber == nullptr)
        return Error{ErrorKind::NotSupported, 0, "prctl PR_GET_TID_ADDRESS", {}};
    void* robustLocks = nullptr;
    std::size_t robustBytes = 0;
    if (::syscall(SYS_get_robust_list, 0, &robustLocks, &robustBytes) != 0)
        return systemError("get_robust_list");
#if defined(__x86_64__) // where the last two arguments are the other way round than elsewhere
    const long pid = ::syscall(SYS_clone,
        flags | CLONE_PIDFD | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD, nullptr, &pidfd,
        threadNumber, 0);
#else
    const long pid = ::syscall(SYS_clone,
        flags | CLONE_PIDFD | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD, nullptr, &pidfd,
        0, threadNumber);
#endif
    if (pid < 0)
        return systemError("clone");
    if (pid == 0) // the kernel forgets it, and would leave a lock of a killed holder taken for ever
        static_cast<void>(::syscall(SYS_set_robust_list, robustLocks, robustBytes));
    return static_cast<pid_t>(pid);
}

void serveForks(int line)
{
    closeAllBut(line);
    resetSignals();
    static_cast<void>(::setpgid(0, 0));
    static_cast<void>(::prctl(PR_SET_NAME, kForkServerName, 0, 0, 0));
    while (true) {
        WholeRequest request = readRequest(line);
        if (request.head.part == ForkRequest::Part::Last)
            answerRequest(line, request);
    }
}

} // namespace heddle

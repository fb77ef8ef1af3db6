// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/fork_service.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr int kLastSignal = 64;

void resetSignalActions()
{
    for (int signal = 1; signal <= kLastSignal; ++signal) {
        if (signal != SIGKILL && signal != SIGSTOP)
            static_cast<void>(::signal(signal, SIG_DFL)); // two of the C library's own refuse
    }
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

[[noreturn]] void runMain(int line, const ForkRequest& request, ReceivedPacket& packet)
{
    static_cast<void>(::close(line));
    static_cast<void>(::setpgid(0, 0));
    std::vector<int> descriptors;
    for (OwnedFd& descriptor : packet.descriptors)
        descriptors.push_back(descriptor.release());
    const std::string message = packet.rest.substr(0, request.messageBytes);
    ::_exit(request.main(message, descriptors));
}

void answerRequest(int line, const ForkRequest& request, ReceivedPacket& packet)
{
    int number = -1;
    const Result<pid_t> child = forkWithPidfd(CLONE_PARENT, number);
    if (child && *child == 0)
        runMain(line, request, packet);
    const OwnedFd pidfd(number);
    ForkAnswer answer;
    if (child) {
        static_cast<void>(::setpgid(*child, *child)); // it may be signalled as a group at once
        answer.pid = *child;
    } else {
        answer.systemErrno = child.error().systemErrno;
    }
    const std::span<const int> beside(&number, child ? 1 : 0);
    static_cast<void>(sendPacket(line, &answer, sizeof answer, {}, beside).has_value());
}

} // namespace

Result<SequencedPair> SequencedPair::create()
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return systemError("socketpair");
    return SequencedPair{OwnedFd(ends[0]), OwnedFd(ends[1])};
}

Result<void> sendPacket(int line, const void* head, std::size_t headBytes, std::string_view rest,
    std::span<const int> descriptors)
{
    std::array<iovec, 2> parts{
        {{const_cast<void*>(head), headBytes}, {const_cast<char*>(rest.data()), rest.size()}}};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(kMostDescriptors * sizeof(int))> beside{};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    if (!descriptors.empty()) {
        message.msg_control = beside.data();
        message.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
        cmsghdr* control = CMSG_FIRSTHDR(&message);
        control->cmsg_level = SOL_SOCKET;
        control->cmsg_type = SCM_RIGHTS;
        control->cmsg_len = CMSG_LEN(descriptors.size_bytes());
        std::memcpy(CMSG_DATA(control), descriptors.data(), descriptors.size_bytes());
    }
    while (::sendmsg(line, &message, MSG_NOSIGNAL) < 0) {
        if (errno != EINTR)
            return systemError("sendmsg");
    }
    return {};
}

Result<ReceivedPacket> receivePacket(int line, void* head, std::size_t headBytes)
{
    ReceivedPacket packet;
    packet.rest.resize(kMostMessageBytes);
    std::array<iovec, 2> parts{{{head, headBytes}, {packet.rest.data(), packet.rest.size()}}};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(kMostDescriptors * sizeof(int))> beside{};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    message.msg_control = beside.data();
    message.msg_controllen = beside.size();
    ssize_t count = -1;
    while ((count = ::recvmsg(line, &message, MSG_CMSG_CLOEXEC)) < 0) {
        if (errno != EINTR)
            return systemError("recvmsg");
    }
    const auto received = static_cast<std::size_t>(count);
    packet.isEnd = received < headBytes;
    packet.rest.resize(received > headBytes ? received - headBytes : 0);
    for (cmsghdr* control = CMSG_FIRSTHDR(&message); control != nullptr;
         control = CMSG_NXTHDR(&message, control)) {
        if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS)
            continue;
        std::vector<int> numbers((control->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        std::memcpy(numbers.data(), CMSG_DATA(control), numbers.size() * sizeof(int));
        for (const int number : numbers)
            packet.descriptors.emplace_back(number);
    }
    return packet;
}

// The library's own fork cannot make a child of the parent, so the kernel is asked directly, and
// told where the library keeps the number of the thread: robust and recursive locks look there.
Result<pid_t> forkWithPidfd(unsigned long flags, int& pidfd)
{
    int* threadNumber = nullptr;
    if (::prctl(PR_GET_TID_ADDRESS, &threadNumber, 0, 0, 0) != 0 || threadNumber == nullptr)
        return Error{ErrorKind::NotSupported, 0, "prctl PR_GET_TID_ADDRESS", {}};
        // The order of the last two arguments is that of all architectures but x86-64.
#if defined(__x86_64__)
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
    return static_cast<pid_t>(pid);
}

void serveForks(int line)
{
    closeAllBut(line);
    resetSignalActions();
    while (true) {
        ForkRequest request{};
        Result<ReceivedPacket> packet = receivePacket(line, &request, sizeof request);
        if (!packet || packet->isEnd)
            ::_exit(packet ? 0 : 1);
        answerRequest(line, request, *packet);
    }
}

} // namespace heddle

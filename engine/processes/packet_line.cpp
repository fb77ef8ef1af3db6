// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/packet_line.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <sys/socket.h>

namespace heddle {

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

} // namespace heddle

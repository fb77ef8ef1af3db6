// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/pipe.h"

#include <array>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace heddle {

Result<Pipe> Pipe::create()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return systemError("pipe2");
    return Pipe{OwnedFd(ends[0]), OwnedFd(ends[1])};
}

Result<SocketPair> SocketPair::create()
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return systemError("socketpair");
    return SocketPair{OwnedFd(ends[0]), OwnedFd(ends[1])};
}

Result<void> makeNonBlocking(int fd)
{
    const int flags = ::fcntl(fd, F_GETFL);
    if (flags < 0 || ::fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0)
        return systemError("fcntl F_SETFL");
    return {};
}

} // namespace heddle

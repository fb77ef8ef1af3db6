// SPDX-License-Identifier: Apache-2.0
#include "engine/processes/pipe.h"

#include <array>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace heddle {

Result<void> moveAboveStreams(OwnedFd& fd)
{
    constexpr int kFirstAbove = 3;
    if (!fd || fd.get() >= kFirstAbove)
        return {};
    OwnedFd moved(::fcntl(fd.get(), F_DUPFD_CLOEXEC, kFirstAbove));
    if (!moved)
        return systemError("fcntl F_DUPFD_CLOEXEC");
    fd = std::move(moved);
    return {};
}

Result<Pipe> Pipe::create()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return systemError("pipe2");
    Pipe pipe{OwnedFd(ends[0]), OwnedFd(ends[1])};
    for (OwnedFd* end : {&pipe.reader, &pipe.writer}) {
        if (Result<void> moved = moveAboveStreams(*end); !moved)
            return moved.error();
    }
    return pipe;
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

// SPDX-License-Identifier: GPL-3.0-only
#include "app/display.h"

#include "engine/base/owned_fd.h"

#include <QByteArray>

#include <algorithm>
#include <cstddef>
#include <string>

#include <sys/socket.h>
#include <sys/un.h>

namespace heddle::app {

namespace {

/// Whether somebody listens at this socket; `isAbstract`: in the kernel's name space, not a file.
enum class SocketName
{
    Path,
    Abstract
};

bool answers(const std::string& path, SocketName kind)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::size_t first = kind == SocketName::Abstract ? 1 : 0;
    if (path.size() + first >= sizeof(address.sun_path))
        return false;
    std::copy(path.begin(), path.end(), std::begin(address.sun_path) + first);
    const OwnedFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto length =
        static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + first + path.size());
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the form that connect(2) asks for
    return socket && ::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), length) == 0;
}

bool xServerAnswers(const std::string& display)
{
    if (display.empty())
        return false;
    const bool isLocal = display.front() == ':' || display.rfind("unix:", 0) == 0;
    if (!isLocal)
        return true; // of another machine: only connecting would tell
    std::string number = display.substr(display.find(':') + 1);
    number = number.substr(0, number.find('.'));
    const std::string path = "/tmp/.X11-unix/X" + number;
    return answers(path, SocketName::Abstract) || answers(path, SocketName::Path);
}

bool waylandAnswers(const std::string& display)
{
    if (display.empty())
        return false;
    if (display.front() == '/')
        return answers(display, SocketName::Path);
    const std::string folder = qgetenv("XDG_RUNTIME_DIR").toStdString();
    return answers(folder + "/" + display, SocketName::Path);
}

} // namespace

bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")
        || xServerAnswers(qgetenv("DISPLAY").toStdString())
        || waylandAnswers(qgetenv("WAYLAND_DISPLAY").toStdString());
}

} // namespace heddle::app

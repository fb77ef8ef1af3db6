// SPDX-License-Identifier: Apache-2.0
#include "engine/run/window_line.h"

#include "engine/processes/pipe.h"

#include <array>
#include <cerrno>
#include <optional>

#include <poll.h>
#include <sys/socket.h>

namespace heddle {

namespace {

constexpr std::size_t kFullAt = std::size_t{1024} * 1024;

} // namespace

WindowLine::WindowLine(int fd)
    : m_fd(fd)
    , m_isClosed(!makeNonBlocking(fd))
{
}

void WindowLine::send(const RunMessage& message)
{
    if (m_isClosed)
        return;
    if (m_position == m_bytes.size()) {
        m_bytes.clear();
        m_position = 0;
    }
    m_bytes += encodeMessage(message);
}

void WindowLine::pump()
{
    while (hasRest()) {
        const ssize_t count =
            ::send(m_fd, m_bytes.data() + m_position, m_bytes.size() - m_position, MSG_NOSIGNAL);
        if (count >= 0) {
            m_position += static_cast<std::size_t>(count);
        } else if (errno != EINTR) {
            m_isClosed = m_isClosed || errno != EAGAIN;
            break;
        }
    }
    if (m_isClosed) {
        m_bytes.clear();
        m_position = 0;
    } else if (m_position > kFullAt) {
        m_bytes.erase(0, m_position);
        m_position = 0;
    }
}

void WindowLine::flush(Deadline deadline)
{
    pump();
    while (hasRest() && !deadline.isOver()) {
        pollfd descriptor{m_fd, POLLOUT, 0};
        static_cast<void>(::poll(&descriptor, 1, 10));
        pump();
    }
}

bool WindowLine::isFull() const
{
    return m_bytes.size() - m_position > kFullAt;
}

std::vector<ControlWish> WindowLine::wishes()
{
    std::array<char, 256> bytes{};
    const ssize_t count = ::recv(m_fd, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count > 0)
        m_wishes.append(bytes.data(), static_cast<std::size_t>(count));
    std::vector<ControlWish> wishes;
    while (const std::optional<ControlWish> wish = takeWish(m_wishes))
        wishes.push_back(*wish);
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) {
        m_isClosed = true;
        wishes.push_back({ControlMessage::Stop});
    }
    return wishes;
}

} // namespace heddle

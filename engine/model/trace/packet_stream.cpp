// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/packet_stream.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace heddle {

namespace {

constexpr std::size_t kWindowBytes = 128UL * 1024; // stays in the processor's cache
constexpr std::size_t kLargestPacket = 64UL * 1024 * 1024;
constexpr char kPacketTag = 0x0a; // field 1, length-delimited
constexpr std::size_t kLongestVarint = 10;

} // namespace

PacketStream::PacketStream(OwnedFd fd, std::string path)
    : m_fd(std::move(fd))
    , m_path(std::move(path))
    , m_window(kWindowBytes)
{
}

Result<PacketStream> PacketStream::open(const std::string& path)
{
    OwnedFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd)
        return systemError("open", path);
    // A directory opens but cannot be read.
    char nothing = 0;
    if (::read(fd.get(), &nothing, 0) < 0)
        return systemError("read", path);
    return PacketStream(std::move(fd), path);
}

Result<void> PacketStream::rewind()
{
    if (::lseek(m_fd.get(), 0, SEEK_SET) != 0)
        return systemError("lseek", m_path);
    m_filled = 0;
    m_position = 0;
    m_windowOffset = 0;
    m_isAtEnd = false;
    m_damage.clear();
    return {};
}

/// Makes `bytes` from the current position stand in the window, if the file has as many.
bool PacketStream::have(std::size_t bytes)
{
    while (m_filled - m_position < bytes && !m_isAtEnd) {
        if (m_position > 0) {
            std::memmove(m_window.data(), m_window.data() + m_position, m_filled - m_position);
            m_filled -= m_position;
            m_windowOffset += m_position;
            m_position = 0;
        }
        if (m_filled == m_window.size())
            m_window.resize(m_window.size() * 2);
        const ssize_t count =
            ::read(m_fd.get(), m_window.data() + m_filled, m_window.size() - m_filled);
        if (count > 0)
            m_filled += static_cast<std::size_t>(count);
        else if (count == 0)
            m_isAtEnd = true;
        else if (errno != EINTR) {
            m_isAtEnd = true;
            m_damage = systemError("read", m_path).text();
        }
    }
    return m_filled - m_position >= bytes;
}

/// Reads a length at `position` from the current one on, and moves behind it.
std::optional<std::uint64_t> PacketStream::lengthAt(std::size_t& position)
{
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < kLongestVarint; ++i) {
        if (!have(position + 1))
            return std::nullopt;
        const auto byte = static_cast<unsigned char>(m_window[m_position + position++]);
        length |= std::uint64_t{byte & 0x7fU} << (7 * i);
        if ((byte & 0x80U) == 0)
            return length;
    }
    return std::nullopt;
}

std::optional<PacketStream::Packet> PacketStream::damaged(const char* what)
{
    if (m_damage.empty())
        m_damage = "byte " + std::to_string(offset()) + ": " + what;
    return std::nullopt;
}

/// The next packet if all of it stands in the window, as nearly all do.
std::optional<PacketStream::Packet> PacketStream::nextInWindow()
{
    if (m_filled - m_position <= kLongestVarint || m_window[m_position] != kPacketTag)
        return std::nullopt;
    const std::string_view rest(m_window.data() + m_position + 1, m_filled - m_position - 1);
    std::uint64_t size = 0;
    std::size_t header = 0;
    bool hasMore = true;
    for (; hasMore && header < kLongestVarint; ++header) {
        const auto byte = static_cast<unsigned char>(rest[header]);
        size |= std::uint64_t{byte & 0x7fU} << (7 * header);
        hasMore = (byte & 0x80U) != 0;
    }
    if (hasMore || size > std::min(rest.size() - header, kLargestPacket))
        return std::nullopt;
    const Packet packet{rest.substr(header, size), offset()};
    m_position += 1 + header + size;
    return packet;
}

std::optional<PacketStream::Packet> PacketStream::next()
{
    if (auto packet = nextInWindow())
        return packet;
    if (!m_damage.empty() || !have(1))
        return std::nullopt;
    if (m_window[m_position] != kPacketTag)
        return damaged("no packet of a trace begins here");
    std::size_t header = 1;
    const auto length = lengthAt(header);
    if (!length)
        return damaged("the file ends inside a packet");
    if (*length > kLargestPacket)
        return damaged("a packet claims to be larger than 64 MiB");
    const auto size = static_cast<std::size_t>(*length);
    if (!have(header + size))
        return damaged("the file ends inside a packet");
    Packet packet;
    packet.offset = offset();
    packet.bytes = std::string_view(m_window.data() + m_position + header, size);
    m_position += header + size;
    return packet;
}

} // namespace heddle

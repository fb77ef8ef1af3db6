// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/owned_fd.h"
#include "engine/base/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

/// The packets of a Perfetto trace file, one after the other, through a window of the file.
///
/// The window grows only with bytes that are really there, up to the largest packet (64 MiB).
///
/// Threads: one thread at a time.
class PacketStream
{
public:
    struct Packet
    {
        std::string_view bytes; ///< valid until the next one is taken
        std::uint64_t offset = 0; ///< of the packet in the file
    };

    /// Errors: SystemCall with the path.
    [[nodiscard]] static Result<PacketStream> open(const std::string& path);

    /// The next packet, or nothing at the end or where the file is damaged.
    [[nodiscard]] std::optional<Packet> next();

    /// What is wrong and at which byte; empty if nothing is.
    [[nodiscard]] const std::string& damage() const { return m_damage; }

    /// Back to the first packet. Errors: SystemCall if the file is a pipe.
    [[nodiscard]] Result<void> rewind();

private:
    PacketStream(OwnedFd fd, std::string path);
    [[nodiscard]] std::optional<Packet> nextInWindow();
    [[nodiscard]] bool have(std::size_t bytes);
    [[nodiscard]] std::optional<std::uint64_t> lengthAt(std::size_t& position);
    [[nodiscard]] std::optional<Packet> damaged(const char* what);
    [[nodiscard]] std::uint64_t offset() const { return m_windowOffset + m_position; }

    OwnedFd m_fd;
    std::string m_path;
    std::vector<char> m_window;
    std::size_t m_filled = 0;
    std::size_t m_position = 0;
    std::uint64_t m_windowOffset = 0; ///< where the window begins in the file
    bool m_isAtEnd = false;
    std::string m_damage;
};

} // namespace heddle

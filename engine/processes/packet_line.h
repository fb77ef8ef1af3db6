// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/owned_fd.h"
#include "engine/base/result.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

constexpr std::size_t kMostMessageBytes = std::size_t{64} * 1024; ///< after the head of a packet
constexpr std::size_t kMostDescriptors = 253; ///< beside a packet: as many as the kernel takes

/// A line that keeps packets apart, closed on exec.
struct SequencedPair
{
    OwnedFd first;
    OwnedFd second;
    [[nodiscard]] static Result<SequencedPair> create();
};

struct ReceivedPacket
{
    bool isEnd = false; ///< nobody is at the other side
    std::string rest; ///< what follows the head
    std::vector<OwnedFd> descriptors;
};

/// Sends a head and what follows it as one packet: the whole of it or nothing. Never raises SIGPIPE; waits
/// while the line is full.
///
/// Errors:  SystemCall (EPIPE: nobody is at the other side).
/// Threads: any thread.
/// Source:  unix(7) SOCK_SEQPACKET, SCM_RIGHTS.
[[nodiscard]] Result<void> sendPacket(int line, const void* head, std::size_t headBytes,
    std::string_view rest, std::span<const int> descriptors = {});

/// Waits for a packet and puts its first bytes into `head`.
///
/// Errors:  SystemCall (ECONNRESET: the other side has gone and left something unread).
/// Threads: any thread.
[[nodiscard]] Result<ReceivedPacket> receivePacket(int line, void* head, std::size_t headBytes);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/owned_fd.h"
#include "engine/base/result.h"
#include "engine/processes/fork_server.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace heddle {

// The two sides of a fork server's line, and what they say to each other.

constexpr std::size_t kMostMessageBytes = std::size_t{64} * 1024;
constexpr std::size_t kMostDescriptors = 64;

/// Followed by the message; the descriptors lie beside it.
struct ForkRequest
{
    ForkServer::Main main;
    std::size_t messageBytes;
};

/// With the pidfd beside it.
struct ForkAnswer
{
    pid_t pid = -1; ///< -1: `systemErrno` of clone
    int systemErrno = 0;
};

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

/// Sends a head and what follows it as one packet. Never raises SIGPIPE.
[[nodiscard]] Result<void> sendPacket(int line, const void* head, std::size_t headBytes,
    std::string_view rest, std::span<const int> descriptors);

/// Waits for a packet and puts its first bytes into `head`.
[[nodiscard]] Result<ReceivedPacket> receivePacket(int line, void* head, std::size_t headBytes);

/// Forks the calling thread, and 0 is the result in the child. Only for a process with one thread.
///
/// With CLONE_PARENT in `flags` the child becomes one of this process's parent. Signals the end by
/// SIGCHLD as usual.
///
/// Errors:  SystemCall of clone; NotSupported if the kernel cannot say where the C library keeps
///          the number of the thread, which has to be renewed in the child.
/// Threads: the only thread of its process.
/// Source:  clone(2), prctl(2) PR_GET_TID_ADDRESS.
[[nodiscard]] Result<pid_t> forkWithPidfd(unsigned long flags, int& pidfd);

/// The server's life: answers requests until the line ends.
[[noreturn]] void serveForks(int line);

} // namespace heddle

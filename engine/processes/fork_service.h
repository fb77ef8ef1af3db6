// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "engine/processes/fork_server.h"

#include <cstddef>

#include <sys/types.h>

namespace heddle {

// The two sides of a fork server's line, and what they say to each other.

/// The head of each packet of a request, followed by a piece of the message; some of the descriptors lie
/// beside it.
struct ForkRequest
{
    enum class Part
    {
        More, ///< another packet follows
        Last,
        Withdrawn ///< what came before is to be forgotten, and there is no answer
    };
    ForkServer::Main main;
    ForkServer::Beginning beginning;
    std::size_t descriptors; ///< in all
    Part part;
};

/// With the pidfd beside it.
struct ForkAnswer
{
    pid_t pid = -1; ///< -1: `systemErrno` of clone
    int systemErrno = 0; ///< EMFILE: the server has no room for the descriptors
};

/// What the system calls a fork server, as its name in /proc.
inline constexpr const char* kForkServerName = "fork server";

/// Forks the calling thread, and 0 is the result in the child. Only for a process with one thread.
///
/// With CLONE_PARENT in `flags` the child becomes one of this process's parent. Signals the end by
/// SIGCHLD as usual.
///
/// Errors:  SystemCall of clone; NotSupported if the kernel cannot say where the C library keeps
///          the number of the thread, which has to be renewed in the child.
/// Threads: the only thread of its process.
/// Source:  clone(2), prctl(2) PR_GET_TID_ADDRESS, get_robust_list(2).
[[nodiscard]] Result<pid_t> forkWithPidfd(unsigned long flags, int& pidfd);

/// The server's life: answers requests until the line ends.
[[noreturn]] void serveForks(int line);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/owned_fd.h"
#include "engine/base/result.h"

namespace heddle {

/// Both ends of a pipe, closed on exec from their creation on.
struct Pipe
{
    OwnedFd reader;
    OwnedFd writer;

    /// Errors:  SystemCall (EMFILE: this process has too many descriptors).
    /// Threads: any thread.
    [[nodiscard]] static Result<Pipe> create();
};

/// Both ends of a stream in two directions, closed on exec from their creation on.
struct SocketPair
{
    OwnedFd first;
    OwnedFd second;

    /// Errors:  SystemCall (EMFILE: this process has too many descriptors).
    /// Threads: any thread.
    [[nodiscard]] static Result<SocketPair> create();
};

/// Makes reads and writes of the descriptor return EAGAIN where they would wait.
///
/// The setting belongs to the open file, so it holds for everybody who shares it.
[[nodiscard]] Result<void> makeNonBlocking(int fd);

} // namespace heddle

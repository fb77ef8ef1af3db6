// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/owned_fd.h"
#include "engine/base/result.h"

namespace heddle {

/// Gives a descriptor that lies at 0, 1 or 2, because that one is closed, a number above: a child would
/// take it there for a standard stream.
///
/// Errors:  SystemCall (EMFILE: this process has too many descriptors).
/// Threads: any thread.
[[nodiscard]] Result<void> moveAboveStreams(OwnedFd& fd);

/// Both ends of a pipe, closed on exec from their creation on, and above the standard streams.
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

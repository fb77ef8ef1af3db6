// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/processes/child_stack.h"

#include <sys/types.h>

namespace heddle {

/// What a child does from its birth until exec.
struct ChildWork
{
    int (*function)(void*) = nullptr; ///< does not return unless exec fails; then its exit code
    void* argument = nullptr;
};

struct ClonedChild
{
    pid_t pid = -1;
    int pidfd = -1; ///< closed on exec; the caller's to close
    int systemErrno = 0; ///< if there is no child
};

/// Makes a child and sleeps until it has called exec or ended. It borrows this process's memory, or
/// gets a copy of it, as the kind of its stack says.
///
/// Threads: any thread; no handler of a signal may run meanwhile.
/// Source:  clone(2) CLONE_VM, CLONE_VFORK and CLONE_PIDFD.
[[nodiscard]] ClonedChild cloneChild(ChildWork work, const ChildStack& stack);

/// The same for a child that borrows the memory, and in which every signal that has a handler here
/// has its default action from the start; what is ignored here is ignored there.
///
/// Errors:  ENOSYS where Heddle does not know how (other processors than x86-64) or the kernel does
///          not; EINVAL where the kernel is older than 5.5; EPERM or ENOSYS from a container's filter.
/// Source:  clone(2) CLONE_CLEAR_SIGHAND.
[[nodiscard]] ClonedChild cloneChildWithoutHandlers(ChildWork work, const ChildStack& stack);

} // namespace heddle

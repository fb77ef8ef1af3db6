// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"

#include <span>
#include <vector>

#include <sys/types.h>

namespace heddle {

/// Sends a signal to every process of the group. A group that has gone is no error.
///
/// Errors:  SystemCall (EPERM: none of its processes may be signalled).
/// Threads: any thread.
/// Source:  kill(2).
[[nodiscard]] Result<void> signalGroup(pid_t group, int signal);

/// From now on descendants whose parent dies become children of this process, not of init.
///
/// Threads: any thread; it holds for the process and is not inherited.
/// Source:  prctl(2), PR_SET_CHILD_SUBREAPER.
[[nodiscard]] Result<void> adoptOrphans();

/// The processes whose parent is this process now, ended ones that nobody has reaped included.
///
/// Threads: any thread.
/// Source:  proc(5): as childrenOf().
[[nodiscard]] std::vector<pid_t> ownChildren();

/// Kills and reaps every child of this process but the spared ones, and with adoptOrphans() their
/// descendants as they are orphaned, whatever group or session they are in.
///
/// Result:  whether none is left at the deadline.
/// Threads: one thread at a time; nobody else may wait for the same children.
[[nodiscard]] bool endDescendants(Deadline deadline, std::span<const pid_t> spared = {});

} // namespace heddle

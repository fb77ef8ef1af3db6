// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace heddle {

// What /proc says of a process, for this folder's own use.

/// The numbers among the names of a directory: processes of /proc, threads of a task folder.
///
/// Threads: any thread, as all of these.
/// Source:  proc(5).
[[nodiscard]] std::vector<pid_t> numbersIn(const char* path);

/// The first fields of a `stat` file.
struct ProcessStat
{
    std::string name; ///< at most 15 characters
    char state = 0; ///< 'R', 'S', 'Z', …; 0: there is no such process
    pid_t parent = 0;
};

/// Of a folder of a process ("/proc/12"), or of one of its threads ("/proc/12/task/13").
[[nodiscard]] ProcessStat readStat(const std::string& folder);

/// The processes whose parent is this one now, ended ones that nobody has reaped included.
///
/// While one of them ends, others may be missed.
///
/// Threads: any thread.
/// Source:  proc(5): /proc/[pid]/task/[tid]/children, or the stat of all where the kernel lacks it.
[[nodiscard]] std::vector<pid_t> childrenOf(pid_t process);

} // namespace heddle

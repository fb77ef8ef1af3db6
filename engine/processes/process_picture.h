// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include <sys/types.h>

namespace heddle {

/// An end of a pipe that a process has open. One that is open for both is there twice.
struct OpenPipeEnd
{
    int fd = -1;
    std::uint64_t inode = 0; ///< which pipe
    bool isWriter = false;
};

/// A process as /proc shows it at one moment.
struct ProcessPicture
{
    /// What all of it sleeps in: None if it does anything else, or may.
    enum class Sleep : std::uint8_t
    {
        None,
        ReadingPipe,
        WritingPipe,
        AwaitingChildren,
    };

    pid_t process = 0;
    pid_t parent = 0;
    bool isOver = false; ///< it has ended: a zombie
    bool isWhole = false; ///< everything below was there to read
    std::uint64_t moves = 0; ///< times it gave a processor up; the same: it has done nothing since
    Sleep sleep = Sleep::None;
    std::uint64_t sleepsAt = 0; ///< inode of that pipe
    std::vector<OpenPipeEnd> pipeEnds;
};

/// All descendants of a process, those first that are nearer to it, each at a moment of its own: who
/// needs to be sure looks twice and compares.
///
/// Fork servers are left out: they have neither pipes nor children, and do nothing by themselves.
///
/// A process that has more threads than one, a timer, a handler for SIGALRM alone or a signal that it has
/// still to deal with is never said to sleep. Not to be seen is an alarm that would end it.
///
/// Threads: any thread.
/// Source:  proc(5): stat, status, syscall, fd, timers and children.
[[nodiscard]] std::vector<ProcessPicture> picturesBelow(pid_t ancestor);

/// Whether the thread sleeps in the kernel and no signal is on its way to it: one that was woken and has
/// no processor yet does not.
///
/// Source: proc(5): /proc/[pid]/task/[tid]/stat and status.
[[nodiscard]] bool isThreadAsleep(pid_t process, pid_t thread);

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/processes/subprocess.h"

#include <span>
#include <string_view>

namespace heddle {

/// A helper process with one thread that forks on request, so that a program with many threads gets
/// children in which no lock is held by a thread that is not there.
///
/// It is a copy of this process as it was at start(), holds no descriptor above 2 but its line to
/// this process, and ends when that line does. It blocks all signals and has a group of its own, so that
/// none that is meant for others ends it. What it forks are children of this process, not of the server,
/// so they outlive it and are waited for as all others.
///
/// Threads: any thread.
/// Source:  clone(2) CLONE_PARENT, unix(7) SCM_RIGHTS.
class ForkServer
{
public:
    /// What a forked process does. The descriptors are its own and it gives its exit code.
    using Main = int (*)(std::string_view message, std::span<const int> descriptors);

    /// What else a forked process begins with.
    struct Beginning
    {
        enum class Signals
        {
            Open, ///< none is blocked
            Blocked ///< all are, until it has set what they are to do
        };
        Signals signalMask = Signals::Open;
        pid_t group = 0; ///< that it joins; 0: one of its own
    };

    /// Errors:  NotSupported if this process has a second thread already, or the kernel cannot say
    ///          where the C library keeps a thread's number; SystemCall of socketpair or clone.
    [[nodiscard]] static Result<ForkServer> start();

    ForkServer(ForkServer&& other) noexcept;
    ForkServer& operator=(ForkServer&& other) noexcept;
    ForkServer(const ForkServer&) = delete;
    ForkServer& operator=(const ForkServer&) = delete;
    ~ForkServer();

    /// Makes a process that calls `main`, which must be a function this program had at start().
    ///
    /// The process gets copies of the descriptors and default signal dispositions.
    ///
    /// Errors:  ChildGone if the server has died (start another one while there is one thread);
    ///          SystemCall of its clone (EAGAIN) or of the line (EMFILE: too many descriptors for the
    ///          server; ETOOMANYREFS: for the system).
    [[nodiscard]] Result<Subprocess> fork(
        Main main, std::string_view message, std::span<const int> descriptors, Beginning beginning);
    [[nodiscard]] Result<Subprocess> fork(
        Main main, std::string_view message, std::span<const int> descriptors = {});

    /// The server's own process.
    [[nodiscard]] pid_t pid() const;

private:
    struct State;
    explicit ForkServer(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace heddle

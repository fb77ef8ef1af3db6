// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/owned_fd.h"
#include "engine/base/result.h"
#include "engine/processes/child_clone.h"
#include "engine/processes/spawn_options.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace heddle {

struct SpawnedProcess
{
    pid_t pid = -1;
    OwnedFd pidfd;
    std::array<OwnedFd, 3> pipeEnds{}; ///< this process's ends of the pipes to 0–2
};

/// Everything a child needs between its birth and exec, made ready in the parent, so that the child
/// allocates nothing and calls only what is safe in a signal handler.
///
/// Threads: one thread at a time.
/// Source:  clone(2), pidfd_open(2), execve(2), signal-safety(7).
class SpawnPlan
{
public:
    [[nodiscard]] static Result<SpawnPlan> prepare(const SpawnOptions& options);

    /// Makes the child; returns when it has called exec, or could not.
    ///
    /// The child borrows this process's memory until then (CLONE_VM), so nothing is copied. It gets
    /// a copy if a hook is to run in it, whose writes must not reach this process, or if it takes
    /// other rights, since the kernel would mark the shared memory as not to be looked into. In both
    /// cases this thread sleeps meanwhile, and finds what failed in a page that is shared. A child that
    /// is made by the caller's fork is waited for at a pipe which its exec closes.
    [[nodiscard]] Result<SpawnedProcess> carryOut();

private:
    [[nodiscard]] Result<SpawnedProcess> carryOutForked();
    SpawnPlan() = default;
    struct Strings
    {
        std::vector<std::string> texts;
        std::vector<char*> pointers; ///< ends with null
    };
    struct Report
    {
        const char* operation = nullptr; ///< a literal, so its address holds in both processes
        int systemErrno = 0;
    };
    static Strings makeStrings(std::vector<std::string> texts);

    // In the parent:
    Result<void> setProgram(const SpawnOptions& options);
    Result<void> setEnvironment(const SpawnOptions& options);
    Result<void> setRights(const SpawnOptions& options);
    Result<void> setPassedFds(const SpawnOptions& options);
    Result<void> setStreams(const SpawnOptions& options);
    Result<void> setStream(
        std::size_t stream, const Redirection& redirection, const SpawnOptions& options);
    Result<void> setPipe(std::size_t stream, std::optional<int> sizeBytes);
    Result<void> setFile(std::size_t stream, const Redirection& redirection);
    [[nodiscard]] bool sharesMemory() const;
    [[nodiscard]] ClonedChild makeChild(const ChildStack& stack);
    [[nodiscard]] Error failure(const Report& report) const;
    [[nodiscard]] Result<SpawnedProcess> outcome(pid_t pid, OwnedFd pidfd);

    // In the child:
    static int childMain(void* plan);
    int becomeProgram();
    bool fail(const char* operation, int systemErrno);
    bool moveDescriptors();
    bool enterPlace();
    bool takeRights();
    bool runHook();
    bool closeOthers();
    bool resetSignals();
    void execute();

    std::unique_ptr<Strings> m_arguments;
    std::unique_ptr<Strings> m_environment; ///< null: inherited
    std::string m_program; ///< as it was asked for
    std::vector<std::string> m_candidates; ///< paths to try
    std::string m_workingDirectory;
    std::array<OwnedFd, 3> m_childEnds; ///< opened for the child
    std::array<OwnedFd, 3> m_parentEnds;
    std::array<int, 3> m_sources{-1, -1, -1}; ///< what 0–2 become; -1: as they are
    bool m_errorJoinsOutput = false;
    std::vector<int> m_passed; ///< in ascending order
    bool m_closesOthers = true;
    ProcessGroup m_group = ProcessGroup::Own;
    pid_t m_givenGroup = 0;
    std::optional<uid_t> m_user;
    std::optional<gid_t> m_userGroup;
    std::optional<std::vector<gid_t>> m_extraGroups;
    std::optional<mode_t> m_fileModeMask;
    SpawnOptions::SignalActions m_signalActions = SpawnOptions().signalActions;
    unsigned long m_signalMask = 0; ///< in the kernel's form
    bool m_inheritsSignalMask = false;
    bool m_hasNoHandlers = false; ///< the child, from its birth on
    std::function<int()> m_beforeExec;
    std::function<pid_t()> m_fork;
    Report* m_report = nullptr; ///< written by the child
};

} // namespace heddle

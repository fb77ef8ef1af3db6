// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/owned_fd.h"
#include "engine/base/result.h"
#include "engine/processes/spawn_options.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

namespace heddle {

struct SpawnedProcess
{
    pid_t pid = -1;
    OwnedFd pidfd;
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
    /// The child borrows this process's memory until then (CLONE_VM), so nothing is copied, and its
    /// errno simply lies in this object when the parent goes on.
    ///
    /// Errors: SystemCall, of this process or of the child.
    [[nodiscard]] Result<SpawnedProcess> carryOut();

private:
    SpawnPlan() = default;
    static int childMain(void* plan);
    int becomeProgram();
    bool fail(const char* operation, int systemErrno);
    bool moveDescriptors();
    bool closeOthers();
    bool resetSignals();
    void execute();

    struct Strings
    {
        std::vector<std::string> texts;
        std::vector<char*> pointers; ///< ends with null
    };
    static Strings makeStrings(std::vector<std::string> texts);

    std::unique_ptr<Strings> m_arguments;
    std::unique_ptr<Strings> m_environment; ///< null: inherited
    std::vector<std::string> m_candidates; ///< paths to try
    std::string m_workingDirectory;
    OwnedFd m_null;
    std::array<int, 3> m_sources{-1, -1, -1}; ///< what 0–2 become; -1: as they are
    bool m_errorJoinsOutput = false;
    std::vector<int> m_passed; ///< in ascending order
    ProcessGroup m_group = ProcessGroup::Own;
    const char* m_failedOperation = nullptr; ///< written by the child
    int m_childErrno = 0; ///< likewise
};

} // namespace heddle

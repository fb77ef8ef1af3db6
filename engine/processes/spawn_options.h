// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace heddle {

/// Where one of the descriptors 0–2 of a new process leads.
struct Redirection
{
    enum class Goes
    {
        Inherited, ///< where this process's own leads
        ToNull, ///< /dev/null
        ToDescriptor, ///< a copy of `fd`
        ToStdout, ///< stderr only: where the new process's stdout leads
    };
    Goes goes = Goes::Inherited;
    int fd = -1; ///< stays the caller's
};

enum class ProcessGroup
{
    Own,
    OfParent
};

/// How a process is to be started.
///
/// Threads: a plain value; one thread at a time.
struct SpawnOptions
{
    /// The program and its arguments. A name without a slash is looked for in the PATH of the new
    /// process's environment.
    std::vector<std::string> arguments;
    std::optional<std::vector<std::pair<std::string, std::string>>>
        environment; ///< nothing: inherited
    std::string workingDirectory; ///< empty: inherited
    Redirection standardInput;
    Redirection standardOutput;
    Redirection standardError;
    std::vector<int> passedFds; ///< 3 and above; they keep their numbers, all others are closed
    ProcessGroup group = ProcessGroup::Own;
};

} // namespace heddle

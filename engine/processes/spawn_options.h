// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <sys/types.h>

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
        ToPipe, ///< a new pipe, whose other end the Subprocess holds
        ToFile, ///< the file at `path`, opened by this process in its own folder
    };
    enum class File
    {
        Replaced, ///< made if missing, emptied if not
        Appended, ///< made if missing, written at its end
    };
    Goes goes = Goes::Inherited;
    int fd = -1; ///< stays the caller's
    std::string path{};
    File file = File::Replaced; ///< for output; input is only read

    [[nodiscard]] static Redirection toNull() { return {Goes::ToNull}; }
    [[nodiscard]] static Redirection toPipe() { return {Goes::ToPipe}; }
    [[nodiscard]] static Redirection toStdout() { return {Goes::ToStdout}; }
    [[nodiscard]] static Redirection toDescriptor(int fd) { return {Goes::ToDescriptor, fd}; }
    [[nodiscard]] static Redirection toFile(std::string path, File file = File::Replaced)
    {
        return {Goes::ToFile, -1, std::move(path), file};
    }
};

enum class ProcessGroup
{
    Own,
    OfParent,
    Given, ///< that of SpawnOptions::givenGroup
    OwnSession ///< a new session, and with it a group of its own
};

/// Names and values.
using EnvironmentVariables = std::vector<std::pair<std::string, std::string>>;

/// A copy of this process's environment, to be changed for a child.
///
/// Threads: any thread, as long as none sets a variable.
[[nodiscard]] EnvironmentVariables inheritedEnvironment();

/// A user or group: its number, or its name in the system's lists.
using Account = std::variant<std::int64_t, std::string>;

/// How a pipe to or from a child is buffered in this process.
enum class Buffering
{
    Block,
    Line, ///< what is written goes out with each line end
    None ///< nothing is kept back and nothing read ahead, so polling the descriptor tells the truth
};

/// How a process is to be started.
///
/// Threads: a plain value; one thread at a time.
/// Source:  execve(2), dup2(2), setsid(2), setpgid(2), setresuid(2), close_range(2), signal(7).
struct SpawnOptions
{
    enum class Interpreter
    {
        None, ///< `arguments` is the program and its arguments
        Shell, ///< `arguments` is a script for /bin/sh, then its $0, $1 …
    };
    enum class OtherDescriptors
    {
        Closed, ///< all above 2 that are not passed
        Kept ///< those without close-on-exec stay; not possible together with `passedFds`
    };
    enum class SignalActions
    {
        AllDefault, ///< nothing is ignored
        PipeDefault, ///< not SIGPIPE and SIGXFSZ; other signals ignored here stay ignored
        Inherited ///< what is ignored here is ignored there; handlers never survive exec
    };
    enum class SignalMask
    {
        Empty,
        Inherited
    };

    /// The program and its arguments. A name without a slash is looked for in the PATH of the new
    /// process's environment.
    std::vector<std::string> arguments{};
    std::optional<EnvironmentVariables> environment{}; ///< nothing: inherited
    std::string workingDirectory{}; ///< empty: inherited
    Redirection standardInput{};
    Redirection standardOutput{};
    Redirection standardError{};
    std::vector<int> passedFds{}; ///< 3 and above; they keep their numbers, all others are closed
    ProcessGroup group = ProcessGroup::Own;

    pid_t givenGroup = 0;
    Interpreter interpreter = Interpreter::None;
    std::string executable{}; ///< the file that is executed, or the shell; empty: arguments[0]
    OtherDescriptors otherDescriptors = OtherDescriptors::Closed;
    std::optional<int> pipeSizeBytes{}; ///< capacity of every pipe made; nothing: the system's
    Buffering buffering = Buffering::Block;

    std::optional<Account> user{};
    std::optional<Account> userGroup{};
    std::optional<std::vector<Account>> extraGroups{}; ///< empty: none
    std::optional<mode_t> fileModeMask{}; ///< umask

    SignalActions signalActions = SignalActions::PipeDefault;
    SignalMask signalMask = SignalMask::Empty;

    /// Runs in the child after its descriptors lie where they belong and before the others are
    /// closed; 0, or the errno that becomes the error of spawn ("beforeExec"). Only what
    /// signal-safety(7) allows may be called. What it throws becomes that error without an errno. What
    /// it says of signals holds: their actions and the mask are set before it. With a hook the memory of
    /// this process is copied for the child, which takes longer.
    std::function<int()> beforeExec{};

    /// As fork(2), with all locks free in the child that the hook may need. Then the child is made by it,
    /// and the hook may do whatever a process with one thread may; all signals are blocked meanwhile, and
    /// their actions and the mask are set afterwards. Nothing: the child is made by clone(2).
    std::function<pid_t()> fork{};
};

} // namespace heddle

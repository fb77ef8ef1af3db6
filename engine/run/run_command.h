// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/locks.h"
#include "engine/base/owned_fd.h"
#include "engine/processes/subprocess.h"
#include "engine/run/actor_table.h"
#include "engine/run/stream_end.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace heddle {

/// What the program has of a command's streams.
struct CommandStreams
{
    // Those ends that are the program's own; the others are closed from the start.
    std::unique_ptr<StreamWriter> input = std::make_unique<StreamWriter>();
    std::unique_ptr<StreamReader> output = std::make_unique<StreamReader>();
    std::unique_ptr<StreamReader> errorOutput = std::make_unique<StreamReader>();
    bool hasOutput = false;
    bool hasErrorOutput = false;

    // What the process wrote to streams that are not its own; read by the thread that watches it.
    OwnedFd inheritedOutput;
    OwnedFd inheritedErrorOutput;
};

/// What `communicate` still has to feed, so that nothing is lost when its time is over.
struct CommandFeed
{
    bool hasBegun = false;
    std::string rest;
};

/// A command that the program has started: its streams, and its process until somebody has taken its
/// exit code.
///
/// Threads: any thread.
class RunCommand
{
public:
    RunCommand(ActorRecord& record, std::string handle);

    [[nodiscard]] ActorRecord& record() { return m_record; }

    /// What its lines and its exit code are said by.
    [[nodiscard]] const std::string& handle() const { return m_handle; }

    [[nodiscard]] CommandStreams& streams() { return m_streams; }
    [[nodiscard]] CommandFeed& feed() { return m_feed; }

    /// The process is there, in a group of its own or that of this process. Before anybody else knows
    /// of the command.
    void setProcess(Subprocess process, ProcessGroup group);

    /// Becomes readable when the process has ended.
    [[nodiscard]] int pidfd() const { return m_process->pidfd(); }

    /// How the process ended, or nothing while it runs; it stays a zombie.
    [[nodiscard]] std::optional<ExitStatus> status();

    /// What the process, which has ended and is not reaped yet, has used of the processors; of a command with
    /// the children that it has waited for, which are nobody else's to tell of.
    [[nodiscard]] nanoseconds processorTime() const;

    /// Its group, also when it has ended.
    [[nodiscard]] pid_t group() const;

    /// From here on it has ended, for everybody. `recordIt` is called behind that, so that no recorded
    /// end is seen before it has happened, and before anybody can reap the process.
    void tellEnd(const std::function<void()>& recordIt);

    /// Takes the exit code of a process that has ended, once; until then it is a zombie.
    void reap();

    /// Kills the process and takes its exit code: nobody will ever know of the command.
    void end();

    /// False: there is no such process any more. Never reaches another one that got its number.
    [[nodiscard]] bool sendSignal(int signal);
    [[nodiscard]] bool sendSignalToGroup(int signal) const;

private:
    ActorRecord& m_record;
    std::string m_handle;
    CommandStreams m_streams;
    CommandFeed m_feed;
    std::optional<Subprocess> m_process;
    pid_t m_group = 0;
    InternalMutex m_mutex;
    bool m_isReaped HEDDLE_GUARDED_BY(m_mutex) = false;
};

/// The commands of a run, by their handles.
///
/// Threads: any thread. A command stays where it is until the process ends.
class CommandTable
{
public:
    RunCommand& add(ActorRecord& record, std::string handle);
    [[nodiscard]] RunCommand* find(std::int64_t handle) const; ///< null if there is none

private:
    mutable InternalMutex m_mutex;
    std::map<std::int64_t, std::unique_ptr<RunCommand>> m_commands HEDDLE_GUARDED_BY(m_mutex);
};

} // namespace heddle

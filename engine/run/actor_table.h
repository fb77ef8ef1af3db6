// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/locks.h"
#include "engine/base/strong_id.h"
#include "engine/model/kinds.h"
#include "engine/model/program/code.h"
#include "engine/run/process_lock.h"
#include "engine/run/shared_arena.h"

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

namespace heddle {

/// An actor (or timer) of the run, under its handle.
///
/// It lies in the memory of all processes of the program; those that were forked later know it.
///
/// Threads: the atomics any thread of any of them; the rest is written before the actor starts.
struct ActorRecord
{
    enum class Phase : std::uint32_t
    {
        NotStarted,
        Started,
        Finished,
        Failed,
        Cancelled, ///< a timer that never fired
    };

    enum class Fate : std::uint32_t
    {
        Pending,
        Cancelled,
        Fired,
    };

    std::int64_t handle = 0;
    std::string name;
    ActorKind kind = ActorKind::Thread;
    bool isMain = false;
    bool isDaemon = false;
    ActorId id; ///< in the recording
    std::atomic<std::uint32_t> phase{0}; ///< a Phase; also the futex that joins sleep on
    std::atomic<pid_t> process{0}; ///< that it is, or that its thread belongs to
    std::atomic<pid_t> thread{0}; ///< native id of an actor's thread, once it runs
    std::atomic<int> exitCode{0}; ///< of a command that has ended
    std::atomic<bool> isTaken{false}; ///< a declared one has been started
    std::atomic<std::uint32_t> fate{0}; ///< of a timer: a Fate; also the futex it sleeps on

    [[nodiscard]] bool hasEnded() const;
    [[nodiscard]] bool isAlive() const;

    /// Decides once what becomes of a timer; false if that was decided before.
    [[nodiscard]] bool decide(Fate decided);

    /// Sets the phase and wakes who waits for it.
    void moveTo(Phase next);
};

/// All actors of a run: their handles, names and how they stand.
///
/// Records stay where they are until the process ends.
///
/// Threads: any thread.
class ActorTable
{
public:
    /// Makes a record for each element of the actors that are declared without parameters, under
    /// the handles that the code gives them.
    ActorTable(const Code& code, SharedArena& arena);

    /// The declared instance, taken for its first start; null if it was started before.
    [[nodiscard]] ActorRecord* takeDeclared(std::int32_t declaration, std::int32_t element);

    /// A new record after all others. Names that were there before get "-2", "-3", ….
    [[nodiscard]] ActorRecord& add(ActorKind kind, const std::string& name, bool isDaemon);

    /// The same with a name that is taken as it is.
    [[nodiscard]] ActorRecord& addNamed(ActorKind kind, const std::string& name, bool isDaemon);

    [[nodiscard]] ActorRecord* find(std::int64_t handle) const; ///< null if there is none
    [[nodiscard]] std::int64_t handleOf(ActorId id) const; ///< -1 if there is none
    [[nodiscard]] std::vector<std::int64_t> liveThreads() const; ///< handles, in their order

    [[nodiscard]] std::vector<std::int64_t> liveProcesses() const;

    /// As fork(2), with the table whole in the child, whatever other threads do.
    [[nodiscard]] pid_t forkProcess();

private:
    [[nodiscard]] std::vector<std::int64_t> live(ActorKind kind) const;
    [[nodiscard]] ActorRecord& addLocked(ActorKind kind, std::string name, bool isDaemon)
        HEDDLE_REQUIRES(m_mutex);

    const Code& m_code;
    SharedArena& m_arena;
    mutable InternalMutex m_mutex;
    std::map<std::int64_t, ActorRecord*> m_records HEDDLE_GUARDED_BY(m_mutex);
    std::map<std::string, int> m_uses HEDDLE_GUARDED_BY(m_mutex); ///< of a name, so far
    std::atomic<std::int64_t>& m_next; ///< of all processes
    ProcessLock m_numbering; ///< so that handles and the recording's ids keep one order
};

} // namespace heddle

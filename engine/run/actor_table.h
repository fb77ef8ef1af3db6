// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/base/strong_id.h"
#include "engine/model/kinds.h"
#include "engine/model/program/code.h"
#include "engine/run/process_lock.h"
#include "engine/run/shared_arena.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace heddle {

/// What NoResources says then.
inline constexpr const char* kNoRoomForActor = "The run has no memory left for another actor.";

/// An actor (or timer) of the run, under its handle.
///
/// It lies in the memory of all processes of the program, and each of them knows it.
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
    std::string_view name; ///< ends with a zero byte
    ActorKind kind = ActorKind::Thread;
    bool isMain = false;
    bool isDaemon = false;
    ActorId id; ///< in the recording
    std::atomic<std::uint32_t> phase{0}; ///< a Phase; also the futex that joins sleep on
    std::atomic<pid_t> process{0}; ///< that it is, or that its thread belongs to
    std::atomic<pid_t> thread{0}; ///< native id of an actor's thread, once it runs
    std::atomic<int> exitCode{0}; ///< of a command that has ended
    std::atomic<bool> isReaped{false}; ///< of a process: its number may be given out anew
    std::atomic<bool> isTaken{false}; ///< a declared one has been started
    std::atomic<std::uint32_t> fate{0}; ///< of a timer: a Fate; also the futex it sleeps on
    std::atomic<std::uint32_t> isTelling{0}; ///< 1 while tellOwnEnd() records; also a futex

    [[nodiscard]] bool hasEnded() const;
    [[nodiscard]] bool isAlive() const;

    /// Decides once what becomes of a timer; false if that was decided before.
    [[nodiscard]] bool decide(Fate decided);

    /// Sets the phase and wakes who waits for it.
    void moveTo(Phase next);

    /// Of a process that nobody waits for any more: it has ended for everybody, and says so itself by
    /// `recordIt`, before which nobody who knows of it ends the run.
    void tellOwnEnd(const std::function<void()>& recordIt);
};

/// Whether the program lasts as long as an actor.
enum class Lifetime : std::uint8_t
{
    KeepsProgram,
    IsDaemon,
};

/// All actors of a run, whichever of its processes has started them:
/// their handles, names and how they stand.
///
/// The table lies in the memory of all processes; its lock is given back when a holder is killed. Records
/// stay where they are until the run ends.
///
/// Threads: any thread of any process of the run.
class ActorTable
{
public:
    /// What the constructor takes of the arena, at most.
    [[nodiscard]] static std::size_t setupBytes(const Code& code);

    /// Makes a record for each element of the actors that are declared without parameters, under
    /// the handles that the code gives them.
    ActorTable(const Code& code, SharedArena& arena);

    /// The declared instance, taken for its first start; null if it was started before.
    [[nodiscard]] ActorRecord* takeDeclared(std::int32_t declaration, std::int32_t element);

    /// A new record after all others; null when there is no room for it. `name` is one that the code
    /// gives to an element, a routine or a command; where it was used before, it gets "-2", "-3", ….
    [[nodiscard]] ActorRecord* add(ActorKind kind, const std::string& name, Lifetime lifetime);

    /// The same with a name that is taken as it is.
    [[nodiscard]] ActorRecord* addNamed(ActorKind kind, std::string_view name, Lifetime lifetime);

    /// The record of the program's main thread for when it carries out no actor: known by nobody else, under
    /// the program's own handle. Null when there is no room for it.
    [[nodiscard]] ActorRecord* makeStandIn();

    [[nodiscard]] ActorRecord* find(std::int64_t handle) const; ///< null if there is none
    [[nodiscard]] std::int64_t handleOf(ActorId id) const; ///< -1 if there is none
    [[nodiscard]] std::vector<std::int64_t> liveThreads() const; ///< handles, in their order

    [[nodiscard]] std::vector<std::int64_t> liveProcesses() const;
    [[nodiscard]] std::vector<std::int64_t> liveCommands() const;

    /// The process has ended, and with it those of its threads and timers that had not.
    void endThreadsOf(pid_t process);

    /// Waits until every process that tells its own end has recorded it, or the deadline has come: one
    /// may have been killed over it.
    void waitForTellers(Deadline deadline) const;

private:
    void addDeclared(std::int32_t declaration, std::int32_t element);
    void countUsesOf(const std::string& name);
    [[nodiscard]] ActorRecord* makeRecord(ActorKind kind, std::string_view name, Lifetime lifetime);
    [[nodiscard]] bool publish(ActorRecord& record);
    [[nodiscard]] std::int64_t end() const; ///< after the last handle
    [[nodiscard]] std::vector<std::int64_t> live(ActorKind kind) const;

    const Code& m_code;
    SharedArena& m_arena;
    std::span<ActorRecord*> m_records; ///< by handle; null: none yet
    std::atomic<std::int64_t>* m_next = nullptr; ///< handle
    std::map<std::string, std::atomic<int>*> m_uses; ///< of a name, so far; all names are there
    ProcessLock m_numbering; ///< so that handles and the recording's ids keep one order
};

} // namespace heddle

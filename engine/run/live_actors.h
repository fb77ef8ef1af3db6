// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/record/session_view.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <sys/types.h>

namespace heddle {

/// An actor that has not ended, as it was at one look.
struct LiveActor
{
    ActorWait wait;
    const ActorDeclaration* declaration = nullptr; ///< null: unknown
    ObjectState object; ///< waited for, if it is one
    std::int32_t objectDeclaration = -1; ///< of that object
    /// It waits without a limit, or is a command, and nothing is known to help.
    bool isStuck = false;

    [[nodiscard]] bool isCommand() const { return wait.kind == ActorKind::Command; }
    [[nodiscard]] bool isDaemon() const { return declaration != nullptr && declaration->isDaemon; }
    [[nodiscard]] pid_t process() const { return static_cast<pid_t>(wait.process); }
    [[nodiscard]] std::int32_t ownRoutine() const
    {
        return declaration == nullptr ? -1 : declaration->routine;
    }

    /// Who alone can end the wait: the holder of the lock that is waited for, or 0 if it is changing
    /// hands. Nothing: it is no wait for such a lock.
    [[nodiscard]] std::optional<ActorId> exclusiveHolder() const;
};

/// The actors of a run that have not ended, as they were at one look.
///
/// Threads: one thread at a time. Lifetime: shorter than the code's.
class LiveActors
{
public:
    LiveActors() = default;
    LiveActors(const Session& session, const Code& code);

    [[nodiscard]] std::vector<LiveActor>& all() { return m_actors; }
    [[nodiscard]] const std::vector<LiveActor>& all() const { return m_actors; }

    [[nodiscard]] std::optional<std::size_t> placeOf(ActorId id) const;
    [[nodiscard]] const LiveActor* find(ActorId id) const; ///< null: it has ended, or never began
    [[nodiscard]] bool isNotStarted(ActorId id) const { return m_notStarted.count(id) != 0; }

    [[nodiscard]] bool isAnybodyStuck() const;
    [[nodiscard]] bool isAnybodyMoving() const;

    /// The program's own processes and its commands, ended ones too.
    [[nodiscard]] const std::map<pid_t, std::string>& processNames() const
    {
        return m_processNames;
    }

    /// When the last alarm comes that was set. Units: nanoseconds since the start of the session; 0:
    /// none ever was.
    [[nodiscard]] std::int64_t lastAlarm() const { return m_lastAlarm; }

private:
    void add(ActorWait wait, const Session& session, const Code& code);
    void nameProcess(const ActorWait& wait, const Code& code);

    std::vector<LiveActor> m_actors;
    std::map<ActorId, std::size_t> m_places; ///< in m_actors
    std::set<ActorId> m_notStarted; ///< declared ones
    std::map<pid_t, std::string> m_processNames;
    std::int64_t m_lastAlarm = 0;
};

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/program/code.h"
#include "engine/model/program/signal_reach.h"
#include "engine/run/live_actors.h"

#include <functional>
#include <memory>

namespace heddle {

/// Whether a signal that somebody may still send could end a wait, or the process that waits.
///
/// Threads: one thread at a time.
class SignalSenders
{
public:
    explicit SignalSenders(std::shared_ptr<const Code> code);

    /// Looks for those who are not stuck and may still send. `mayReachSend`: whether an actor has a
    /// `send` before it.
    void look(
        const LiveActors& actors, const std::function<bool(const LiveActor& actor)>& mayReachSend);

    /// Whether a signal of theirs may take the actor out of its wait.
    [[nodiscard]] bool canReach(const LiveActor& actor, const LiveActors& actors) const;

private:
    [[nodiscard]] bool canReach(const ActorDeclaration* process, bool isMainThread) const;

    std::shared_ptr<const Code> m_code;
    SignalReach m_reach;
    bool m_mayLineSend = false; ///< somebody who is not stuck has a `send` before it
    bool m_mayCommandSend = false; ///< a command may still do anything
};

} // namespace heddle

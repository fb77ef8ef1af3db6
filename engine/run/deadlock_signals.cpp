// SPDX-License-Identifier: Apache-2.0
// The part of the deadlock watch that asks whether a signal may still end somebody's wait.
#include "engine/run/deadlock_watch.h"

#include <algorithm>

namespace heddle {

void DeadlockWatch::lookForSenders()
{
    m_mayLineSend = m_mayCommandSend = false;
    for (const Actor& actor : m_actors) {
        if (actor.isStuck)
            continue;
        m_mayCommandSend = m_mayCommandSend || actor.isCommand();
        m_mayLineSend =
            m_mayLineSend || (!actor.isCommand() && (reachOf(actor).back() & kSends) != 0);
    }
}

bool DeadlockWatch::canSignalReach(const Actor& actor) const
{
    if (!m_mayLineSend && !m_mayCommandSend)
        return false;
    const auto process = std::find_if(m_actors.begin(), m_actors.end(), [&](const Actor& other) {
        return other.wait.kind == ActorKind::Process && other.process() == actor.process();
    });
    if (process == m_actors.end())
        return canSignalReach(
            nullptr, m_code->main() != nullptr && actor.ownRoutine == m_code->main()->routine);
    const ActorDeclaration* declaration = actorDeclaration(process->wait.name);
    return declaration == nullptr // nothing is known of it
        || canSignalReach(declaration, actor.wait.kind == ActorKind::Process);
}

// Handlers run in the main thread of a process, which leaves its wait if one raises.
bool DeadlockWatch::canSignalReach(const ActorDeclaration* process, bool isMainThread) const
{
    using Sender = SignalReach::Sender;
    if (m_mayLineSend && m_signalReach.mayEnd(process))
        return true;
    return isMainThread
        && ((m_mayLineSend && m_signalReach.mayInterrupt(process, Sender::Line))
            || (m_mayCommandSend && m_signalReach.mayInterrupt(process, Sender::Command)));
}

} // namespace heddle

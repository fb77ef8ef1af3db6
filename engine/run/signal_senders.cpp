// SPDX-License-Identifier: Apache-2.0
#include "engine/run/signal_senders.h"

#include <algorithm>
#include <utility>

namespace heddle {

SignalSenders::SignalSenders(std::shared_ptr<const Code> code)
    : m_code(std::move(code))
    , m_reach(*m_code)
{
}

void SignalSenders::look(
    const LiveActors& actors, const std::function<bool(const LiveActor& actor)>& mayReachSend)
{
    m_mayLineSend = m_mayCommandSend = false;
    for (const LiveActor& actor : actors.all()) {
        if (actor.isStuck)
            continue;
        m_mayCommandSend = m_mayCommandSend || actor.isCommand();
        m_mayLineSend = m_mayLineSend || (!actor.isCommand() && mayReachSend(actor));
    }
}

bool SignalSenders::canReach(const LiveActor& actor, const LiveActors& actors) const
{
    if (!m_mayLineSend && !m_mayCommandSend)
        return false;
    const auto process =
        std::find_if(actors.all().begin(), actors.all().end(), [&](const LiveActor& other) {
            return other.wait.kind == ActorKind::Process && other.process() == actor.process();
        });
    if (process == actors.all().end())
        return canReach(
            nullptr, m_code->main() != nullptr && actor.ownRoutine() == m_code->main()->routine);
    return process->declaration == nullptr // nothing is known of it
        || canReach(process->declaration, actor.wait.kind == ActorKind::Process);
}

// Handlers run in the main thread of a process, which leaves its wait if one raises.
bool SignalSenders::canReach(const ActorDeclaration* process, bool isMainThread) const
{
    using Sender = SignalReach::Sender;
    if (m_mayLineSend && m_reach.mayEnd(process))
        return true;
    return isMainThread
        && ((m_mayLineSend && m_reach.mayInterrupt(process, Sender::Line))
            || (m_mayCommandSend && m_reach.mayInterrupt(process, Sender::Command)));
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/run/stuck_search.h"

#include <utility>

namespace heddle {

namespace {

void addTo(WakeMasks& masks, const WakeMasks& more)
{
    for (std::size_t index = 0; index < masks.size(); ++index)
        masks[index] |= more[index];
}

bool canJoinEnd(ActorId awaited, const LiveActors& actors)
{
    if (actors.isNotStarted(awaited)) // anybody who goes on may still start it
        return actors.isAnybodyMoving();
    const LiveActor* live = actors.find(awaited);
    return live == nullptr || !live->isStuck; // who has ended will let it go
}

bool canLockEnd(ActorId holder, const LiveActors& actors)
{
    if (!holder)
        return true; // free, or changing hands
    const LiveActor* holding = actors.find(holder);
    return holding != nullptr && !holding->isStuck; // who ended with it never gives it back
}

} // namespace

StuckSearch::StuckSearch(std::shared_ptr<const Code> code)
    : m_code(std::move(code))
    , m_reach(m_code)
    , m_senders(m_code)
{
}

void StuckSearch::narrow(LiveActors& actors, PipeWaits& pipes)
{
    for (bool isChanged = true; isChanged;) {
        isChanged = pipes.takeOutMoving(actors);
        m_senders.look(actors,
            [this](const LiveActor& actor) { return (reachOf(actor).back() & kSends) != 0; });
        const WakeMasks outside = reachOfMoving(actors);
        for (LiveActor& actor : actors.all()) {
            if (actor.isStuck && canBeEnded(actor, actors, pipes, outside)) {
                actor.isStuck = false;
                isChanged = true;
            }
        }
    }
}

WakeMasks StuckSearch::reachOfMoving(const LiveActors& actors)
{
    WakeMasks all(m_code->objects.size(), 0);
    for (const LiveActor& actor : actors.all())
        if (!actor.isStuck)
            addTo(all, reachOf(actor));
    return all;
}

WakeMasks StuckSearch::reachOf(const LiveActor& actor)
{
    WakeMasks masks = m_reach.from(actor.wait.programCounter, actor.ownRoutine());
    if (actor.wait.programCounter != 0)
        return masks;
    // It may not have come to its first step yet: then it has everything of its own before it.
    const auto routine = static_cast<std::size_t>(actor.ownRoutine());
    const bool hasRoutine = actor.ownRoutine() >= 0 && routine < m_code->routines.size();
    const WakeMasks& ahead = actor.wait.kind == ActorKind::Timer ? m_reach.ofTimers()
        : hasRoutine ? m_reach.from(m_code->routines[routine].entry, actor.ownRoutine())
                     : m_reach.from(-1, -1);
    addTo(masks, ahead);
    return masks;
}

bool StuckSearch::mayHelp(const LiveActor& helper, const LiveActor& waiting)
{
    return waiting.objectDeclaration >= 0 && isHelpedBy(reachOf(helper), waiting);
}

bool StuckSearch::isHelpedBy(const WakeMasks& reach, const LiveActor& waiting) const
{
    const std::uint16_t needed =
        m_reach.neededFor(waiting.objectDeclaration, waiting.wait.programCounter);
    return (reach[static_cast<std::size_t>(waiting.objectDeclaration)] & needed) != 0;
}

bool StuckSearch::canBeEnded(const LiveActor& actor, const LiveActors& actors,
    const PipeWaits& pipes, const WakeMasks& outside) const
{
    if (actor.isCommand())
        return !pipes.isBlocked(actor);
    if (m_senders.canReach(actor, actors))
        return true;
    if (actor.wait.awaited)
        return canJoinEnd(actor.wait.awaited, actors);
    if (const std::optional<ActorId> holder = actor.exclusiveHolder())
        return canLockEnd(*holder, actors);
    if (actor.object.kind == PrimitiveKind::Pipe)
        return pipes.canBeEnded(actor, actors);
    return actor.objectDeclaration < 0 // nothing is known of it
        || isHelpedBy(outside, actor);
}

} // namespace heddle

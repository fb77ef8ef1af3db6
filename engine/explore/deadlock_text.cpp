// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/deadlock_text.h"

#include <algorithm>

namespace heddle {

namespace {

const ExploredActor* forcedNext(const ExploredMoment& moment, const ExploredActor& actor)
{
    if (!actor.isForced || actor.waitsFor.size() != 1)
        return nullptr;
    const auto next = std::find_if(moment.actors.begin(), moment.actors.end(),
        [&](const ExploredActor& each) { return each.number == actor.waitsFor.front(); });
    return next == moment.actors.end() ? nullptr : &*next;
}

const ExploredObject* waitedFor(const ExploredMoment& moment, const ExploredActor& actor)
{
    for (const ExploredObject& object : moment.objects)
        if (std::find(object.waiting.begin(), object.waiting.end(), actor.number)
            != object.waiting.end())
            return &object;
    return nullptr;
}

bool holds(const ExploredObject& object, const ExploredActor& actor)
{
    return std::find(object.holders.begin(), object.holders.end(), actor.number)
        != object.holders.end();
}

/// "philosopher[0] holds fork[0], wants fork[1]": what the one before it in the ring wants of it,
/// and what it wants of the next.
std::string linkText(
    const ExploredMoment& moment, const ExploredActor& before, const ExploredActor& actor)
{
    const ExploredObject* wanted = waitedFor(moment, actor);
    const ExploredObject* given = waitedFor(moment, before);
    std::string text = actor.name;
    if (given != nullptr && holds(*given, actor))
        text += " holds " + given->name + ",";
    if (wanted == nullptr) {
        const ExploredActor* next = forcedNext(moment, actor);
        return text + " waits for the end of " + (next == nullptr ? "another" : next->name);
    }
    return text + (holds(*wanted, actor) || !wanted->holders.empty() ? " wants " : " waits for ")
        + wanted->name;
}

std::string ringText(const ExploredMoment& moment, const std::vector<const ExploredActor*>& ring)
{
    std::string text;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const ExploredActor& before = *ring[(i + ring.size() - 1) % ring.size()];
        text += (i > 0 ? "; " : "") + linkText(moment, before, *ring[i]);
    }
    return text
        + (ring.size() == 1 ? ". It waits for itself; nobody can move."
                            : ". Each waits for the next; nobody can move.");
}

} // namespace

std::vector<const ExploredActor*> waitRing(const ExploredMoment& moment)
{
    for (const ExploredActor& first : moment.actors) {
        std::vector<const ExploredActor*> ring;
        const ExploredActor* at = &first;
        while (at != nullptr && ring.size() <= moment.actors.size()) {
            ring.push_back(at);
            at = forcedNext(moment, *at);
            if (at == &first)
                return ring;
        }
    }
    return {};
}

std::string deadlockText(const ExploredMoment& moment)
{
    const std::string steps = std::to_string(moment.step) + (moment.step == 1 ? " step" : " steps");
    std::string text = "Deadlock after " + steps + ":";
    const std::vector<const ExploredActor*> ring = waitRing(moment);
    if (!ring.empty())
        return text + " " + ringText(moment, ring);
    for (const ExploredActor& actor : moment.actors)
        if (actor.standing == ExploredActor::Standing::Waits)
            text += " " + actor.sentence;
    return text + " Nobody can move.";
}

std::string livelockText(const ExploredMoment& moment)
{
    std::string text = "Livelock:";
    std::string waits;
    for (const ExploredActor& actor : moment.actors) {
        if (actor.spins)
            text += " " + actor.sentence;
        else if (actor.standing == ExploredActor::Standing::Waits)
            waits += " " + actor.sentence;
    }
    return text + waits;
}

} // namespace heddle

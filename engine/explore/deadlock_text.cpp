// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/deadlock_text.h"

#include <algorithm>
#include <utility>

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
Sentence linkText(
    const ExploredMoment& moment, const ExploredActor& before, const ExploredActor& actor)
{
    const ExploredObject* wanted = waitedFor(moment, actor);
    const ExploredObject* given = waitedFor(moment, before);
    const bool isHolding = given != nullptr && holds(*given, actor);
    const std::string has = isHolding ? given->name : std::string();
    if (wanted == nullptr) {
        const ExploredActor* next = forcedNext(moment, actor);
        const Sentence whose = next == nullptr ? Sentence::of(HEDDLE_TEXT("Sentence", "another"))
                                               : Sentence(next->name);
        return isHolding
            ? Sentence::of(HEDDLE_TEXT("Sentence", "%1 holds %2, waits for the end of %3"),
                {actor.name, has, whose})
            : Sentence::of(
                HEDDLE_TEXT("Sentence", "%1 waits for the end of %2"), {actor.name, whose});
    }
    const bool isHeld = !wanted->holders.empty();
    if (!isHolding)
        return Sentence::of(isHeld ? HEDDLE_TEXT("Sentence", "%1 wants %2")
                                   : HEDDLE_TEXT("Sentence", "%1 waits for %2"),
            {actor.name, wanted->name});
    return Sentence::of(isHeld ? HEDDLE_TEXT("Sentence", "%1 holds %2, wants %3")
                               : HEDDLE_TEXT("Sentence", "%1 holds %2, waits for %3"),
        {actor.name, has, wanted->name});
}

Sentence ringText(const ExploredMoment& moment, const std::vector<const ExploredActor*>& ring)
{
    Sentence links;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const ExploredActor& before = *ring[(i + ring.size() - 1) % ring.size()];
        Sentence link = linkText(moment, before, *ring[i]);
        links = i == 0
            ? std::move(link)
            : Sentence::of(HEDDLE_TEXT("Sentence", "%1; %2"), {std::move(links), std::move(link)});
    }
    return Sentence::of(ring.size() == 1
            ? HEDDLE_TEXT("Sentence", "%1. It waits for itself; nobody can move.")
            : HEDDLE_TEXT("Sentence", "%1. Each waits for the next; nobody can move."),
        {std::move(links)});
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

Sentence deadlockText(const ExploredMoment& moment)
{
    const std::vector<const ExploredActor*> ring = waitRing(moment);
    Sentence what;
    if (ring.empty()) {
        std::vector<Sentence> waits;
        for (const ExploredActor& actor : moment.actors)
            if (actor.standing == ExploredActor::Standing::Waits)
                waits.push_back(actor.sentence);
        waits.push_back(Sentence::of(HEDDLE_TEXT("Sentence", "Nobody can move.")));
        what = Sentence::joined(std::move(waits));
    } else {
        what = ringText(moment, ring);
    }
    return Sentence::of(moment.step == 1 ? HEDDLE_TEXT("Sentence", "Deadlock after %1 step: %2")
                                         : HEDDLE_TEXT("Sentence", "Deadlock after %1 steps: %2"),
        {std::to_string(moment.step), std::move(what)});
}

Sentence livelockText(const ExploredMoment& moment)
{
    std::vector<Sentence> loops;
    std::vector<Sentence> waits;
    for (const ExploredActor& actor : moment.actors) {
        if (actor.spins)
            loops.push_back(actor.sentence);
        else if (actor.standing == ExploredActor::Standing::Waits)
            waits.push_back(actor.sentence);
    }
    loops.insert(loops.end(), waits.begin(), waits.end());
    return Sentence::of(
        HEDDLE_TEXT("Sentence", "Livelock: %1"), {Sentence::joined(std::move(loops))});
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/run/wait_chains.h"

#include <algorithm>
#include <deque>

namespace heddle {

WaitChains::WaitChains(const LiveActors& actors, const PipeWaits& pipes, StuckSearch& search)
{
    for (std::size_t place = 0; place < actors.all().size(); ++place)
        m_blockers.push_back(actors.all()[place].isStuck ? blockersOf(place, actors, pipes, search)
                                                         : std::vector<std::size_t>());
}

std::vector<std::size_t> WaitChains::blockersOf(
    std::size_t waiting, const LiveActors& actors, const PipeWaits& pipes, StuckSearch& search)
{
    const LiveActor& actor = actors.all()[waiting];
    if (const std::optional<PipeWait> wait = pipes.waitOf(actor))
        return pipes.blockersOf(waiting, *wait, actors);
    std::vector<std::size_t> blockers;
    const auto add = [&](ActorId id) {
        const std::optional<std::size_t> place = actors.placeOf(id);
        if (place && actors.all()[*place].isStuck)
            blockers.push_back(*place);
    };
    if (actor.wait.awaited) {
        add(actor.wait.awaited);
    } else if (const std::optional<ActorId> holder = actor.exclusiveHolder()) {
        add(*holder);
    } else {
        for (const ActorId taker : actor.object.takers) {
            const LiveActor* taking = actors.find(taker);
            if (taking != nullptr && taking->wait.object != actor.wait.object
                && search.mayHelp(*taking, actor))
                add(taker);
        }
    }
    return blockers;
}

// Breadth first, so that of several chains the shortest is told.
std::vector<std::size_t> WaitChains::shortestCycleFrom(
    std::size_t start, const std::function<bool(std::size_t place)>& isLeftOut) const
{
    constexpr std::size_t kNobody = static_cast<std::size_t>(-1);
    std::vector<std::size_t> cameFrom(m_blockers.size(), kNobody);
    std::deque<std::size_t> open{start};
    while (!open.empty()) {
        const std::size_t current = open.front();
        open.pop_front();
        for (const std::size_t next : m_blockers[current]) {
            if (next == start) {
                std::vector<std::size_t> cycle;
                for (std::size_t member = current; member != start; member = cameFrom[member])
                    cycle.push_back(member);
                cycle.push_back(start);
                std::reverse(cycle.begin(), cycle.end());
                return cycle;
            }
            if (cameFrom[next] == kNobody && !isLeftOut(next)) {
                cameFrom[next] = current;
                open.push_back(next);
            }
        }
    }
    return {};
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/model/trace/wait_cycles.h"

#include <algorithm>
#include <unordered_map>

namespace heddle {

namespace {

/// The graph with indexes instead of ids.
class CycleSearch
{
public:
    explicit CycleSearch(const WaitGraph& graph);
    std::vector<WaitCycle> run();

private:
    struct Node
    {
        std::vector<std::size_t> blockers; ///< who could end the wait
        bool oneIsEnough = false;
        bool isStuck = false;
        std::size_t round = 0; ///< of the walk that came by, 0: none
    };

    [[nodiscard]] bool canGetOn(const Node& node) const;
    void removeThoseWhoGetOn();
    [[nodiscard]] std::size_t nextOf(std::size_t node) const;
    [[nodiscard]] WaitCycle cycleFrom(std::size_t first) const;

    const WaitGraph& m_graph;
    std::vector<Node> m_nodes;
};

CycleSearch::CycleSearch(const WaitGraph& graph)
    : m_graph(graph)
    , m_nodes(graph.actors.size())
{
    std::unordered_map<ActorId, std::size_t> indexOf;
    for (std::size_t i = 0; i < graph.actors.size(); ++i)
        indexOf[graph.actors[i].actor] = i;
    std::unordered_map<ObjectId, PrimitiveKind> kindOf;
    for (const ObjectMoment& object : graph.objects)
        kindOf[object.object] = object.kind;
    for (std::size_t i = 0; i < graph.actors.size(); ++i) {
        const ActorMoment& actor = graph.actors[i];
        Node& node = m_nodes[i];
        if (actor.waitsForActor) {
            if (const auto found = indexOf.find(actor.waitsForActor); found != indexOf.end())
                node.blockers.push_back(found->second);
        } else if (actor.state == State::WaitLock) {
            for (const ActorId holder : actor.heldBy) {
                if (const auto found = indexOf.find(holder); found != indexOf.end())
                    node.blockers.push_back(found->second);
            }
            const auto kind = kindOf.find(actor.waitsFor);
            node.oneIsEnough = kind != kindOf.end() && kind->second == PrimitiveKind::Semaphore;
        }
        node.isStuck = !node.blockers.empty();
    }
}

bool CycleSearch::canGetOn(const Node& node) const
{
    const auto isFree = [this](std::size_t blocker) { return !m_nodes[blocker].isStuck; };
    return node.oneIsEnough ? std::any_of(node.blockers.begin(), node.blockers.end(), isFree)
                            : std::all_of(node.blockers.begin(), node.blockers.end(), isFree);
}

void CycleSearch::removeThoseWhoGetOn()
{
    for (bool changed = true; changed;) {
        changed = false;
        for (Node& node : m_nodes) {
            if (node.isStuck && canGetOn(node)) {
                node.isStuck = false;
                changed = true;
            }
        }
    }
}

std::size_t CycleSearch::nextOf(std::size_t node) const
{
    const std::vector<std::size_t>& blockers = m_nodes[node].blockers;
    return *std::find_if(blockers.begin(), blockers.end(),
        [this](std::size_t blocker) { return m_nodes[blocker].isStuck; });
}

WaitCycle CycleSearch::cycleFrom(std::size_t first) const
{
    WaitCycle cycle;
    std::size_t at = first;
    do {
        const ActorMoment& actor = m_graph.actors[at];
        const std::size_t next = nextOf(at);
        cycle.links.push_back(
            {actor.actor, actor.waitsFor, m_graph.actors[next].actor, actor.line});
        cycle.since = std::max(cycle.since, actor.since);
        at = next;
    } while (at != first);
    return cycle;
}

std::vector<WaitCycle> CycleSearch::run()
{
    removeThoseWhoGetOn();
    // Every stuck actor has a stuck blocker, so each walk ends in a cycle, or where one went before.
    std::vector<WaitCycle> cycles;
    for (std::size_t start = 0; start < m_nodes.size(); ++start) {
        if (!m_nodes[start].isStuck)
            continue;
        std::size_t at = start;
        while (m_nodes[at].round == 0) {
            m_nodes[at].round = start + 1;
            at = nextOf(at);
        }
        if (m_nodes[at].round == start + 1)
            cycles.push_back(cycleFrom(at));
    }
    return cycles;
}

} // namespace

std::vector<WaitCycle> findWaitCycles(const WaitGraph& graph)
{
    return CycleSearch(graph).run();
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/state_picture.h"

#include "engine/explore/exploration_judge.h"
#include "engine/explore/stepper.h"

#include <algorithm>

namespace heddle {

namespace {

/// Adds one state after the other to a picture.
class Painter
{
public:
    explicit Painter(Explorer& explorer)
        : m_explorer(explorer)
        , m_machine(explorer.machine())
        , m_steps(m_machine.width())
    {
    }

    void add(std::uint32_t number)
    {
        const std::vector<Cell> state = m_explorer.states().copy(number);
        StatePicture::Node node;
        node.number = number;
        node.isStart = number == 0;
        node.isEnd = m_machine.isEnd(state);
        node.isViolated = isViolated(state);
        const std::size_t before = m_picture.edges.size();
        if (!node.isEnd)
            for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor)
                addActor(number, state, actor, node);
        node.isDeadlock = !node.isEnd && m_picture.edges.size() == before;
        m_picture.nodes.push_back(std::move(node));
    }

    StatePicture take() { return std::move(m_picture); }

private:
    [[nodiscard]] bool isViolated(std::span<const Cell> state)
    {
        const auto& invariants = m_machine.code().invariants;
        return std::any_of(invariants.begin(), invariants.end(), [&](const Invariant& invariant) {
            const Evaluated value = m_machine.evaluate(state, invariant.fragment);
            return value.isRaised() || !value.value.isTrue();
        });
    }

    void addActor(std::uint32_t number, std::span<const Cell> state, std::int32_t actor,
        StatePicture::Node& node)
    {
        if (!m_machine.isStarted(state, actor) || !m_machine.isGoing(state, actor))
            return;
        const std::string text =
            m_machine.actorName(state, actor) + ": " + m_machine.describe(state, actor);
        node.label += (node.label.empty() ? "" : "\n") + text;
        m_machine.expand(state, actor, m_steps);
        for (std::size_t choice = 0; choice < m_steps.size(); ++choice) {
            node.isViolated = node.isViolated || m_steps.notes(choice).assertionFailed;
            m_picture.edges.push_back({number, numberOf(m_steps.state(choice), number),
                numberInSchedule(m_machine, state, actor), text});
        }
    }

    [[nodiscard]] std::uint32_t numberOf(std::span<const Cell> wanted, std::uint32_t from) const
    {
        for (const StateGraph::Edge& edge : m_explorer.graph().edges(from)) {
            const std::vector<Cell> found = m_explorer.states().copy(edge.to);
            if (std::equal(found.begin(), found.end(), wanted.begin(), wanted.end()))
                return edge.to;
        }
        return from; // not reached: the search has made an edge of every step
    }

    Explorer& m_explorer;
    Machine& m_machine;
    StepList m_steps;
    StatePicture m_picture;
};

} // namespace

std::unique_ptr<Explorer> searchForPicture(const std::shared_ptr<const Code>& code,
    const ExplorerLimits& limits, const std::stop_token& stop)
{
    SearchOptions options;
    options.machine.keepsHistory = needsHistory(*code);
    options.machine.spareActors = startsActors(*code) ? 2 : 0;
    auto explorer = std::make_unique<Explorer>(code, limits, options);
    explorer->search(stop);
    while (explorer->machine().hasNoRoom() && options.machine.spareActors < kMostSpareActors) {
        options.machine.spareActors *= 4;
        explorer = std::make_unique<Explorer>(code, limits, options);
        explorer->search(stop);
    }
    return explorer;
}

std::optional<StateMap> mapStates(Explorer& explorer)
{
    const std::size_t count = explorer.states().size();
    if (explorer.limit() || count > kMostStates)
        return std::nullopt;
    Painter painter(explorer);
    StateMap map;
    for (std::uint32_t number = 0; number < count; ++number) {
        painter.add(number);
        map.ways.push_back(explorer.scheduleTo({number}));
    }
    map.picture = painter.take();
    return map;
}

} // namespace heddle

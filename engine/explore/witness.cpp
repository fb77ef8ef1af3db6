// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/witness.h"

#include "engine/base/check.h"
#include "engine/explore/stepper.h"

#include <algorithm>
#include <utility>

namespace heddle {

Witness::Witness(Machine& machine, Symmetry& symmetry, const StateStore& states, const Ways& ways,
    LocalSteps* joined)
    : m_machine(machine)
    , m_symmetry(symmetry)
    , m_states(states)
    , m_ways(ways)
    , m_joined(joined)
    , m_steps(machine.width())
{
}

Schedule Witness::wayTo(const FoundAt& found)
{
    std::vector<std::uint32_t> states{found.state};
    while (m_ways[states.back()].actor >= 0)
        states.push_back(m_ways[states.back()].before);
    std::reverse(states.begin(), states.end());
    const bool isChanged = !m_symmetry.isEmpty() || m_joined != nullptr;
    return isChanged ? replay(states, found) : stepsAlong(states, found);
}

Schedule Witness::stepsAlong(const std::vector<std::uint32_t>& states, const FoundAt& found) const
{
    Schedule schedule;
    for (std::size_t i = 1; i < states.size(); ++i)
        schedule.steps.push_back({m_ways[states[i]].actor, m_ways[states[i]].choice, {}, 0, {}});
    if (found.actor >= 0)
        schedule.steps.push_back({found.actor, found.choice, {}, 0, {}});
    return schedule;
}

/// Goes the way again without sorting the twins: at each step somebody's move leads to a state that
/// is the wanted one when it is sorted.
Schedule Witness::replay(const std::vector<std::uint32_t>& states, const FoundAt& found)
{
    std::vector<std::vector<Cell>> wanted;
    for (std::size_t i = 1; i < states.size(); ++i)
        wanted.push_back(m_states.copy(states[i]));
    if (found.actor >= 0)
        wanted.push_back(stateBehind(found));
    std::vector<Cell> state = m_machine.initialState();
    Schedule schedule;
    if (m_joined != nullptr)
        schedule.steps = m_joined->joinAll(state);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const bool isLast = found.actor >= 0 && i + 1 == wanted.size();
        const bool isFound = moveTowards(state, wanted[i], isLast, schedule);
        HEDDLE_ASSERT(isFound, "what twins can do, each of them can do");
        if (!isFound)
            break;
    }
    return schedule;
}

/// Where the step leads that was found something in.
std::vector<Cell> Witness::stateBehind(const FoundAt& found)
{
    m_machine.expand(m_states.copy(found.state), found.actor, m_steps);
    const std::span<Cell> behind = m_steps.state(static_cast<std::size_t>(found.choice));
    m_symmetry.canonicalise(behind);
    return {behind.begin(), behind.end()};
}

bool Witness::moveTowards(
    std::vector<Cell>& state, const std::vector<Cell>& wanted, bool isLast, Schedule& schedule)
{
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        m_machine.expand(state, actor, m_steps);
        for (std::size_t choice = 0; choice < m_steps.size(); ++choice) {
            const std::span<const Cell> result = std::as_const(m_steps).state(choice);
            std::vector<Cell> after(result.begin(), result.end());
            const bool isJoined = m_joined != nullptr && !isLast;
            const std::uint32_t joined = isJoined ? m_joined->join(after, actor) : 0;
            std::vector<Cell> sorted = after;
            m_symmetry.canonicalise(sorted);
            if (sorted != wanted)
                continue;
            state = std::move(after);
            schedule.steps.push_back({actor, static_cast<std::int32_t>(choice), {}, 0, {}});
            schedule.steps.insert(schedule.steps.end(), joined, {actor, 0, {}, 0, {}});
            return true;
        }
    }
    return false;
}

void numberAsInSchedules(Schedule& schedule, Machine& plain)
{
    Stepper stepper(plain);
    for (ScheduledStep& step : schedule.steps) {
        static_cast<void>(stepper.move(step)); // the search has taken each of them
        step.actor = numberInSchedule(plain, stepper.state(), step.actor);
    }
}

} // namespace heddle

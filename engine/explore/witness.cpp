// SPDX-License-Identifier: Apache-2.0
#include "engine/base/check.h"
#include "engine/explore/explorer.h"
#include "engine/explore/stepper.h"

#include <algorithm>

// From a state that the search came to back to the steps of real actors.

namespace heddle {

Schedule Explorer::scheduleTo(const FoundAt& found)
{
    std::vector<std::uint32_t> states{found.state};
    while (m_ways[states.back()].actor >= 0)
        states.push_back(m_ways[states.back()].before);
    std::reverse(states.begin(), states.end());
    const bool isChanged = mergesTwins() || m_options.joinsLocalSteps;
    Schedule schedule = isChanged ? replay(states, found) : Schedule();
    if (!isChanged) {
        for (std::size_t i = 1; i < states.size(); ++i)
            schedule.steps.push_back(
                {m_ways[states[i]].actor, m_ways[states[i]].choice, {}, 0, {}});
        if (found.actor >= 0)
            schedule.steps.push_back({found.actor, found.choice, {}, 0, {}});
    }
    MachineOptions options = m_options.machine;
    options.mergesTwins = false;
    Machine plain(m_machine.sharedCode(), options);
    Stepper stepper(plain);
    for (ScheduledStep& step : schedule.steps) {
        static_cast<void>(stepper.move(step)); // the search has taken each of them
        step.actor = numberInSchedule(plain, stepper.state(), step.actor);
    }
    return schedule;
}

/// Goes the way again without sorting the twins: at each step somebody's move leads to a state that
/// is the wanted one when it is sorted.
Schedule Explorer::replay(const std::vector<std::uint32_t>& states, const FoundAt& found)
{
    std::vector<std::vector<Cell>> wanted;
    for (std::size_t i = 1; i < states.size(); ++i)
        wanted.push_back(m_states.copy(states[i]));
    if (found.actor >= 0) {
        m_machine.expand(m_states.copy(found.state), found.actor, m_steps);
        const std::span<Cell> last = m_steps.state(static_cast<std::size_t>(found.choice));
        m_symmetry.canonicalise(last);
        wanted.emplace_back(last.begin(), last.end());
    }
    std::vector<Cell> state = m_machine.initialState();
    Schedule schedule{joinAtStart(state)};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const bool isLast = found.actor >= 0 && i + 1 == wanted.size();
        const bool isFound = moveTowards(state, wanted[i], isLast, schedule);
        HEDDLE_ASSERT(isFound, "what twins can do, each of them can do");
        if (!isFound)
            break;
    }
    return schedule;
}

bool Explorer::moveTowards(
    std::vector<Cell>& state, const std::vector<Cell>& wanted, bool isLast, Schedule& schedule)
{
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        m_machine.expand(state, actor, m_steps);
        for (std::size_t choice = 0; choice < m_steps.size(); ++choice) {
            const std::span<const Cell> result = std::as_const(m_steps).state(choice);
            std::vector<Cell> after(result.begin(), result.end());
            const std::uint32_t joined = isLast ? 0 : joinLocalSteps(after, actor);
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

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/stepper.h"

#include "engine/explore/move_text.h"

#include <algorithm>

namespace heddle {

Stepper::Stepper(Machine& machine)
    : m_machine(machine)
    , m_states{machine.initialState()}
    , m_steps(machine.width())
{
}

bool startsActors(const Code& code)
{
    return mayRunHandlers(code)
        || std::any_of(
            code.instructions.begin(), code.instructions.end(), [](const Instruction& instruction) {
                return instruction.operation == Operation::Spawn
                    || instruction.operation == Operation::StartTimer
                    || instruction.operation == Operation::StartCommand
                    || instruction.operation == Operation::Alarm;
            });
}

std::int32_t numberInSchedule(
    const Machine& machine, std::span<const Cell> state, std::int32_t actor)
{
    const bool isFromEnd = machine.isStarted(state, actor)
        && (machine.identity(state, actor).isAlarm || machine.identity(state, actor).isStandIn);
    const std::int32_t most = machine.code().declaredInstanceCount() + kMostSpareActors
        + (machine.layout().hasStandIn() ? 1 : 0);
    return isFromEnd ? actor + most - machine.actorCount() : actor;
}

Result<void> Stepper::move(ScheduledStep& step)
{
    const std::vector<Cell>& before = m_states.back();
    const auto refuse = [&step](const std::string& why) {
        return Error{ErrorKind::BadProgram, 0, "move",
            "Actor " + std::to_string(step.actor) + " " + why + "."};
    };
    if (step.actor < 0 || step.actor >= m_machine.actorCount()
        || !m_machine.isStarted(before, step.actor))
        return refuse("does not exist here");
    step.actorName = m_machine.actorName(before, step.actor);
    m_machine.expand(before, step.actor, m_steps);
    if (m_steps.empty())
        return refuse("(" + step.actorName + ") cannot move here");
    if (step.choice < 0 || static_cast<std::size_t>(step.choice) >= m_steps.size())
        return refuse("(" + step.actorName + ") has no such choice here");
    step.line = nextLine(m_machine, before, step.actor);
    const auto choice = static_cast<std::size_t>(step.choice);
    step.text = moveText(m_machine, before, step.actor, m_steps, choice);
    m_notes = m_steps.notes(choice);
    const std::span<const Cell> after = m_steps.state(choice);
    m_states.emplace_back(after.begin(), after.end());
    return {};
}

bool Stepper::goBack()
{
    if (m_states.size() < 2)
        return false;
    m_states.pop_back();
    return true;
}

std::vector<std::int32_t> Stepper::movable()
{
    std::vector<std::int32_t> actors;
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        m_machine.expand(m_states.back(), actor, m_steps);
        if (!m_steps.empty())
            actors.push_back(actor);
    }
    return actors;
}

} // namespace heddle

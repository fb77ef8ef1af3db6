// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/walk.h"

#include "engine/explore/move_text.h"
#include "engine/explore/schedule_trace.h"
#include "engine/explore/stepper.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

/// Programs that start nobody need no room for others than the declared actors.
MachineOptions optionsFor(const Code& code)
{
    MachineOptions options;
    options.spareActors = startsActors(code) ? kMostSpareActors : 0;
    options.keepsHistory = true;
    return options;
}

Error refusal(std::int32_t actor, const std::string& name, const std::string& why)
{
    const std::string who = name.empty() ? std::string() : " (" + name + ")";
    return Error{
        ErrorKind::BadProgram, 0, "move", "Actor " + std::to_string(actor) + who + " " + why + "."};
}

} // namespace

Walk::Walk(std::shared_ptr<const Code> code)
    : m_code(std::move(code))
    , m_machine(m_code, optionsFor(*m_code))
    , m_reader(m_code, m_machine)
    , m_outcomes(m_machine.width())
{
    m_path.states.push_back(m_machine.initialState());
}

Result<void> Walk::move(std::int32_t actor, std::int32_t choice)
{
    if (m_at < m_path.stepCount()) {
        const ScheduledStep& next = m_path.schedule.steps[m_at];
        if (next.actor == actor && next.choice == choice) {
            ++m_at;
            return {};
        }
    }
    ScheduledStep step;
    step.actor = actor;
    step.choice = choice;
    return take(std::move(step));
}

Result<void> Walk::take(ScheduledStep step)
{
    const std::vector<Cell>& before = m_path.states[m_at];
    if (step.actor < 0 || step.actor >= m_machine.actorCount()
        || !m_machine.isStarted(before, step.actor))
        return refusal(step.actor, {}, "does not exist here");
    step.actorName = m_machine.actorName(before, step.actor);
    if (m_machine.isEnd(before))
        return refusal(step.actor, step.actorName, "cannot move: the program has come to its end");
    m_machine.expand(before, step.actor, m_outcomes);
    if (m_outcomes.empty())
        return refusal(step.actor, step.actorName, "cannot move here");
    const auto choice = static_cast<std::size_t>(step.choice);
    if (step.choice < 0 || choice >= m_outcomes.size())
        return refusal(step.actor, step.actorName, "has no such choice here");
    step.line = nextLine(m_machine, before, step.actor);
    step.text = moveText(m_machine, before, step.actor, m_outcomes, choice);
    dropUndone();
    const std::span<const Cell> after = m_outcomes.state(choice);
    m_path.states.emplace_back(after.begin(), after.end());
    m_path.notes.push_back(m_outcomes.notes(choice));
    m_path.schedule.steps.push_back(std::move(step));
    ++m_at;
    return {};
}

void Walk::dropUndone()
{
    m_path.states.resize(m_at + 1);
    m_path.notes.resize(m_at);
    m_path.schedule.steps.resize(m_at);
}

Result<void> Walk::follow(const Schedule& schedule)
{
    const Schedule wanted = schedule; // it may be this walk's own
    m_at = 0;
    dropUndone();
    for (std::size_t number = 1; number <= wanted.steps.size(); ++number) {
        Result<void> taken = take(wanted.steps[number - 1]);
        if (!taken) {
            Error error = taken.error();
            error.detail =
                "Step " + std::to_string(number) + " is not possible here: " + error.detail;
            return error;
        }
    }
    return {};
}

void Walk::goTo(std::size_t step)
{
    m_at = std::min(step, m_path.stepCount());
}

std::size_t Walk::step() const
{
    return m_at;
}

const Schedule& Walk::schedule() const
{
    return m_path.schedule;
}

ExploredMoment Walk::moment()
{
    return m_reader.read(m_path, m_at);
}

std::shared_ptr<const Trace> Walk::trace(const std::string& text)
{
    return scheduleTrace(
        m_machine, m_path, m_reader.read(m_path, m_path.stepCount()), kStepNanoseconds, text);
}

} // namespace heddle

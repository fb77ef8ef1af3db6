// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/lost_wakeup.h"

#include "engine/base/text.h"
#include "engine/explore/write_tracker.h"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

namespace heddle {

namespace {

/// Looks back along a schedule from an actor that sleeps.
class SleepStory
{
public:
    SleepStory(
        const Machine& machine, const WalkedPath& path, std::size_t steps, std::int32_t actor)
        : m_machine(machine)
        , m_path(path)
        , m_steps(steps)
        , m_actor(actor)
        , m_condition(machine.nextObject(path.states[steps], actor))
    {
        while (m_began > 0 && isAsleep(m_began - 1, actor))
            --m_began;
        for (std::size_t step = 1; step <= steps; ++step)
            if (isNotify(step))
                m_notifies.push_back(step);
    }

    [[nodiscard]] Sentence tell() const
    {
        for (const auto& part : {wrongKind(), changeWithoutNotify(), notifyBeforeWait()})
            if (part)
                return *part;
        return otherwise();
    }

private:
    using Part = std::optional<Sentence>;

    [[nodiscard]] bool isAsleep(std::size_t step, std::int32_t actor) const
    {
        const std::vector<Cell>& state = m_path.states[step];
        if (!m_machine.isStarted(state, actor) || !m_machine.isGoing(state, actor))
            return false;
        const LocalState& local = m_machine.local(state, actor);
        return local.phase == Phase::Parked && m_machine.nextObject(state, actor) == m_condition;
    }

    [[nodiscard]] std::int32_t mover(std::size_t step) const
    {
        return m_path.schedule.steps[step - 1].actor;
    }

    [[nodiscard]] std::string moverName(std::size_t step) const
    {
        return m_path.schedule.steps[step - 1].actorName;
    }

    /// What the step's actor did; nothing that matters here for a write that became visible.
    [[nodiscard]] Operation operationOf(std::size_t step) const
    {
        if (m_path.notes[step - 1].isDrain || m_path.notes[step - 1].delivered != 0)
            return Operation::Yield;
        return m_machine.nextInstruction(m_path.states[step - 1], mover(step)).operation;
    }

    [[nodiscard]] bool isNotify(std::size_t step) const
    {
        const LocalState& local = m_machine.local(m_path.states[step - 1], mover(step));
        return local.phase == Phase::Ready && m_path.notes[step - 1].raised.empty()
            && operationOf(step) == Operation::Notify
            && m_machine.nextObject(m_path.states[step - 1], mover(step)) == m_condition;
    }

    [[nodiscard]] std::vector<std::int32_t> wokenBy(std::size_t step) const
    {
        std::vector<std::int32_t> woken;
        for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor)
            if (isAsleep(step - 1, actor) && !isAsleep(step, actor))
                woken.push_back(actor);
        return woken;
    }

    /// Where the actor, awake since `step`, went to sleep again without having done anything that
    /// others could see.
    [[nodiscard]] std::optional<std::size_t> uselessUntil(
        std::size_t step, std::int32_t actor) const
    {
        for (std::size_t later = step + 1; later <= m_steps; ++later) {
            if (mover(later) != actor)
                continue;
            if (isAsleep(later, actor))
                return later;
            if (isNotify(later) || !cellsWritten(m_machine, m_path, later).empty())
                return std::nullopt;
        }
        return std::nullopt;
    }

    [[nodiscard]] Part wrongKind() const
    {
        for (auto notify = m_notifies.rbegin(); notify != m_notifies.rend(); ++notify) {
            if (*notify <= m_began)
                break;
            for (const std::int32_t woken : wokenBy(*notify))
                if (const auto again = uselessUntil(*notify, woken))
                    return Sentence::of(
                        HEDDLE_TEXT("Sentence",
                            "the notify of %1 at step %2 woke %3, which had no use for it and "
                            "waited again at step %4"),
                        {moverName(*notify), std::to_string(*notify),
                            m_machine.actorName(m_path.states[*notify], woken),
                            std::to_string(*again)});
        }
        return std::nullopt;
    }

    /// The cells that the sleeper read between taking the mutex for the last time and its wait.
    [[nodiscard]] std::set<std::size_t> readBeforeWait() const
    {
        std::set<std::size_t> cells;
        for (std::size_t step = m_began; step > 0; --step) {
            if (mover(step) != m_actor)
                continue;
            const NextAccess access = m_machine.nextAccess(m_path.states[step - 1], m_actor);
            if (access.variable >= 0)
                cells.insert(m_machine.variableCell(access.variable, access.element));
            const bool hasTaken = operationOf(step) == Operation::Lock
                || (operationOf(step) == Operation::WaitCondition && step != m_began);
            if (hasTaken)
                break;
        }
        return cells;
    }

    [[nodiscard]] Part changeWithoutNotify() const
    {
        const std::set<std::size_t> read = readBeforeWait();
        const std::size_t lastNotify = m_notifies.empty() ? 0 : m_notifies.back();
        for (std::size_t step = m_steps; step > std::max(m_began, lastNotify); --step)
            for (const std::size_t cell : cellsWritten(m_machine, m_path, step))
                if (read.count(cell) == 1)
                    return Sentence::of(
                        HEDDLE_TEXT("Sentence",
                            "%1 changed %2 at step %3, and nobody has sent a notify since then"),
                        {moverName(step), nameOf(cell), std::to_string(step)});
        return std::nullopt;
    }

    [[nodiscard]] std::string nameOf(std::size_t cell) const
    {
        const std::vector<VariableDeclaration>& shared = m_machine.code().shared;
        for (std::size_t variable = 0; variable < shared.size(); ++variable) {
            const std::size_t first =
                m_machine.variableCell(static_cast<std::int32_t>(variable), 0);
            if (cell < first || cell >= first + shared[variable].initial.size())
                continue;
            return shared[variable].isArray
                ? shared[variable].name + "[" + std::to_string(cell - first) + "]"
                : shared[variable].name;
        }
        return "something";
    }

    [[nodiscard]] Part notifyBeforeWait() const
    {
        for (auto notify = m_notifies.rbegin(); notify != m_notifies.rend(); ++notify)
            if (*notify < m_began && wokenBy(*notify).empty())
                return Sentence::of(
                    HEDDLE_TEXT("Sentence",
                        "%1 sent its notify at step %2 when nobody was waiting (kept nowhere), "
                        "and %3 began waiting at step %4"),
                    {moverName(*notify), std::to_string(*notify), myName(),
                        std::to_string(m_began)});
        return std::nullopt;
    }

    [[nodiscard]] Sentence otherwise() const
    {
        std::vector<std::string> served;
        for (const std::size_t notify : m_notifies)
            for (const std::int32_t woken : wokenBy(notify))
                if (notify > m_began)
                    served.push_back(m_machine.actorName(m_path.states[notify], woken));
        const std::string began = std::to_string(m_began);
        if (served.empty())
            return Sentence::of(HEDDLE_TEXT("Sentence",
                                    "nobody has sent a notify since %1 began waiting at step %2"),
                {myName(), began});
        return Sentence::of(HEDDLE_TEXT("Sentence",
                                "every notify since %1 began waiting at step %2 has gone to "
                                "another (%3)"),
            {myName(), began, Sentence::list(served)});
    }

    [[nodiscard]] std::string myName() const
    {
        return m_machine.actorName(m_path.states[m_steps], m_actor);
    }

    const Machine& m_machine;
    const WalkedPath& m_path;
    const std::size_t m_steps;
    const std::int32_t m_actor;
    const std::int32_t m_condition;
    std::size_t m_began = m_steps; ///< the step with which it fell asleep
    std::vector<std::size_t> m_notifies; ///< steps that notified the condition
};

} // namespace

namespace {

/// Why a `pause` is not over: a handler that ran before it does not count.
Sentence lostSignalText(
    const Machine& machine, const WalkedPath& path, std::size_t steps, std::int32_t actor)
{
    const auto isPausing = [&](std::size_t step) {
        return machine.isStarted(path.states[step], actor)
            && machine.local(path.states[step], actor).phase == Phase::Pausing;
    };
    std::size_t began = steps;
    while (began > 0 && isPausing(began - 1))
        --began;
    for (std::size_t step = began; step > 0; --step)
        if (path.schedule.steps[step - 1].actor == actor && path.notes[step - 1].delivered != 0)
            return Sentence::of(
                HEDDLE_TEXT("Sentence",
                    "the handler of %1 began at step %2, before the pause, which began at step %3"),
                {signalName(path.notes[step - 1].delivered), std::to_string(step),
                    std::to_string(began)});
    return Sentence::of(
        HEDDLE_TEXT("Sentence", "no handler has run since its pause began at step %1"),
        {std::to_string(began)});
}

} // namespace

Sentence lostWakeupText(
    const Machine& machine, const WalkedPath& path, std::size_t steps, std::int32_t actor)
{
    const std::vector<Cell>& state = path.states[steps];
    const bool isGoing = machine.isStarted(state, actor) && machine.isGoing(state, actor);
    if (isGoing && machine.local(state, actor).phase == Phase::Pausing)
        return lostSignalText(machine, path, steps, actor);
    if (!isGoing || machine.local(state, actor).phase != Phase::Parked)
        return {};
    return SleepStory(machine, path, steps, actor).tell();
}

} // namespace heddle

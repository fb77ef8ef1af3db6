// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/run_acceptance.h"

#include "engine/base/text.h"
#include "engine/explore/machine.h"
#include "engine/explore/stepper.h"
#include "engine/model/program/step_operands.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace heddle {

namespace {

using State = std::span<const Cell>;

constexpr std::int64_t kSlack = 500; // nanoseconds by which clocks of processors may differ
constexpr std::int32_t kSpareActors = 64;

MachineOptions machineOptions(bool keepsHistory)
{
    MachineOptions options;
    options.spareActors = kSpareActors;
    options.keepsHistory = keepsHistory;
    return options;
}

/// Whether values come up in a run that the machine does not try.
bool drawsOrAsksClock(const Code& code)
{
    return std::any_of(
        code.instructions.begin(), code.instructions.end(), [](const Instruction& instruction) {
            if (instruction.operation != Operation::Function)
                return false;
            const std::string_view name =
                functionRows()[static_cast<std::size_t>(instruction.target)].name;
            return name == "now" || name == "random";
        });
}

/// How far an attempt has come.
struct Place
{
    std::vector<Cell> state;
    std::vector<std::uint32_t> taken; ///< steps of each recorded actor
    std::uint32_t linesSaid = 0;
    std::int64_t time = 0; ///< no step that ended before can be taken any more
    std::uint32_t steps = 0; ///< of all actors
};

/// What may come next, and where it leads.
struct Option
{
    std::int32_t actor = 0;
    std::int32_t choice = 0;
    Place place;
};

struct Frame
{
    std::vector<Option> options; ///< the best one last
    Option current; ///< how it was come to
};

struct KeyHash
{
    std::size_t operator()(const std::vector<Cell>& key) const
    {
        std::uint64_t hash = key.size();
        for (const Cell cell : key)
            hash = mixHash(hash, cell);
        return hash;
    }
};

/// The furthest place at which nothing fitted, and why.
struct Disagreement
{
    std::uint32_t steps = 0;
    std::int64_t end = RecordedStep::kNever;
    std::string text;
};

class Acceptance
{
public:
    Acceptance(const std::shared_ptr<const Code>& code, const RecordedRun& run)
        : m_run(run)
        , m_machine(code, machineOptions(true))
        , m_steps(m_machine.width())
        , m_comparesOperands(!drawsOrAsksClock(*code))
    {
        for (std::size_t number = 0; number < run.actors.size(); ++number)
            m_numbers[run.actors[number].handle] = number;
    }

    Result<Schedule> search(const AcceptanceLimits& limits, const std::stop_token& stop);

private:
    [[nodiscard]] bool isAccepted(const Place& place) const;
    [[nodiscard]] bool isDone(const Place& place, std::size_t number) const;
    [[nodiscard]] std::vector<Option> optionsOf(const Place& place);
    void addOptions(const Place& place, std::size_t number, std::vector<Option>& options);
    [[nodiscard]] RecordedStep pending(const Place& place, std::size_t number) const;
    [[nodiscard]] std::string whyNot(
        const Place& before, Place& after, std::size_t number, std::size_t choice);
    [[nodiscard]] std::string whyNotThere(const Place& place, std::size_t number) const;
    [[nodiscard]] bool saysTheRight(const Place& before, Place& after, std::size_t number) const;
    void disagree(const Place& place, std::size_t number, const std::string& why);
    [[nodiscard]] bool isNew(const Place& place);
    [[nodiscard]] Result<Schedule> scheduleOf(const std::vector<Frame>& frames) const;

    const RecordedRun& m_run;
    Machine m_machine;
    StepList m_steps;
    std::map<std::int64_t, std::size_t> m_numbers; ///< of recorded actors, by handle
    std::unordered_set<std::vector<Cell>, KeyHash> m_known;
    const bool m_comparesOperands;
    Disagreement m_disagreement;
};

Result<Schedule> Acceptance::search(const AcceptanceLimits& limits, const std::stop_token& stop)
{
    Option start;
    start.place.state = m_machine.initialState();
    start.place.taken.assign(m_run.actors.size(), 0);
    std::vector<Frame> frames;
    frames.push_back({optionsOf(start.place), std::move(start)});
    while (!frames.empty()) {
        if (isAccepted(frames.back().current.place))
            return scheduleOf(frames);
        if (frames.back().options.empty()) {
            frames.pop_back();
            continue;
        }
        Option next = std::move(frames.back().options.back());
        frames.back().options.pop_back();
        if (!isNew(next.place))
            continue;
        if (m_known.size() > limits.states)
            return Error{ErrorKind::NotSupported, 0, "accept a run", "The search took too long."};
        if (stop.stop_requested())
            return Error{ErrorKind::Cancelled, 0, "accept a run", {}};
        std::vector<Option> options = optionsOf(next.place);
        frames.push_back({std::move(options), std::move(next)});
    }
    return Error{ErrorKind::BadTrace, 0, "accept a run", m_disagreement.text};
}

/// The history says nothing about what is possible, and where the lines stand follows from the
/// steps.
bool Acceptance::isNew(const Place& place)
{
    std::vector<Cell> key = place.state;
    key[Machine::kHistoryCell] = 0;
    key.insert(key.end(), place.taken.begin(), place.taken.end());
    return m_known.insert(std::move(key)).second;
}

bool Acceptance::isDone(const Place& place, std::size_t number) const
{
    const RecordedActor& actor = m_run.actors[number];
    const auto handle = static_cast<std::int32_t>(actor.handle);
    if (actor.hasEnded)
        return m_machine.isStarted(place.state, handle) && !m_machine.isGoing(place.state, handle);
    return place.taken[number] + 1 >= actor.steps.size(); // the last one may have come to nothing
}

// What others do after an exit, or daemons after the end, is not part of the program any more.
bool Acceptance::isAccepted(const Place& place) const
{
    if (m_machine.isEnd(place.state))
        return true;
    if (place.linesSaid != m_run.lines.size())
        return false;
    for (std::size_t number = 0; number < m_run.actors.size(); ++number)
        if (!isDone(place, number))
            return false;
    return true;
}

/// The time of the actor's next step; begins at 0 before its first one.
RecordedStep Acceptance::pending(const Place& place, std::size_t number) const
{
    const RecordedActor& actor = m_run.actors[number];
    const Phase phase = m_machine.local(place.state, static_cast<std::int32_t>(actor.handle)).phase;
    const bool isBefore = phase == Phase::Pending || phase == Phase::Fresh;
    const std::size_t taken = place.taken[number];
    if (taken < actor.steps.size() && !isBefore)
        return actor.steps[taken];
    RecordedStep none;
    none.end = actor.end;
    if (isBefore && !actor.steps.empty())
        none.end = actor.steps.front().end;
    return none;
}

std::vector<Option> Acceptance::optionsOf(const Place& place)
{
    std::vector<Option> options;
    if (m_machine.isEnd(place.state))
        return options;
    std::vector<std::pair<std::int64_t, std::size_t>> candidates;
    for (std::size_t number = 0; number < m_run.actors.size(); ++number) {
        const auto handle = static_cast<std::int32_t>(m_run.actors[number].handle);
        if (handle >= m_machine.actorCount() || !m_machine.isStarted(place.state, handle)
            || !m_machine.isGoing(place.state, handle))
            continue;
        const RecordedStep next = pending(place, number);
        if (next.end != RecordedStep::kNever && next.end + kSlack < place.time) {
            disagree(place, number, "it would have to come before what others did later");
            return {};
        }
        candidates.emplace_back(next.end, number);
    }
    // The most urgent one last, where it is taken first.
    std::sort(candidates.begin(), candidates.end(), std::greater<>());
    const std::int64_t soonest = candidates.empty() ? 0 : candidates.back().first;
    for (const auto& [end, number] : candidates)
        if (soonest == RecordedStep::kNever || pending(place, number).begin <= soonest + kSlack)
            addOptions(place, number, options);
    return options;
}

void Acceptance::addOptions(const Place& place, std::size_t number, std::vector<Option>& options)
{
    const RecordedActor& actor = m_run.actors[number];
    const auto handle = static_cast<std::int32_t>(actor.handle);
    const Phase phase = m_machine.local(place.state, handle).phase;
    const bool hasNoRecord = place.taken[number] >= actor.steps.size();
    if (hasNoRecord && phase != Phase::Pending && phase != Phase::Fresh)
        return; // it never began what comes next
    m_machine.expand(place.state, handle, m_steps);
    if (m_steps.empty())
        disagree(place, number, "it cannot go on there");
    for (std::size_t choice = 0; choice < m_steps.size(); ++choice) {
        Option option;
        option.actor = handle;
        option.choice = static_cast<std::int32_t>(choice);
        const std::string why = whyNot(place, option.place, number, choice);
        if (why.empty())
            options.push_back(std::move(option));
        else
            disagree(place, number, why);
    }
}

/// Fills in the place behind the step; empty if it is what was recorded.
std::string Acceptance::whyNot(
    const Place& before, Place& after, std::size_t number, std::size_t choice)
{
    const auto handle = static_cast<std::int32_t>(m_run.actors[number].handle);
    const Phase phase = m_machine.local(before.state, handle).phase;
    const State state = m_steps.state(choice);
    after = before;
    after.state.assign(state.begin(), state.end());
    after.time = std::max(before.time, pending(before, number).begin);
    ++after.steps;
    if (!saysTheRight(before, after, number))
        return "another line was said";
    const LocalState& local = m_machine.local(after.state, handle);
    const bool isGoing = local.state.status == ActorState::Status::Going;
    if (isGoing && local.phase != Phase::Ready)
        return {}; // between two halves
    bool isOperation = phase != Phase::Pending;
    if (phase == Phase::Fresh) {
        const Cell fresh = before.state[m_machine.actorCell(handle)];
        isOperation = m_machine.beginRoutine(before.state, handle, fresh) != fresh;
    }
    if (isOperation)
        ++after.taken[number];
    return whyNotThere(after, number);
}

std::string Acceptance::whyNotThere(const Place& place, std::size_t number) const
{
    const RecordedActor& actor = m_run.actors[number];
    const auto handle = static_cast<std::int32_t>(actor.handle);
    const LocalState& local = m_machine.local(place.state, handle);
    const bool hasMore = place.taken[number] < actor.steps.size();
    if (m_machine.isEnd(place.state))
        return {};
    if (local.state.status != ActorState::Status::Going) {
        const bool hasFailed = local.state.status == ActorState::Status::Failed;
        if (hasMore || place.taken[number] > actor.steps.size())
            return "the machine comes to its end behind it";
        return hasFailed == actor.hasFailed || !actor.hasEnded ? "" : "it ends in another way";
    }
    if (!hasMore)
        return actor.hasEnded ? "the machine goes on behind it" : "";
    const RecordedStep& step = actor.steps[place.taken[number]];
    const bool isThere = local.state.frames.back().next == step.instruction;
    if (isThere
        && (!m_comparesOperands || operandDigest(m_machine.code(), local.state) == step.operands))
        return {};
    const Instruction& next = m_machine.nextInstruction(place.state, handle);
    return std::string("behind it the machine comes to ") + toText(next.operation) + " in line "
        + std::to_string(next.line) + (isThere ? " with other values" : "");
}

bool Acceptance::saysTheRight(const Place& before, Place& after, std::size_t number) const
{
    if (before.state[Machine::kHistoryCell] == after.state[Machine::kHistoryCell])
        return true;
    const std::size_t known = m_machine.history(before.state).size();
    const std::vector<Machine::Event> events = m_machine.history(after.state);
    for (std::size_t event = known; event < events.size(); ++event) {
        if (!events[event].isLine)
            continue;
        if (after.linesSaid == m_run.lines.size())
            return false;
        const OutputLine& line = m_run.lines[after.linesSaid++];
        if (line.actor != m_run.actors[number].name
            || line.text != m_machine.values().value(events[event].value).asText())
            return false;
    }
    return true;
}

/// Of all attempts, the furthest one tells; of its events, the one that is to be over first.
void Acceptance::disagree(const Place& place, std::size_t number, const std::string& why)
{
    const RecordedStep step = pending(place, number);
    const bool isFurther = m_disagreement.text.empty() || place.steps > m_disagreement.steps;
    if (!isFurther && (place.steps < m_disagreement.steps || step.end >= m_disagreement.end))
        return;
    const RecordedActor& actor = m_run.actors[number];
    const auto handle = static_cast<std::int32_t>(actor.handle);
    m_disagreement.steps = place.steps;
    m_disagreement.end = step.end;
    m_disagreement.text = "After " + std::to_string(place.steps) + " steps, at "
        + durationText(std::chrono::nanoseconds(step.begin)) + ", step "
        + std::to_string(place.taken[number] + 1) + " of " + actor.name + ", "
        + m_machine.describe(place.state, handle) + " in line "
        + std::to_string(m_machine.nextInstruction(place.state, handle).line) + ": " + why + ".";
}

Result<Schedule> Acceptance::scheduleOf(const std::vector<Frame>& frames) const
{
    Schedule schedule;
    for (std::size_t number = 1; number < frames.size(); ++number) {
        ScheduledStep& step = schedule.steps.emplace_back();
        step.actor = frames[number].current.actor;
        step.choice = frames[number].current.choice;
    }
    return schedule;
}

} // namespace

Result<Schedule> acceptRun(const std::shared_ptr<const Code>& code, const RecordedRun& run,
    const AcceptanceLimits& limits, const std::stop_token& stop)
{
    if (const std::optional<Sentence> obstacle = Machine::obstacle(*code))
        return Error{ErrorKind::NotSupported, 0, "accept a run", obstacle->text() + "."};
    if (usesProcesses(*code))
        return Error{ErrorKind::NotSupported, 0, "accept a run",
            "A recording does not say in which order signals came and bytes went through pipes."};
    if (code->options.idealTime || code->options.totalStoreOrder)
        return Error{ErrorKind::NotSupported, 0, "accept a run",
            "Real time is not ideal, and real threads do not say when a write is seen by others."};
    Result<Schedule> accepted = Acceptance(code, run).search(limits, stop);
    if (!accepted)
        return accepted.error();
    Machine machine(code, machineOptions(false));
    Stepper stepper(machine);
    for (ScheduledStep& step : accepted->steps) {
        if (Result<void> moved = stepper.move(step); !moved) // names and lines, for people
            return moved.error();
    }
    return accepted;
}

} // namespace heddle

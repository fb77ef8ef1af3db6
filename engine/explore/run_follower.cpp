// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/run_follower.h"

#include "engine/base/text.h"
#include "engine/explore/machine_processes.h"
#include "engine/explore/machine_signals.h"
#include "engine/model/program/step_operands.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace heddle {

namespace {

using StateCells = std::span<const Cell>;

constexpr std::int64_t kSlack = 500; // nanoseconds by which clocks of processors may differ
constexpr std::int32_t kSpareActors = 16; // beyond those recorded: alarms

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

MachineOptions withHistory()
{
    MachineOptions options;
    options.keepsHistory = true;
    return options;
}

bool isBeforeFirst(Phase phase)
{
    return phase == Phase::Pending || phase == Phase::Fresh;
}

} // namespace

std::unique_ptr<Machine> machineFor(
    const std::shared_ptr<const Code>& code, const RecordedRun& run, const MachineOptions& options)
{
    MachineOptions roomy = options;
    roomy.spareActors = static_cast<std::int32_t>(run.actors.size()) + kSpareActors;
    auto machine = std::make_unique<Machine>(code, roomy);
    for (const RecordedActor& actor : run.actors) {
        const bool isProcess = actor.kind == ActorKind::Process;
        if (actor.process != 0)
            machine->setProcessNumber(isProcess ? actor.handle : kProgramHandle, actor.process);
    }
    return machine;
}

RunFollower::RunFollower(const std::shared_ptr<const Code>& code, const RecordedRun& run)
    : m_run(run)
    , m_owned(machineFor(code, run, withHistory()))
    , m_machine(*m_owned)
    , m_steps(m_machine.width())
    , m_comparesOperands(!drawsOrAsksClock(*code))
{
    for (std::size_t number = 0; number < run.actors.size(); ++number)
        m_numbers[run.actors[number].handle] = number;
    sortLines();
}

// The lines of a command come through a pipe: nobody can say when it wrote them, but in which order.
void RunFollower::sortLines()
{
    m_lines.resize(1);
    for (const RecordedActor& actor : m_run.actors) {
        if (actor.kind != ActorKind::Command)
            continue;
        m_voices[actor.name] = m_lines.size();
        m_lines.emplace_back();
    }
    for (const OutputLine& line : m_run.lines) {
        const auto voice = m_voices.find(line.actor);
        m_lines[voice == m_voices.end() ? 0 : voice->second].push_back(&line);
    }
}

RunPlace RunFollower::start()
{
    RunPlace place;
    place.state = m_machine.initialState();
    place.actors.resize(m_run.actors.size());
    place.said.assign(m_lines.size(), 0);
    return place;
}

/// The history says nothing about what is possible, and where the lines stand follows from the steps.
std::vector<Cell> RunFollower::keyOf(const RunPlace& place)
{
    std::vector<Cell> key = place.state;
    key[Machine::kHistoryCell] = 0;
    for (const RecordedPlace& actor : place.actors)
        actor.appendTo(key);
    return key;
}

bool RunFollower::isDone(const RunPlace& place, std::size_t number) const
{
    const RecordedActor& actor = m_run.actors[number];
    const std::int32_t handle = actor.handle == kProgramHandle
        ? m_machine.layout().standIn()
        : static_cast<std::int32_t>(actor.handle);
    const bool isOver = handle < m_machine.actorCount() && m_machine.isStarted(place.state, handle)
        && !m_machine.isGoing(place.state, handle);
    if (actor.hasEnded && !isOver)
        return false;
    return place.actors[number].isNearlyDone(actor);
}

// What others do after an exit, or daemons after the end, is not part of the program any more.
bool RunFollower::isAccepted(const RunPlace& place) const
{
    if (m_machine.isEnd(place.state))
        return (!m_run.exitCode || *m_run.exitCode == m_machine.exitCode(place.state))
            && hasRunHandlers(place);
    for (std::size_t voice = 0; voice < m_lines.size(); ++voice)
        if (place.said[voice] != m_lines[voice].size())
            return false;
    for (std::size_t number = 0; number < m_run.actors.size(); ++number)
        if (!isDone(place, number))
            return false;
    return !m_run.exitCode;
}

bool RunFollower::isHidden(const Candidate& candidate) const
{
    return candidate.number == kUnrecorded
        || m_run.actors[candidate.number].kind == ActorKind::Command;
}

std::vector<RunFollower::Candidate> RunFollower::candidatesAt(const RunPlace& place) const
{
    std::vector<Candidate> candidates;
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        const bool mayMove = m_machine.isStarted(place.state, actor)
            && (m_machine.isGoing(place.state, actor) || mayGetSignal(place.state, actor));
        if (!mayMove)
            continue;
        const ActorIdentity& identity = m_machine.identity(place.state, actor);
        const auto number = m_numbers.find(identity.isStandIn ? kProgramHandle : actor);
        const bool isRecorded = !identity.isAlarm && number != m_numbers.end();
        if (!isRecorded && !identity.isAlarm && !identity.isStandIn)
            continue; // nothing is known of it
        Candidate candidate;
        candidate.actor = actor;
        if (isRecorded) {
            candidate.number = number->second;
            candidate.deadline =
                place.actors[candidate.number].deadline(m_run.actors[candidate.number]);
        }
        candidates.push_back(candidate);
    }
    // The most urgent one last, where it is taken first.
    std::stable_sort(candidates.begin(), candidates.end(),
        [](const auto& left, const auto& right) { return left.deadline > right.deadline; });
    return candidates;
}

std::vector<RunOption> RunFollower::optionsFrom(const RunPlace& place)
{
    std::vector<RunOption> options;
    if (m_machine.isEnd(place.state))
        return options;
    const std::vector<Candidate> candidates = candidatesAt(place);
    for (const Candidate& candidate : candidates) {
        if (candidate.deadline != RecordedStep::kNever
            && candidate.deadline + kSlack < place.time) {
            disagree(place, candidate, "it would have to come before what others did later");
            return {};
        }
    }
    const std::int64_t soonest =
        candidates.empty() ? RecordedStep::kNever : candidates.back().deadline;
    const std::int64_t latest =
        soonest == RecordedStep::kNever ? RecordedStep::kNever : soonest + kSlack;
    for (const Candidate& candidate : candidates)
        addOptions(place, candidate, latest, options);
    return options;
}

void RunFollower::addOptions(const RunPlace& place, const Candidate& candidate, std::int64_t latest,
    std::vector<RunOption>& options)
{
    m_machine.expand(place.state, candidate.actor, m_steps);
    if (m_steps.empty() && beginOf(place, candidate) <= latest)
        disagree(place, candidate, "it cannot go on there");
    for (std::size_t choice = 0; choice < m_steps.size(); ++choice) {
        const Look look{place, candidate, static_cast<std::int32_t>(choice), latest};
        if (m_steps.notes(choice).delivered != 0)
            addDelivered(look, options);
        else
            addPlain(look, options);
    }
}

void RunFollower::addOption(const Look& look, std::int64_t begin, const std::string& why,
    RunPlace after, std::vector<RunOption>& options)
{
    if (!why.empty())
        return disagree(look.before, look.candidate, why);
    after.time = std::max(look.before.time, begin);
    options.push_back({look.candidate.actor, look.choice, std::move(after)});
}

RunPlace RunFollower::behind(const Look& look) const
{
    RunPlace after = look.before;
    const StateCells state = m_steps.state(static_cast<std::size_t>(look.choice));
    after.state.assign(state.begin(), state.end());
    ++after.steps;
    return after;
}

/// When the next step began; kNever: it never did.
std::int64_t RunFollower::beginOf(const RunPlace& place, const Candidate& candidate) const
{
    const Phase phase = m_machine.local(place.state, candidate.actor).phase;
    if (isHidden(candidate) || isBeforeFirst(phase))
        return 0;
    const RecordedStep* next = place.actors[candidate.number].next(m_run.actors[candidate.number]);
    return next == nullptr ? RecordedStep::kNever : next->begin;
}

void RunFollower::addPlain(const Look& look, std::vector<RunOption>& options)
{
    const std::int64_t begin = beginOf(look.before, look.candidate);
    if (begin == RecordedStep::kNever || begin > look.latest)
        return;
    RunPlace after = behind(look);
    std::string why = whyNot(look, after);
    if (why.empty() && !isHidden(look.candidate))
        why = whyNotOperation(look, after);
    addOption(look, begin, why, std::move(after), options);
}

/// What speaks against any step.
std::string RunFollower::whyNot(const Look& look, RunPlace& after) const
{
    if (!saysTheRight(look, after))
        return "another line was said";
    if (!endsTheRight(look, after))
        return "a process ends there in another way";
    return {};
}

/// Goes on in the recording of the actor, over the operation that the step has carried out.
std::string RunFollower::whyNotOperation(const Look& look, RunPlace& after)
{
    const std::int32_t handle = look.candidate.actor;
    const RecordedActor& actor = m_run.actors[look.candidate.number];
    RecordedPlace& place = after.actors[look.candidate.number];
    const Phase phase = m_machine.local(look.before.state, handle).phase;
    const LocalState& local = m_machine.local(after.state, handle);
    const bool isGoing = local.state.status == ActorState::Status::Going;
    if (isGoing && local.phase != Phase::Ready
        && local.held.size() == m_machine.local(look.before.state, handle).held.size())
        return {}; // between two halves
    bool isOperation = phase != Phase::Pending;
    if (phase == Phase::Fresh) {
        const Cell fresh = look.before.state[m_machine.actorCell(handle)];
        isOperation = m_machine.beginRoutine(look.before.state, handle, fresh) != fresh;
    }
    if (isOperation && !place.mayTake(actor))
        return "a handler ran before it";
    if (isOperation)
        place.take();
    if (!leaveHandlers(look, false, after))
        return "the handler has done more";
    return whyNotThere(after, look.candidate);
}

bool RunFollower::isCutOff(std::span<const Cell> state, std::int32_t actor) const
{
    if (state[Machine::kExitCell] != 0)
        return true;
    return m_machine.layout().hasProcesses()
        && processRecord(m_machine, state, processOf(m_machine, state, actor)).hasEnded;
}

std::string RunFollower::whyNotThere(const RunPlace& place, const Candidate& candidate) const
{
    const RecordedActor& actor = m_run.actors[candidate.number];
    const RecordedPlace& recorded = place.actors[candidate.number];
    const LocalState& local = m_machine.local(place.state, candidate.actor);
    if (m_machine.isEnd(place.state))
        return {};
    if (local.state.status != ActorState::Status::Going)
        return whyNotOver(place, candidate);
    if (local.phase != Phase::Ready)
        return {}; // back at something of which a half is done
    const RecordedStep* step = recorded.next(actor);
    if (step == nullptr)
        return recorded.isOver(actor) ? "the machine goes on behind it" : "";
    const bool isThere = local.state.frames.back().next == step->instruction;
    if (isThere
        && (!m_comparesOperands || operandDigest(m_machine.code(), local.state) == step->operands))
        return {};
    const Instruction& next = m_machine.nextInstruction(place.state, candidate.actor);
    return std::string("behind it the machine comes to ") + toText(next.operation) + " in line "
        + std::to_string(next.line) + (isThere ? " with other values" : "");
}

std::string RunFollower::whyNotOver(const RunPlace& place, const Candidate& candidate) const
{
    const RecordedActor& actor = m_run.actors[candidate.number];
    const RecordedPlace& recorded = place.actors[candidate.number];
    const bool isEarly = isCutOff(place.state, candidate.actor) ? !recorded.isNearlyDone(actor)
        : lingers(place.state, candidate.actor)                 ? recorded.next(actor) != nullptr
                                                                : recorded.hasMore(actor);
    if (isEarly)
        return "the machine comes to its end behind it";
    if (actor.kind == ActorKind::Process)
        return {}; // its exit code says how
    const bool hasFailed =
        m_machine.local(place.state, candidate.actor).state.status == ActorState::Status::Failed;
    return hasFailed == actor.hasFailed || !actor.hasEnded ? "" : "it ends in another way";
}

bool RunFollower::saysTheRight(const Look& look, RunPlace& after) const
{
    if (look.before.state[Machine::kHistoryCell] == after.state[Machine::kHistoryCell])
        return true;
    const std::size_t known = m_machine.history(look.before.state).size();
    const std::vector<Machine::Event> events = m_machine.history(after.state);
    for (std::size_t event = known; event < events.size(); ++event) {
        if (!events[event].isLine)
            continue;
        const auto found = m_voices.find(events[event].actor);
        const std::size_t voice = found == m_voices.end() ? 0 : found->second;
        if (after.said[voice] == m_lines[voice].size())
            return false;
        const OutputLine& line = *m_lines[voice][after.said[voice]++];
        if (line.actor != events[event].actor
            || line.text != m_machine.values().value(events[event].value).asText())
            return false;
    }
    return true;
}

/// Whether processes that the step ends have the recorded exit codes.
bool RunFollower::endsTheRight(const Look& look, const RunPlace& after) const
{
    if (m_run.exitCode && after.state[Machine::kExitCell] != 0
        && m_machine.exitCode(after.state) != *m_run.exitCode)
        return false;
    if (!m_machine.layout().hasProcesses())
        return true;
    return std::all_of(m_run.actors.begin(), m_run.actors.end(), [&](const RecordedActor& actor) {
        const bool mayEnd =
            actor.exitCode.has_value() && hasProcess(m_machine, after.state, actor.handle);
        const ProcessRecord* record =
            mayEnd ? &processRecord(m_machine, after.state, actor.handle) : nullptr;
        const bool ends = record != nullptr && record->hasEnded
            && !(hasProcess(m_machine, look.before.state, actor.handle)
                && processRecord(m_machine, look.before.state, actor.handle).hasEnded);
        return !ends || record->exitCode == *actor.exitCode;
    });
}

/// Of all attempts, the furthest one tells; of its events, the one that is to be over first.
void RunFollower::disagree(
    const RunPlace& place, const Candidate& candidate, const std::string& why)
{
    if (isHidden(candidate) || !m_machine.isGoing(place.state, candidate.actor))
        return;
    const RecordedActor& actor = m_run.actors[candidate.number];
    const RecordedPlace& recorded = place.actors[candidate.number];
    const RecordedStep* step = recorded.next(actor);
    const std::int64_t end = recorded.deadline(actor);
    const bool isFurther = m_disagreement.text.empty() || place.steps > m_disagreement.steps;
    if (!isFurther && (place.steps < m_disagreement.steps || end >= m_disagreement.end))
        return;
    m_disagreement.steps = place.steps;
    m_disagreement.end = end;
    m_disagreement.text = "After " + std::to_string(place.steps) + " steps, at "
        + durationText(std::chrono::nanoseconds(step == nullptr ? 0 : step->begin)) + ", step "
        + std::to_string(recorded.taken() + 1) + " of " + actor.name + ", "
        + m_machine.describe(place.state, candidate.actor) + " in line "
        + std::to_string(m_machine.nextInstruction(place.state, candidate.actor).line) + ": " + why
        + ".";
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/walk_reader.h"

#include "engine/explore/exploration_judge.h"
#include "engine/explore/state_findings.h"
#include "engine/explore/stepper.h"
#include "engine/model/run/expectation_judge.h"
#include "engine/model/run/spoken_of.h"

#include <algorithm>

namespace heddle {

namespace {

using Kind = Expectation::Kind;
using GoalState = Goal::State;

constexpr std::size_t kDeadlockStep = SIZE_MAX; // where the walk stands

MachineOptions optionsFor(const Code& code)
{
    MachineOptions options;
    options.spareActors = startsActors(code) ? kMostSpareActors : 0;
    options.keepsHistory = needsHistory(code);
    return options;
}

/// An actor is called as the expectation names it: by its own name, or as `main` calls it.
RunRecord recordOf(Machine& machine, std::span<const Cell> state, const Expectation& expectation)
{
    const auto isNamed = [&](const std::string& name) {
        return !name.empty()
            && std::any_of(expectation.lines.begin(), expectation.lines.end(),
                [&](const Expectation::Line& line) { return line.by == name; });
    };
    RunRecord record;
    for (const Machine::Event& event : machine.history(state)) {
        const Value& value = machine.values().value(event.value);
        if (event.isLine)
            record.output.push_back({0, isNamed(event.handleName) ? event.handleName : event.actor,
                event.isError, value.asText()});
    }
    return record;
}

std::string outcomeOf(const RunRecord& record)
{
    std::string outcome;
    for (const OutputLine& line : record.output)
        outcome += (outcome.empty() ? "" : "; ") + line.text;
    return outcome;
}

} // namespace

WalkReader::WalkReader(std::shared_ptr<const Code> code)
    : m_code(std::move(code))
    , m_keepsHistory(needsHistory(*m_code))
    , m_machine(m_code, optionsFor(*m_code))
    , m_raceLook(m_machine)
    , m_stepper(m_machine)
{
    m_seen.violated.resize(m_code->invariants.size());
}

void WalkReader::follow(const Schedule& schedule, std::size_t step)
{
    m_seen = {};
    m_seen.violated.resize(m_code->invariants.size());
    while (m_stepper.goBack()) { }
    look(0);
    for (std::size_t i = 0; i < std::min(step, schedule.steps.size()); ++i) {
        ScheduledStep taken = schedule.steps[i];
        if (!m_stepper.move(taken))
            break;
        if (m_stepper.notes().assertionFailed)
            m_seen.assertions.try_emplace(m_stepper.notes().assertion, i + 1);
        noteFailure(taken.actor, i + 1);
        look(i + 1);
    }
    m_seen.isEnd = m_machine.isEnd(m_stepper.state());
    m_seen.isDeadlock = !m_seen.isEnd && m_stepper.movable().empty();
}

void WalkReader::noteFailure(std::int32_t actor, std::size_t step)
{
    if (const std::string* exception = endingException(m_machine, m_stepper.state(), actor))
        m_seen.exceptions.try_emplace(*exception, step);
}

void WalkReader::look(std::size_t step)
{
    for (std::size_t i = 0; i < m_code->invariants.size(); ++i)
        if (m_seen.violated[i] == 0
            && isViolated(m_machine, m_stepper.state(), m_code->invariants[i]))
            m_seen.violated[i] = std::max<std::size_t>(step, 1);
    for (const std::int32_t variable : m_raceLook.in(m_stepper.state()))
        m_seen.races.try_emplace(m_code->shared[static_cast<std::size_t>(variable)].name,
            std::max<std::size_t>(step, 1));
}

std::vector<Goal> WalkReader::goals()
{
    std::vector<Goal> goals;
    for (const Expectation& expectation : m_code->expectations)
        goals.push_back(read(expectation));
    addImplied(goals);
    return goals;
}

std::size_t WalkReader::firstOf(
    const std::map<std::string, std::size_t>& seen, const std::string& name) const
{
    std::size_t first = 0;
    for (const auto& [text, step] : seen)
        if ((name.empty() || text == name) && (first == 0 || step < first))
            first = step;
    return first;
}

std::size_t WalkReader::violationOf(const std::string& invariant) const
{
    for (std::size_t i = 0; i < m_code->invariants.size(); ++i)
        if (m_code->invariants[i].text == invariant)
            return m_seen.violated[i];
    return 0;
}

void WalkReader::readSeen(Goal& goal, bool isWanted, std::size_t step, const Sentence& what) const
{
    if (step > 0) {
        goal.state = isWanted ? GoalState::Reached : GoalState::Broken;
        goal.why = step == kDeadlockStep
            ? what
            : Sentence::of(HEDDLE_TEXT("Sentence", "%1 at step %2"), {what, std::to_string(step)});
    } else if (m_seen.isEnd) {
        goal.state = isWanted ? GoalState::Open : GoalState::Reached;
        goal.why = isWanted ? Sentence::of(HEDDLE_TEXT("Sentence", "not in this schedule"))
                            : Sentence::of(HEDDLE_TEXT("Sentence", "in this schedule"));
    } else {
        goal.why = isWanted ? Sentence::of(HEDDLE_TEXT("Sentence", "not yet"))
                            : Sentence::of(HEDDLE_TEXT("Sentence", "so far"));
    }
}

Goal WalkReader::read(const Expectation& expectation)
{
    Goal goal{expectation.text, expectation.line, GoalState::Open, {}};
    const std::size_t deadlock = m_seen.isDeadlock ? kDeadlockStep : 0;
    switch (expectation.kind) {
    case Kind::Terminates:
        if (m_seen.isEnd)
            goal.state = GoalState::Reached;
        else if (m_seen.isDeadlock)
            goal.state = GoalState::Broken;
        goal.why = m_seen.isEnd ? Sentence::of(HEDDLE_TEXT("Sentence", "the end"))
            : m_seen.isDeadlock ? Sentence::of(HEDDLE_TEXT("Sentence", "a deadlock here"))
                                : Sentence::of(HEDDLE_TEXT("Sentence", "not yet"));
        break;
    case Kind::Deadlock:
        readSeen(goal, expectation.isReachable, deadlock,
            Sentence::of(HEDDLE_TEXT("Sentence", "a deadlock here")));
        break;
    case Kind::Race:
        readSeen(goal, expectation.isReachable || !expectation.name.empty(),
            firstOf(m_seen.races, expectation.name),
            Sentence::of(HEDDLE_TEXT("Sentence", "two can touch it at once")));
        break;
    case Kind::InvariantVerdict:
        readSeen(goal, !expectation.flag, violationOf(expectation.texts.front()),
            Sentence::of(HEDDLE_TEXT("Sentence", "it is false")));
        break;
    case Kind::AssertVerdict:
        readSeen(goal, !expectation.flag,
            firstOf(m_seen.assertions,
                expectation.texts.empty() ? std::string() : expectation.texts.front()),
            Sentence::of(HEDDLE_TEXT("Sentence", "an assertion fails")));
        break;
    case Kind::Exception:
        readSeen(goal, expectation.isReachable, firstOf(m_seen.exceptions, expectation.name),
            Sentence::of(HEDDLE_TEXT("Sentence", "an actor ends with it")));
        break;
    case Kind::Final:
        readFinal(expectation, goal);
        break;
    default:
        readHistory(expectation, goal);
    }
    return goal;
}

void WalkReader::readFinal(const Expectation& expectation, Goal& goal)
{
    goal.why = Sentence::of(HEDDLE_TEXT("Sentence", "at the end"));
    if (!m_seen.isEnd)
        return;
    const Evaluated value = m_machine.evaluate(m_stepper.state(), *expectation.fragment);
    if (value.isRaised()) {
        goal.state = GoalState::Broken;
        goal.why = Sentence::of(HEDDLE_TEXT("Sentence", "its value cannot be computed"));
        return;
    }
    using Relation = Expectation::Relation;
    const bool isIn = isInRanges(expectation, value.value);
    goal.why = Sentence::of(HEDDLE_TEXT("Sentence", "it is %1 here"), {value.value.toText()});
    if (expectation.relation == Relation::CanBe)
        goal.state = isIn ? GoalState::Reached : GoalState::Open;
    else
        goal.state = isIn == (expectation.relation != Relation::Never) ? GoalState::Reached
                                                                       : GoalState::Broken;
}

void WalkReader::readHistory(const Expectation& expectation, Goal& goal)
{
    const bool isAboutOutput = expectation.kind == Kind::SaidOrder
        || expectation.kind == Kind::SaidTimes || expectation.kind == Kind::NeverSaid
        || expectation.kind == Kind::Output || expectation.kind == Kind::Outcomes;
    if (!isAboutOutput || !m_keepsHistory) {
        goal.state = GoalState::Elsewhere;
        goal.why = Sentence::of(HEDDLE_TEXT("Sentence", "one schedule cannot tell"));
        return;
    }
    goal.why = Sentence::of(HEDDLE_TEXT("Sentence", "at the end"));
    if (!m_seen.isEnd)
        return;
    const RunRecord record = recordOf(m_machine, m_stepper.state(), expectation);
    if (expectation.kind == Kind::Outcomes) {
        const std::string outcome = outcomeOf(record);
        const bool isIn = std::find(expectation.texts.begin(), expectation.texts.end(), outcome)
            != expectation.texts.end();
        goal.state = isIn ? GoalState::Reached : GoalState::Broken;
        goal.why = "\"" + outcome + "\"";
        return;
    }
    const Judgement judged = judgeOutput(expectation, record);
    goal.state = judged.status == JudgedExpectation::Status::Held ? GoalState::Reached
        : judged.status == JudgedExpectation::Status::Failed      ? GoalState::Broken
                                                                  : GoalState::Elsewhere;
    goal.why = judged.status == JudgedExpectation::Status::Held
        ? Sentence::of(HEDDLE_TEXT("Sentence", "in this schedule"))
        : Sentence(judged.why);
}

void WalkReader::addImplied(std::vector<Goal>& goals)
{
    for (const Invariant& invariant : m_code->invariants) {
        if (speaksOfInvariant(*m_code, invariant))
            continue;
        Goal goal{"invariant \"" + invariant.text + "\" holds", invariant.line, {}, {}};
        readSeen(goal, false, violationOf(invariant.text),
            Sentence::of(HEDDLE_TEXT("Sentence", "it is false")));
        goals.push_back(std::move(goal));
    }
    if (!speaksOfDeadlocks(*m_code)) {
        Goal goal{"deadlock free", 0, {}, {}};
        readSeen(goal, false, m_seen.isDeadlock ? kDeadlockStep : 0,
            Sentence::of(HEDDLE_TEXT("Sentence", "a deadlock here")));
        goals.push_back(std::move(goal));
    }
    for (const auto& [name, step] : m_seen.exceptions) {
        if (speaksOfException(*m_code, name))
            continue;
        Goal goal{exceptionFreeText(name), 0, {}, {}};
        readSeen(goal, false, step, Sentence::of(HEDDLE_TEXT("Sentence", "an actor ends with it")));
        goals.push_back(std::move(goal));
    }
}

std::vector<std::string> WalkReader::stepsOfLine(std::int32_t actor)
{
    std::vector<std::string> texts;
    std::uint32_t line = 0;
    std::size_t taken = 0;
    while (texts.size() < kMostSteps) {
        ScheduledStep step{actor, 0, {}, 0, {}};
        if (!m_stepper.move(step))
            break;
        ++taken;
        if (taken > 1 && step.line != line)
            break;
        line = step.line;
        texts.push_back(step.text);
        if (m_stepper.notes().spins)
            break;
    }
    while (taken-- > 0)
        m_stepper.goBack();
    return texts;
}

} // namespace heddle

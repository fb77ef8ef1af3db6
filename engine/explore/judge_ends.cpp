// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/exploration_judge.h"
#include "engine/explore/found_words.h"
#include "engine/explore/machine_processes.h"
#include "engine/model/run/expectation_judge.h"

#include <algorithm>
#include <utility>

// What is judged by the states in which a program ends.

namespace heddle {

namespace {

using Kind = Expectation::Kind;

constexpr std::uint32_t kNoState = UINT32_MAX;

/// Whether the actor is a command of which the program does not say what it does.
bool isWithoutModel(const Code& code, const ActorIdentity& actor)
{
    return actor.kind == ActorKind::Command
        && std::any_of(code.commands.begin(), code.commands.end(),
            [&actor](const CommandDeclaration& command) {
                return command.name == actor.base && !command.hasContract;
            });
}

} // namespace

void ExplorationJudge::judgeFinal(const Expectation& expectation, ExploredExpectation& judged)
{
    std::set<Value> values;
    std::uint32_t wanted = kNoState;
    std::uint32_t unwanted = kNoState;
    for (const std::uint32_t end : m_explorer.findings().ends) {
        const Evaluated value =
            m_machine.evaluate(m_explorer.states().copy(end), *expectation.fragment);
        if (value.isRaised())
            return unchecked(judged,
                Sentence::of(
                    HEDDLE_TEXT("Sentence", "its value cannot be computed: %1"), {value.text}));
        values.insert(value.value);
        std::uint32_t& first = isInRanges(expectation, value.value) ? wanted : unwanted;
        if (first == kNoState)
            first = end;
    }
    std::vector<std::string>& texts = m_finals[expectation.text];
    for (const Value& value : values)
        texts.push_back(value.toText());
    const auto valueAt = [&](std::uint32_t state) {
        const Evaluated value =
            m_machine.evaluate(m_explorer.states().copy(state), *expectation.fragment);
        return Sentence::of(HEDDLE_TEXT("Sentence", "the value can be %1"), {value.value.toText()});
    };
    using Relation = Expectation::Relation;
    const bool isAllowed =
        expectation.relation == Relation::Always || expectation.relation == Relation::ExactSet;
    if (isAllowed && unwanted != kNoState)
        return failed(judged, {unwanted}, valueAt(unwanted));
    if (expectation.relation == Relation::Never && wanted != kNoState)
        return failed(judged, {wanted}, valueAt(wanted));
    if (expectation.relation == Relation::CanBe) {
        std::optional<FoundAt> found;
        if (wanted != kNoState)
            found = FoundAt{wanted};
        return reachable(judged, true, found, suchAValue());
    }
    held(judged);
    if (judged.status == Status::Held && expectation.relation == Relation::ExactSet)
        judgeFinalSet(expectation, judged);
}

// Every value of the set must be one that comes about.
void ExplorationJudge::judgeFinalSet(const Expectation& expectation, ExploredExpectation& judged)
{
    std::set<Value> values;
    for (const std::uint32_t end : m_explorer.findings().ends)
        values.insert(
            m_machine.evaluate(m_explorer.states().copy(end), *expectation.fragment).value);
    for (const auto& [low, high] : expectation.ranges) {
        bool isComplete = low == high ? values.count(low) == 1 : low.is(ValueKind::Integer);
        std::int64_t missing = low.number();
        for (std::int64_t one = low.number();
             isComplete && low.is(ValueKind::Integer) && one <= high.number(); ++one) {
            isComplete = values.count(Value::integer(one)) == 1;
            missing = one;
        }
        if (isComplete)
            continue;
        judged.status = Status::Failed;
        judged.why = Sentence::of(HEDDLE_TEXT("Sentence", "the value is never %1"),
            {low.is(ValueKind::Integer) ? std::to_string(missing) : low.toText()});
        return;
    }
}

RunRecord ExplorationJudge::recordOf(std::uint32_t state, const Expectation& expectation)
{
    RunRecord record;
    for (const Machine::Event& event : m_machine.history(m_explorer.states().copy(state))) {
        const Value& value = m_machine.values().value(event.value);
        const std::string& actor =
            namesHandle(expectation, event.handleName) ? event.handleName : event.actor;
        if (event.isLine) {
            record.output.push_back({0, actor, event.isError, value.asText()});
            continue;
        }
        RaisedException raised;
        raised.name = value.number() == kAssertionFailure
            ? "assert"
            : m_code.exceptions[static_cast<std::size_t>(value.number())];
        raised.actor = actor;
        record.raised.push_back(std::move(raised));
    }
    return record;
}

void ExplorationJudge::judgeOutputs(const Expectation& expectation, ExploredExpectation& judged)
{
    for (const std::uint32_t end : m_explorer.findings().ends) {
        const Judgement one = judgeOutput(expectation, recordOf(end, expectation));
        if (one.status == JudgedExpectation::Status::Failed)
            return failed(judged, {end}, one.why);
    }
    held(judged);
}

void ExplorationJudge::judgeRaised(const Expectation& expectation, ExploredExpectation& judged)
{
    const bool isNever = expectation.kind == Kind::NeverRaised;
    for (const std::uint32_t end : m_explorer.findings().ends) {
        std::int64_t count = 0;
        for (const RaisedException& raised : recordOf(end, expectation).raised)
            if (raised.name == expectation.name
                && (expectation.actor.empty() || isMeant(raised.actor, expectation.actor)))
                ++count;
        if (isNever ? count > 0 : count < expectation.low || count > expectation.high)
            return failed(judged, {end},
                Sentence::of(
                    HEDDLE_TEXT("Sentence", "it can be raised %1 times"), {std::to_string(count)}));
    }
    held(judged);
}

std::string ExplorationJudge::outcomeOf(std::uint32_t state, const Expectation& expectation)
{
    std::string outcome;
    const RunRecord record = recordOf(state, expectation);
    for (const OutputLine& line : record.output)
        outcome += (&line == &record.output.front() ? "" : "; ") + line.text;
    return outcome;
}

void ExplorationJudge::judgeOutcomes(const Expectation& expectation, ExploredExpectation& judged)
{
    for (const std::uint32_t end : m_explorer.findings().ends) {
        const std::string outcome = outcomeOf(end, expectation);
        m_outcomes.insert(outcome);
        const bool isMember = std::find(expectation.texts.begin(), expectation.texts.end(), outcome)
            != expectation.texts.end();
        if (!isMember && judged.status != Status::Failed)
            failed(judged, {end},
                Sentence::of(HEDDLE_TEXT("Sentence", "the outcome can be \"%1\""), {outcome}));
    }
    if (judged.status == Status::Failed)
        return;
    held(judged);
    for (const std::string& text : expectation.texts) {
        if (judged.status != Status::Held || m_outcomes.count(text) == 1)
            continue;
        judged.status = Status::Failed;
        judged.why = Sentence::of(HEDDLE_TEXT("Sentence", "the outcome is never \"%1\""), {text});
    }
}

void ExplorationJudge::judgeSchedules(const Expectation& expectation, ExploredExpectation& judged)
{
    held(judged);
    if (judged.status != Status::Held)
        return;
    const std::optional<std::uint64_t> count = m_paths.total;
    if (count && static_cast<std::int64_t>(*count) == expectation.low)
        return;
    judged.status = Status::Failed;
    judged.why = count
        ? Sentence::of(HEDDLE_TEXT("Sentence", "there are %1"), {std::to_string(*count)})
        : Sentence::of(HEDDLE_TEXT("Sentence", "there is no end of them"));
}

void ExplorationJudge::judgeExit(const Expectation& expectation, ExploredExpectation& judged)
{
    if (expectation.name != "program" && !m_machine.layout().hasProcesses())
        return unchecked(judged,
            Sentence::of(HEDDLE_TEXT("Sentence", "\"%1\" is no process"), {expectation.name}));
    for (const std::uint32_t end : m_explorer.findings().ends) {
        if (expectation.name != "program")
            judgeExitOf(end, expectation, judged);
        else
            judgeProgramsExit(end, expectation, judged);
        if (judged.status == Status::Failed || !judged.why.isEmpty())
            return;
    }
    held(judged);
}

void ExplorationJudge::judgeProgramsExit(
    std::uint32_t end, const Expectation& expectation, ExploredExpectation& judged)
{
    const int code = m_machine.exitCode(m_explorer.states().copy(end));
    if (isInRanges(expectation, Value::integer(code)))
        return;
    const auto unknown = whatIsUnknown();
    if (unknown && !m_findings.assertions.empty())
        return unchecked(judged, *unknown); // an assertion may have failed that is about just that
    failed(judged, {end},
        Sentence::of(
            HEDDLE_TEXT("Sentence", "the program can end with %1"), {std::to_string(code)}));
}

// What has been cut off by the program's end has no code of its own.
void ExplorationJudge::judgeExitOf(
    std::uint32_t end, const Expectation& expectation, ExploredExpectation& judged)
{
    const std::vector<Cell> state = m_explorer.states().copy(end);
    for (std::int32_t actor = 0; actor < m_machine.actorCount(); ++actor) {
        if (!isProcess(m_machine, state, actor))
            continue;
        const ActorIdentity& identity = m_machine.identity(state, actor);
        const ProcessRecord& record = processRecord(m_machine, state, actor);
        const bool isNamed =
            isMeant(identity.name, expectation.name) || identity.handleName == expectation.name;
        if (!isNamed || !record.hasEnded
            || isInRanges(expectation, Value::integer(record.exitCode)))
            continue;
        if (isWithoutModel(m_code, identity))
            return unchecked(judged,
                Sentence::of(HEDDLE_TEXT("Sentence",
                                 "depends on what the command \"%1\" does: it has no \"model\""),
                    {identity.name}));
        failed(judged, {end},
            Sentence::of(HEDDLE_TEXT("Sentence", "%1 can end with %2"),
                {identity.name, std::to_string(record.exitCode)}));
    }
}

/// Whether the line means an actor by what `main` calls it.
bool ExplorationJudge::namesHandle(
    const Expectation& expectation, const std::string& handleName) const
{
    return !handleName.empty()
        && (expectation.actor == handleName
            || std::any_of(expectation.lines.begin(), expectation.lines.end(),
                [&](const Expectation::Line& line) { return line.by == handleName; }));
}

} // namespace heddle

// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/exploration_judge.h"

#include "engine/explore/explanation.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

using Kind = Expectation::Kind;

constexpr std::uint32_t kNoState = UINT32_MAX;

/// Lines come in the order of real time where time decides it; "time free" knows no such order.
bool dependsOnTime(const Code& code)
{
    return std::any_of(
        code.instructions.begin(), code.instructions.end(), [](const Instruction& one) {
            return one.operation == Operation::Sleep || one.operation == Operation::StartTimer
                || (one.isTimed && one.limit != kNoRegister);
        });
}

bool isAboutHistory(Kind kind)
{
    switch (kind) {
    case Kind::SaidOrder:
    case Kind::SaidTimes:
    case Kind::NeverSaid:
    case Kind::Output:
    case Kind::Raised:
    case Kind::NeverRaised:
        return true;
    default:
        return false;
    }
}

/// What only the clock of a run can tell.
bool isOnlyForRuns(Kind kind)
{
    return kind == Kind::SaidAfter || kind == Kind::SaidWithin || kind == Kind::LastsAtLeast
        || kind == Kind::LastsAtMost;
}

bool isInRanges(const Expectation& expectation, const Value& value)
{
    return std::any_of(
        expectation.ranges.begin(), expectation.ranges.end(), [&value](const auto& range) {
            return value == range.first || isInRange(value, range.first, range.second);
        });
}

} // namespace

bool needsHistory(const Code& code)
{
    const bool isTimed = dependsOnTime(code);
    return std::any_of(
        code.expectations.begin(), code.expectations.end(), [isTimed](const Expectation& each) {
            return each.kind == Kind::Outcomes || (isAboutHistory(each.kind) && !isTimed);
        });
}

ExplorationJudge::ExplorationJudge(Explorer& explorer)
    : m_explorer(explorer)
    , m_machine(explorer.machine())
    , m_code(explorer.machine().code())
{
}

void ExplorationJudge::judgeAll(ExplorationReport& report)
{
    report.hasExpectLines = !m_code.expectations.empty();
    report.deadlockFound = m_explorer.findings().deadlock.has_value();
    bool isOpen = m_explorer.limit().has_value();
    for (const Expectation& expectation : m_code.expectations) {
        report.expectations.push_back(judge(expectation));
        const bool isUnchecked = report.expectations.back().status == Status::Unchecked;
        const bool isForRuns = isOnlyForRuns(expectation.kind)
            || (isAboutHistory(expectation.kind) && dependsOnTime(m_code));
        isOpen = isOpen || (isUnchecked && !isForRuns);
    }
    addImplied(report);
    const bool hasFailed = std::any_of(report.expectations.begin(), report.expectations.end(),
        [](const ExploredExpectation& each) { return each.status == Status::Failed; });
    report.verdict = hasFailed ? ExplorationVerdict::Violated
        : isOpen               ? ExplorationVerdict::Undecided
                               : ExplorationVerdict::Holds;
    report.finals = std::move(m_finals);
    report.outcomes.assign(m_outcomes.begin(), m_outcomes.end());
}

ExploredExpectation ExplorationJudge::judge(const Expectation& expectation)
{
    ExploredExpectation judged;
    judged.text = expectation.text;
    judged.line = expectation.line;
    if (isOnlyForRuns(expectation.kind))
        unchecked(judged, "only a run can tell");
    else if (isAboutHistory(expectation.kind) && dependsOnTime(m_code))
        unchecked(judged, "depends on time");
    else
        judgeByKind(expectation, judged);
    return judged;
}

void ExplorationJudge::judgeByKind(const Expectation& expectation, ExploredExpectation& judged)
{
    const Findings& findings = m_explorer.findings();
    switch (expectation.kind) {
    case Kind::Terminates:
        return judgeTerminates(judged);
    case Kind::Deadlock:
        return reachable(judged, expectation.isReachable, findings.deadlock, "a deadlock");
    case Kind::Livelock:
        return judgeLivelock(expectation, judged);
    case Kind::Stuck:
        return judgeStuck(expectation, judged);
    case Kind::Race:
        return judgeRace(expectation, judged);
    case Kind::InvariantVerdict:
        return judgeInvariant(expectation, judged);
    case Kind::AssertVerdict:
        return judgeAssert(expectation, judged);
    case Kind::Exception:
        return judgeException(expectation, judged);
    default:
        return judgeByEnds(expectation, judged);
    }
}

void ExplorationJudge::judgeByEnds(const Expectation& expectation, ExploredExpectation& judged)
{
    switch (expectation.kind) {
    case Kind::Final:
        return judgeFinal(expectation, judged);
    case Kind::Outcomes:
        return judgeOutcomes(expectation, judged);
    case Kind::Schedules:
        return judgeSchedules(expectation, judged);
    case Kind::ExitIn:
        return judgeExit(expectation, judged);
    case Kind::SaidOrder:
    case Kind::SaidTimes:
    case Kind::NeverSaid:
    case Kind::Output:
        return judgeOutputs(expectation, judged);
    case Kind::Raised:
    case Kind::NeverRaised:
        return judgeRaised(expectation, judged);
    default:
        return unchecked(judged, "not explored yet");
    }
}

void ExplorationJudge::held(ExploredExpectation& judged) const
{
    if (m_explorer.limit())
        return unchecked(judged, *m_explorer.limit());
    judged.status = Status::Held;
}

void ExplorationJudge::failed(ExploredExpectation& judged, const FoundAt& found, std::string why)
{
    judged.status = Status::Failed;
    judged.why = std::move(why);
    judged.witness = m_explorer.scheduleTo(found);
}

void ExplorationJudge::unchecked(ExploredExpectation& judged, std::string why)
{
    judged.status = Status::Unchecked;
    judged.why = std::move(why);
}

void ExplorationJudge::reachable(ExploredExpectation& judged, bool isExpected,
    const std::optional<FoundAt>& found, const std::string& what)
{
    if (found && !isExpected)
        return failed(judged, *found, "a schedule leads to " + what);
    if (found) {
        judged.status = Status::Held;
        judged.witness = m_explorer.scheduleTo(*found);
        return;
    }
    held(judged);
    if (isExpected && judged.status == Status::Held) {
        judged.status = Status::Failed;
        judged.why = "no schedule leads to " + what;
    }
}

void ExplorationJudge::judgeTerminates(ExploredExpectation& judged)
{
    const Findings& findings = m_explorer.findings();
    if (findings.deadlock)
        return failed(judged, *findings.deadlock, "a schedule leads to a deadlock");
    if (findings.spin)
        return failed(
            judged, *findings.spin, "an actor loops for ever without touching anything shared");
    const std::optional<std::uint32_t> cycle = m_explorer.graph().fairCycle(
        m_explorer.states().size(), m_machine.actorCount(), StateGraph::Cycles::All);
    if (cycle && !m_explorer.limit())
        return failed(judged, {*cycle}, "a schedule goes on for ever");
    held(judged);
}

void ExplorationJudge::judgeLivelock(const Expectation& expectation, ExploredExpectation& judged)
{
    if (m_explorer.limit())
        return unchecked(judged, *m_explorer.limit());
    const std::optional<std::uint32_t> cycle = m_explorer.graph().fairCycle(
        m_explorer.states().size(), m_machine.actorCount(), StateGraph::Cycles::WithoutProgress);
    std::optional<FoundAt> found;
    if (cycle)
        found = FoundAt{*cycle};
    reachable(judged, expectation.isReachable, found, "an endless loop without progress");
}

void ExplorationJudge::judgeStuck(const Expectation& expectation, ExploredExpectation& judged)
{
    std::optional<FoundAt> found = m_explorer.findings().deadlock;
    const auto isMeantHere = [&](std::uint32_t state, std::int32_t actor) {
        const std::span<const Cell> cells = m_explorer.states().state(state);
        return m_machine.isStarted(cells, actor) && m_machine.isGoing(cells, actor)
            && isMeant(m_machine.identity(cells, actor).name, expectation.name);
    };
    if (m_explorer.limit()) { // only what a deadlock shows is known
        bool isStuck = false;
        for (std::int32_t actor = 0; found && actor < m_machine.actorCount(); ++actor)
            isStuck = isStuck || isMeantHere(found->state, actor);
        return reachable(judged, expectation.isReachable, isStuck ? found : std::nullopt,
            "a state in which it is stuck");
    }
    found.reset();
    const std::vector<std::uint32_t>& ends = m_explorer.findings().ends;
    for (std::int32_t actor = 0; !found && actor < m_machine.actorCount(); ++actor) {
        const std::vector<bool> can = m_explorer.graph().canMove(m_explorer.states().size(), actor);
        for (std::uint32_t state = 0; !found && state < can.size(); ++state)
            if (!can[state] && isMeantHere(state, actor)
                && std::find(ends.begin(), ends.end(), state) == ends.end())
                found = FoundAt{state};
    }
    reachable(judged, expectation.isReachable, found, "a state in which it is stuck");
}

void ExplorationJudge::judgeRace(const Expectation& expectation, ExploredExpectation& judged)
{
    std::optional<FoundAt> found;
    std::string name;
    for (const auto& [variable, place] : m_explorer.findings().races) {
        name = m_code.shared[static_cast<std::size_t>(variable)].name;
        if (!expectation.name.empty() && name != expectation.name)
            continue;
        found = place;
        break;
    }
    const bool isExpected = expectation.isReachable || !expectation.name.empty();
    reachable(judged, isExpected, found,
        "a race on "
            + (found                           ? name
                    : expectation.name.empty() ? "anything"
                                               : expectation.name));
}

void ExplorationJudge::judgeInvariant(const Expectation& expectation, ExploredExpectation& judged)
{
    for (std::size_t i = 0; i < m_code.invariants.size(); ++i)
        if (m_code.invariants[i].text == expectation.texts.front())
            return reachable(judged, !expectation.flag, m_explorer.findings().violated[i],
                "a state in which it is false");
    judged.status = Status::Failed;
    judged.why = "there is no such invariant";
}

void ExplorationJudge::judgeAssert(const Expectation& expectation, ExploredExpectation& judged)
{
    std::optional<FoundAt> found;
    for (const auto& [text, place] : m_explorer.findings().assertions)
        if (!found && (expectation.texts.empty() || text == expectation.texts.front()))
            found = place;
    reachable(judged, !expectation.flag, found, "a failed assertion");
}

void ExplorationJudge::judgeException(const Expectation& expectation, ExploredExpectation& judged)
{
    const auto& exceptions = m_explorer.findings().exceptions;
    const auto place = exceptions.find(expectation.name);
    std::optional<FoundAt> found;
    if (place != exceptions.end())
        found = place->second;
    reachable(judged, expectation.isReachable, found, "an actor that ends with it");
}

void ExplorationJudge::judgeFinal(const Expectation& expectation, ExploredExpectation& judged)
{
    std::set<Value> values;
    std::uint32_t wanted = kNoState;
    std::uint32_t unwanted = kNoState;
    for (const std::uint32_t end : m_explorer.findings().ends) {
        const Evaluated value =
            m_machine.evaluate(m_explorer.states().state(end), *expectation.fragment);
        if (value.isRaised())
            return unchecked(judged, "its value cannot be computed: " + value.text);
        values.insert(value.value);
        std::uint32_t& first = isInRanges(expectation, value.value) ? wanted : unwanted;
        if (first == kNoState)
            first = end;
    }
    std::vector<std::string>& texts = m_finals[expectation.text];
    for (const Value& value : values)
        texts.push_back(value.toText());
    const auto valueAt = [&](std::uint32_t state) {
        return "the value can be "
            + m_machine.evaluate(m_explorer.states().state(state), *expectation.fragment)
                  .value.toText();
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
        return reachable(judged, true, found, "such a value");
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
            m_machine.evaluate(m_explorer.states().state(end), *expectation.fragment).value);
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
        judged.why = "the value is never "
            + (low.is(ValueKind::Integer) ? std::to_string(missing) : low.toText());
        return;
    }
}

RunRecord ExplorationJudge::recordOf(std::uint32_t state)
{
    RunRecord record;
    for (const Machine::Event& event : m_machine.history(m_explorer.states().state(state))) {
        const Value& value = m_machine.values().value(event.value);
        if (event.isLine) {
            record.output.push_back({0, event.actor, event.isError, value.asText()});
            continue;
        }
        RaisedException raised;
        raised.name = value.number() == kAssertionFailure
            ? "assert"
            : m_code.exceptions[static_cast<std::size_t>(value.number())];
        raised.actor = event.actor;
        record.raised.push_back(std::move(raised));
    }
    return record;
}

void ExplorationJudge::judgeOutputs(const Expectation& expectation, ExploredExpectation& judged)
{
    for (const std::uint32_t end : m_explorer.findings().ends) {
        const Judgement one = judgeOutput(expectation, recordOf(end));
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
        for (const RaisedException& raised : recordOf(end).raised)
            if (raised.name == expectation.name
                && (expectation.actor.empty() || isMeant(raised.actor, expectation.actor)))
                ++count;
        if (isNever ? count > 0 : count < expectation.low || count > expectation.high)
            return failed(judged, {end}, "it can be raised " + std::to_string(count) + " times");
    }
    held(judged);
}

std::string ExplorationJudge::outcomeOf(std::uint32_t state)
{
    std::string outcome;
    const RunRecord record = recordOf(state);
    for (const OutputLine& line : record.output)
        outcome += (&line == &record.output.front() ? "" : "; ") + line.text;
    return outcome;
}

void ExplorationJudge::judgeOutcomes(const Expectation& expectation, ExploredExpectation& judged)
{
    for (const std::uint32_t end : m_explorer.findings().ends) {
        const std::string outcome = outcomeOf(end);
        m_outcomes.insert(outcome);
        const bool isMember = std::find(expectation.texts.begin(), expectation.texts.end(), outcome)
            != expectation.texts.end();
        if (!isMember && judged.status != Status::Failed)
            failed(judged, {end}, "the outcome can be \"" + outcome + "\"");
    }
    if (judged.status == Status::Failed)
        return;
    held(judged);
    for (const std::string& text : expectation.texts) {
        if (judged.status != Status::Held || m_outcomes.count(text) == 1)
            continue;
        judged.status = Status::Failed;
        judged.why = "the outcome is never \"" + text + "\"";
    }
}

void ExplorationJudge::judgeSchedules(const Expectation& expectation, ExploredExpectation& judged)
{
    held(judged);
    if (judged.status != Status::Held)
        return;
    const std::optional<std::uint64_t> count =
        m_explorer.graph().countPaths(m_explorer.states().size());
    if (count && static_cast<std::int64_t>(*count) == expectation.low)
        return;
    judged.status = Status::Failed;
    judged.why = count ? "there are " + std::to_string(*count) : "there is no end of them";
}

void ExplorationJudge::judgeExit(const Expectation& expectation, ExploredExpectation& judged)
{
    if (expectation.name != "program")
        return unchecked(judged, "processes are not explored yet");
    for (const std::uint32_t end : m_explorer.findings().ends) {
        const int code = m_machine.exitCode(m_explorer.states().state(end));
        if (!isInRanges(expectation, Value::integer(code)))
            return failed(judged, {end}, "the program can end with " + std::to_string(code));
    }
    held(judged);
}

// What no line speaks of is expected not to happen.
void ExplorationJudge::addImplied(ExplorationReport& report)
{
    const Findings& findings = m_explorer.findings();
    const auto isSpokenOf = [this](auto matches) {
        return std::any_of(m_code.expectations.begin(), m_code.expectations.end(), matches);
    };
    const auto add = [&](const std::string& text, std::uint32_t line,
                         const std::optional<FoundAt>& found, const std::string& what) {
        ExploredExpectation judged;
        judged.text = text;
        judged.line = line;
        reachable(judged, false, found, what);
        report.expectations.push_back(std::move(judged));
    };
    for (std::size_t i = 0; i < m_code.invariants.size(); ++i) {
        const Invariant& invariant = m_code.invariants[i];
        if (!isSpokenOf([&](const Expectation& each) {
                return each.kind == Kind::InvariantVerdict && !each.texts.empty()
                    && each.texts.front() == invariant.text;
            }))
            add("invariant \"" + invariant.text + "\" holds", invariant.line, findings.violated[i],
                "a state in which it is false");
    }
    if (!findings.assertions.empty()
        && !isSpokenOf([](const Expectation& each) { return each.kind == Kind::AssertVerdict; }))
        add("assert holds", 0, findings.assertions.begin()->second, "a failed assertion");
    const bool isDeadlockSpokenOf = isSpokenOf([](const Expectation& each) {
        return each.kind == Kind::Deadlock || each.kind == Kind::Terminates
            || (each.kind == Kind::Stuck && each.isReachable);
    });
    if (findings.deadlock && !isDeadlockSpokenOf)
        add("deadlock free", 0, findings.deadlock, "a deadlock");
}

ExplorationReport explore(const std::shared_ptr<const Code>& code, const ExplorerLimits& limits,
    const std::stop_token& stop)
{
    ExplorationReport report;
    report.program = code->title;
    report.hasExpectLines = !code->expectations.empty();
    report.limit = Machine::obstacle(*code);
    if (report.limit) {
        for (const Expectation& each : code->expectations)
            report.expectations.push_back({each.text, each.line,
                ExploredExpectation::Status::Unchecked, *report.limit, std::nullopt, {}});
        return report;
    }
    constexpr std::int32_t kMostSpareActors = 512;
    const auto begin = std::chrono::steady_clock::now();
    MachineOptions options;
    options.keepsHistory = needsHistory(*code);
    for (;; options.spareActors *= 4) {
        Explorer explorer(code, limits, options);
        explorer.search(stop);
        if (explorer.machine().hasNoRoom() && options.spareActors < kMostSpareActors)
            continue;
        ExplorationJudge(explorer).judgeAll(report);
        report.states = explorer.states().size();
        report.transitions = explorer.graph().edgeCount();
        report.depth = explorer.depth();
        report.limit = explorer.limit();
        if (!report.limit)
            report.schedules = explorer.graph().countPaths(explorer.states().size());
        break;
    }
    explainWitnesses(report, code);
    report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return report;
}

} // namespace heddle

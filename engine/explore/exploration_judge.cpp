// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/exploration_judge.h"

#include "engine/explore/found_words.h"
#include "engine/explore/unknown_text.h"
#include "engine/explore/unseen_loop.h"
#include "engine/model/run/spoken_of.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

using Kind = Expectation::Kind;

/// How reasons begin for which only runs can decide.
constexpr const char* kDependsOn = "depends on ";

/// Lines come in the order of real time where time decides it; "time free" knows no such order.
bool dependsOnTime(const Code& code)
{
    return std::any_of(
        code.instructions.begin(), code.instructions.end(), [](const Instruction& one) {
            return one.operation == Operation::Sleep || one.operation == Operation::StartTimer
                || one.operation == Operation::Alarm || (one.isTimed && one.limit != kNoRegister);
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

/// What depends on the texts that commands write.
bool isAboutOutput(Kind kind)
{
    return (isAboutHistory(kind) && kind != Kind::Raised && kind != Kind::NeverRaised)
        || kind == Kind::Outcomes;
}

/// What only the clock of a run can tell.
bool isOnlyForRuns(Kind kind)
{
    return kind == Kind::SaidAfter || kind == Kind::SaidWithin || kind == Kind::LastsAtLeast
        || kind == Kind::LastsAtMost;
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

ExplorationJudge::ExplorationJudge(Explorer& explorer, Explorer* witnesses)
    : m_explorer(explorer)
    , m_witnesses(witnesses)
    , m_findings(explorer.findings())
    , m_machine(explorer.machine())
    , m_code(explorer.machine().code())
{
    if (witnesses != nullptr)
        m_findings.mergeFrom(witnesses->findings());
}

Schedule ExplorationJudge::scheduleTo(const FoundAt& found)
{
    return found.isOfOther ? m_witnesses->scheduleTo(found) : m_explorer.scheduleTo(found);
}

void ExplorationJudge::judgeAll(ExplorationReport& report)
{
    report.hasExpectLines = !m_code.expectations.empty();
    report.deadlockFound = m_findings.deadlock.has_value();
    bool isOpen = leavesMoreToFind() || isGuess();
    countPaths();
    for (const Expectation& expectation : m_code.expectations) {
        report.expectations.push_back(judge(expectation));
        const bool isUnchecked = report.expectations.back().status == Status::Unchecked;
        const bool isForRuns = isOnlyForRuns(expectation.kind)
            || report.expectations.back().why.pattern().rfind(kDependsOn, 0) == 0;
        isOpen = isOpen || (isUnchecked && !isForRuns);
    }
    if (!isGuess())
        addImplied(report);
    const bool hasFailed = std::any_of(report.expectations.begin(), report.expectations.end(),
        [](const ExploredExpectation& each) { return each.status == Status::Failed; });
    report.verdict = hasFailed ? ExplorationVerdict::Violated
        : isOpen               ? ExplorationVerdict::Undecided
                               : ExplorationVerdict::Holds;
    report.finals = std::move(m_finals);
    report.outcomes.assign(m_outcomes.begin(), m_outcomes.end());
    report.schedules = m_paths.total;
    countOutcomes(report);
}

ExploredExpectation ExplorationJudge::judge(const Expectation& expectation)
{
    ExploredExpectation judged;
    judged.text = expectation.text;
    judged.line = expectation.line;
    if (isOnlyForRuns(expectation.kind))
        unchecked(judged, Sentence::of(HEDDLE_TEXT("Sentence", "only a run can tell")));
    else if (isAboutHistory(expectation.kind) && dependsOnTime(m_code))
        unchecked(judged, Sentence::of(HEDDLE_TEXT("Sentence", "depends on time")));
    else if (const auto unknown = whatIsUnknown(); unknown
             && (isAboutOutput(expectation.kind)
                 || (isGuess() && expectation.kind != Kind::Warning)))
        unchecked(judged, *unknown);
    else
        judgeByKind(expectation, judged);
    return judged;
}

/// Whether the schedules go on as some text would have it that nobody knows.
bool ExplorationJudge::isGuess() const
{
    return m_machine.locals().guesses();
}

/// Why nobody can say what is said.
std::optional<Sentence> ExplorationJudge::whatIsUnknown() const
{
    const CommandDeclaration* command = writerOfUnknownText(m_code);
    if (command == nullptr)
        return std::nullopt;
    return dependsOnTexts(*command);
}

void ExplorationJudge::judgeByKind(const Expectation& expectation, ExploredExpectation& judged)
{
    const Findings& findings = m_findings;
    switch (expectation.kind) {
    case Kind::Terminates:
        return judgeTerminates(judged);
    case Kind::Deadlock:
        return reachable(judged, expectation.isReachable, findings.deadlock, aDeadlock());
    case Kind::Livelock:
        return judgeLivelock(expectation, judged);
    case Kind::Starvation:
        return judgeStarvation(expectation, judged);
    case Kind::Stuck:
        return judgeStuck(expectation, judged);
    case Kind::Unbounded:
        return judgeUnbounded(expectation, judged);
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
    case Kind::Warning:
        // A warning is about the text, whatever the schedule.
        judged.status = expectation.flag == expectation.isReachable ? Status::Held : Status::Failed;
        if (judged.status == Status::Failed)
            judged.why = expectation.flag
                ? Sentence::of(HEDDLE_TEXT("Sentence", "it is given for this program"))
                : Sentence::of(HEDDLE_TEXT("Sentence", "it is not given for this program"));
        return;
    default:
        return unchecked(judged, Sentence::of(HEDDLE_TEXT("Sentence", "not explored yet")));
    }
}

void ExplorationJudge::held(ExploredExpectation& judged) const
{
    if (m_explorer.limit())
        return unchecked(judged, *m_explorer.limit());
    judged.status = Status::Held;
}

void ExplorationJudge::failed(ExploredExpectation& judged, const FoundAt& found, Sentence why)
{
    judged.status = Status::Failed;
    judged.why = std::move(why);
    judged.witness = scheduleTo(found);
}

void ExplorationJudge::unchecked(ExploredExpectation& judged, Sentence why)
{
    judged.status = Status::Unchecked;
    judged.why = std::move(why);
}

void ExplorationJudge::reachable(ExploredExpectation& judged, bool isExpected,
    const std::optional<FoundAt>& found, const Sentence& what)
{
    if (found && !isExpected)
        return failed(judged, *found, aScheduleLeadsTo(what));
    if (found) {
        judged.status = Status::Held;
        judged.witness = scheduleTo(*found);
        return;
    }
    held(judged);
    if (isExpected && judged.status == Status::Held) {
        judged.status = Status::Failed;
        judged.why = Sentence::of(HEDDLE_TEXT("Sentence", "no schedule leads to %1"), {what});
    }
}

void ExplorationJudge::judgeUnbounded(const Expectation& expectation, ExploredExpectation& judged)
{
    std::optional<FoundAt> found;
    for (const auto& [object, place] : m_findings.unbounded)
        if (!found && m_machine.declarationOf(object).name == expectation.name)
            found = place;
    reachable(judged, expectation.isReachable, found,
        Sentence::of(HEDDLE_TEXT("Sentence", "more than %1 items in %2"),
            {std::to_string(m_code.options.cap), expectation.name}));
}

void ExplorationJudge::judgeRace(const Expectation& expectation, ExploredExpectation& judged)
{
    std::optional<FoundAt> found;
    std::string name;
    for (const auto& [variable, place] : m_findings.races) {
        name = m_code.shared[static_cast<std::size_t>(variable)].name;
        if (!expectation.name.empty() && name != expectation.name)
            continue;
        found = place;
        break;
    }
    const bool isExpected = expectation.isReachable || !expectation.name.empty();
    reachable(judged, isExpected, found,
        found || !expectation.name.empty()
            ? aRaceOn(found ? name : expectation.name)
            : Sentence::of(HEDDLE_TEXT("Sentence", "a race on anything")));
}

void ExplorationJudge::judgeInvariant(const Expectation& expectation, ExploredExpectation& judged)
{
    for (std::size_t i = 0; i < m_code.invariants.size(); ++i)
        if (m_code.invariants[i].text == expectation.texts.front())
            return reachable(
                judged, !expectation.flag, m_findings.violated[i], aStateInWhichItIsFalse());
    judged.status = Status::Failed;
    judged.why = Sentence::of(HEDDLE_TEXT("Sentence", "there is no such invariant"));
}

void ExplorationJudge::judgeAssert(const Expectation& expectation, ExploredExpectation& judged)
{
    std::optional<FoundAt> found;
    for (const auto& [text, place] : m_findings.assertions)
        if (!found && (expectation.texts.empty() || text == expectation.texts.front()))
            found = place;
    if (const auto unknown = whatIsUnknown(); unknown && found)
        return unchecked(judged, *unknown); // it may be about just that
    reachable(judged, !expectation.flag, found, aFailedAssertion());
}

void ExplorationJudge::judgeException(const Expectation& expectation, ExploredExpectation& judged)
{
    const auto& exceptions = m_findings.exceptions;
    const auto place = exceptions.find(expectation.name);
    std::optional<FoundAt> found;
    if (place != exceptions.end())
        found = place->second;
    reachable(judged, expectation.isReachable, found, anActorThatEndsWithIt());
}

// Whether states that were not come to could still hold something that no line speaks of.
bool ExplorationJudge::leavesMoreToFind() const
{
    if (!m_explorer.limit())
        return false;
    const bool hasAssertions = std::any_of(m_code.instructions.begin(), m_code.instructions.end(),
        [](const Instruction& each) { return each.operation == Operation::Assert; });
    return m_code.expectations.empty() || !speaksOfDeadlocks(m_code)
        || (!speaksOfLivelocks(m_code) && mayLoopUnseen(m_code))
        || (hasAssertions && !speaksOfAssertions(m_code))
        || std::any_of(m_code.invariants.begin(), m_code.invariants.end(),
            [this](const Invariant& each) { return !speaksOfInvariant(m_code, each); });
}

// What no line speaks of is expected not to happen.
void ExplorationJudge::addImplied(ExplorationReport& report)
{
    const auto add = [&](const std::string& text, std::uint32_t line,
                         const std::optional<FoundAt>& found, const Sentence& what) {
        ExploredExpectation judged;
        judged.text = text;
        judged.line = line;
        reachable(judged, false, found, what);
        report.expectations.push_back(std::move(judged));
    };
    for (std::size_t i = 0; i < m_code.invariants.size(); ++i) {
        const Invariant& invariant = m_code.invariants[i];
        if (!speaksOfInvariant(m_code, invariant))
            add("invariant \"" + invariant.text + "\" holds", invariant.line,
                m_findings.violated[i], aStateInWhichItIsFalse());
    }
    for (const auto& [text, place] : m_findings.assertions)
        if (!speaksOfAssertion(m_code, text) && !whatIsUnknown())
            add("assert holds" + (text.empty() ? text : " \"" + text + "\""), 0, place,
                aFailedAssertion());
    if (m_findings.deadlock && !speaksOfDeadlocks(m_code))
        add("deadlock free", 0, m_findings.deadlock, aDeadlock());
    if (m_findings.livelock && !speaksOfLivelocks(m_code))
        add("livelock free", 0, m_findings.livelock,
            Sentence::of(HEDDLE_TEXT(
                "Sentence", "a loop that goes on for ever without touching anything shared")));
    for (const auto& [name, place] : m_findings.exceptions)
        if (!speaksOfException(m_code, name))
            add(exceptionFreeText(name), 0, place, anActorThatEndsWithIt());
    const bool isRaceLookedFor =
        m_explorer.find() == Find::Race && !m_findings.races.empty() && !speaksOfRaces(m_code);
    if (isRaceLookedFor) // races are no mistake by themselves: only who asks is told
        add("race free", 0, m_findings.races.begin()->second,
            aRaceOn(variableName(m_findings.races.begin()->first)));
}

std::string ExplorationJudge::variableName(std::int32_t variable) const
{
    return m_code.shared[static_cast<std::size_t>(variable)].name;
}

} // namespace heddle

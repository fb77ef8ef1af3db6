// SPDX-License-Identifier: Apache-2.0
#include "engine/model/run/judge.h"

#include "engine/base/text.h"
#include "engine/model/run/expectation_judge.h"
#include "engine/model/run/spoken_of.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>
#include <vector>

namespace heddle {

namespace {

using Kind = Expectation::Kind;
using Status = JudgedExpectation::Status;

constexpr const char* kNeedsSearch =
    "one run cannot show what all schedules do; explore the program";
constexpr const char* kNotSeen = "this run did not show it; another schedule may";

/// Judges the expectations of one program by the record of one run.
class Judge
{
public:
    Judge(const Code& code, const RunRecord& record, const Trace* trace)
        : m_code(code)
        , m_record(record)
        , m_trace(trace)
    {
    }

    [[nodiscard]] Judgement judgeOne(std::size_t number) const
    {
        const Expectation& expectation = m_code.expectations[number];
        Judgement judgement =
            expectation.kind == Kind::Final ? judgeFinal(number) : judgeByKind(expectation);
        const bool isEarly =
            m_record.end == RunRecord::End::Stopped || m_record.end == RunRecord::End::Refused;
        if (isEarly && judgement.status != Status::Unchecked && !isSeen(expectation, judgement))
            return Judgement::unchecked("the run was stopped before its end");
        return judgement;
    }

    /// Declared invariants that no line speaks of are expected to hold.
    [[nodiscard]] std::vector<JudgedExpectation> impliedInvariants() const
    {
        std::vector<JudgedExpectation> judged;
        for (const Invariant& invariant : m_code.invariants) {
            if (speaksOfInvariant(m_code, invariant))
                continue;
            const Judgement judgement = invariantHolds(invariant);
            judged.push_back({"invariant \"" + invariant.text + "\" holds", invariant.line,
                judgement.status, judgement.why});
        }
        return judged;
    }

    /// A failed assertion, or an exception that ended `main`, that no line expects.
    [[nodiscard]] bool hasUnexpectedFailure() const
    {
        const bool assertion =
            std::any_of(m_record.failedAssertions.begin(), m_record.failedAssertions.end(),
                [this](const RaisedException& failed) { return !isExpectedAssertion(failed); });
        const bool exception = std::any_of(
            m_record.raised.begin(), m_record.raised.end(), [this](const RaisedException& raised) {
                return raised.isUncaught && raised.actor == "main" && !isExpectedException(raised);
            });
        return assertion || exception;
    }

private:
    [[nodiscard]] Judgement judgeByKind(const Expectation& expectation) const
    {
        switch (expectation.kind) {
        case Kind::Terminates:
            return judgeTerminates();
        case Kind::Deadlock:
            return seenOrFree(expectation, !m_record.deadlocks.empty(),
                [this] { return m_record.deadlocks.front().sentence(); });
        case Kind::Stuck:
            return judgeStuck(expectation);
        case Kind::Exception:
            return judgeException(expectation);
        case Kind::InvariantVerdict:
            return judgeInvariantVerdict(expectation);
        case Kind::AssertVerdict:
            return judgeAssert(expectation);
        case Kind::ExitIn:
            return judgeExit(expectation);
        case Kind::Raised:
        case Kind::NeverRaised:
            return judgeRaised(expectation);
        case Kind::LastsAtLeast:
        case Kind::LastsAtMost:
            return judgeLasting(expectation);
        case Kind::Warning:
            return expectation.flag == expectation.isReachable
                ? Judgement::held()
                : Judgement::failed(expectation.flag ? "it is given for this program"
                                                     : "it is not given for this program");
        case Kind::Race:
            return Judgement::unchecked(
                "reads and writes of shared variables are not recorded; explore the program");
        case Kind::Livelock:
        case Kind::Starvation:
        case Kind::Unbounded:
        case Kind::Schedules:
        case Kind::Final:
            return Judgement::unchecked(kNeedsSearch);
        default:
            return judgeOutput(expectation, m_record);
        }
    }

    /// What a run has shown it has shown, also if it was stopped afterwards.
    [[nodiscard]] static bool isSeen(const Expectation& expectation, const Judgement& judgement)
    {
        switch (expectation.kind) {
        case Kind::Deadlock:
        case Kind::Stuck:
        case Kind::Exception:
            return expectation.isReachable == (judgement.status == Status::Held);
        case Kind::NeverSaid:
        case Kind::NeverRaised:
            return judgement.status == Status::Failed;
        default:
            return false;
        }
    }

    template <typename Why>
    [[nodiscard]] static Judgement seenOrFree(const Expectation& expectation, bool isSeen, Why why)
    {
        if (expectation.isReachable)
            return isSeen ? Judgement::held() : Judgement::unchecked(kNotSeen);
        return isSeen ? Judgement::failed(why()) : Judgement::held();
    }

    [[nodiscard]] Judgement judgeTerminates() const
    {
        switch (m_record.end) {
        case RunRecord::End::Ended:
            return Judgement::held();
        case RunRecord::End::Deadlocked:
            return Judgement::failed("the run ended in a deadlock");
        case RunRecord::End::TimedOut:
            return Judgement::failed("the time limit came first");
        case RunRecord::End::Crashed:
            return Judgement::failed(m_record.problem);
        default:
            return Judgement::unchecked("the run was stopped before its end");
        }
    }

    [[nodiscard]] Judgement judgeStuck(const Expectation& expectation) const
    {
        const auto isStuck = [&](const DeadlockReport& deadlock) {
            return std::any_of(deadlock.links.begin(), deadlock.links.end(),
                [&](const DeadlockReport::Link& link) {
                    return isMeant(m_record, link.actor, expectation.name);
                });
        };
        const auto found =
            std::find_if(m_record.deadlocks.begin(), m_record.deadlocks.end(), isStuck);
        return seenOrFree(
            expectation, found != m_record.deadlocks.end(), [&] { return found->sentence(); });
    }

    [[nodiscard]] Judgement judgeException(const Expectation& expectation) const
    {
        const auto found = std::find_if(
            m_record.raised.begin(), m_record.raised.end(), [&](const RaisedException& each) {
                return each.isUncaught && each.name == expectation.name;
            });
        return seenOrFree(expectation, found != m_record.raised.end(),
            [&] { return found->actor + " ended with it in line " + std::to_string(found->line); });
    }

    [[nodiscard]] Judgement invariantHolds(const Invariant& invariant) const
    {
        if (!invariant.usesInsideOnly)
            return Judgement::unchecked(
                "it speaks of more than sections, which a run cannot see between steps");
        return judgeInvariant(m_code, invariant, m_trace)
            .value_or(Judgement::unchecked("the recording is not complete"));
    }

    [[nodiscard]] Judgement judgeInvariantVerdict(const Expectation& expectation) const
    {
        const auto invariant = std::find_if(m_code.invariants.begin(), m_code.invariants.end(),
            [&](const Invariant& each) { return each.text == expectation.texts.front(); });
        if (invariant == m_code.invariants.end())
            return Judgement::failed("there is no such invariant");
        Judgement judgement = invariantHolds(*invariant);
        if (expectation.flag || judgement.status == Status::Unchecked)
            return judgement;
        return judgement.status == Status::Failed ? Judgement::held()
                                                  : Judgement::unchecked(kNotSeen);
    }

    [[nodiscard]] Judgement judgeAssert(const Expectation& expectation) const
    {
        const auto found = std::find_if(m_record.failedAssertions.begin(),
            m_record.failedAssertions.end(), [&](const RaisedException& each) {
                return expectation.texts.empty() || each.text == expectation.texts.front();
            });
        const bool isSeen = found != m_record.failedAssertions.end();
        if (!expectation.flag)
            return isSeen ? Judgement::held() : Judgement::unchecked(kNotSeen);
        return isSeen ? Judgement::failed("the assertion in line " + std::to_string(found->line)
                   + " failed in " + found->actor)
                      : Judgement::held();
    }

    [[nodiscard]] Judgement judgeFinal(std::size_t number) const
    {
        const Expectation& expectation = m_code.expectations[number];
        const auto value = std::find_if(m_record.finals.begin(), m_record.finals.end(),
            [number](const auto& each) { return each.first == number; });
        if (m_record.end != RunRecord::End::Ended || value == m_record.finals.end())
            return Judgement::unchecked("the run did not come to its end");
        const bool isMember = isInRanges(expectation, value->second);
        const std::string was = "the value was " + value->second.toText();
        switch (expectation.relation) {
        case Expectation::Relation::CanBe:
            return isMember ? Judgement::held()
                            : Judgement::unchecked(was + "; another schedule may differ");
        case Expectation::Relation::Never:
            return isMember ? Judgement::failed(was) : Judgement::held();
        default:
            return isMember ? Judgement::held() : Judgement::failed(was);
        }
    }

    /// Each code that was given must be one of them: of an array, of one that was started again.
    [[nodiscard]] Judgement judgeExit(const Expectation& expectation) const
    {
        std::vector<std::pair<std::string, int>> codes;
        if (expectation.name != "program")
            std::copy_if(m_record.exits.begin(), m_record.exits.end(), std::back_inserter(codes),
                [&](const auto& each) { return isMeant(m_record, each.first, expectation.name); });
        else if (m_record.end == RunRecord::End::Deadlocked
            || m_record.end == RunRecord::End::TimedOut)
            return Judgement::unchecked("the program did not come to its end by itself");
        else
            codes.emplace_back(expectation.name, m_record.exitCode);
        if (codes.empty())
            return Judgement::unchecked("\"" + expectation.name + "\" has not ended");
        const auto other = std::find_if(codes.begin(), codes.end(), [&](const auto& each) {
            return !isInRanges(expectation, Value::integer(each.second));
        });
        if (other == codes.end())
            return Judgement::held();
        const std::string whose = codes.size() == 1 ? "" : " of " + other->first;
        return Judgement::failed("the code" + whose + " was " + std::to_string(other->second));
    }

    [[nodiscard]] Judgement judgeRaised(const Expectation& expectation) const
    {
        const auto count = std::count_if(
            m_record.raised.begin(), m_record.raised.end(), [&](const RaisedException& each) {
                return each.name == expectation.name
                    && (expectation.actor.empty()
                        || isMeant(m_record, each.actor, expectation.actor));
            });
        const bool isHeld = expectation.kind == Kind::NeverRaised
            ? count == 0
            : count >= expectation.low && count <= expectation.high;
        return isHeld ? Judgement::held()
                      : Judgement::failed("it was raised "
                          + (count == 1 ? "once" : std::to_string(count) + " times"));
    }

    [[nodiscard]] Judgement judgeLasting(const Expectation& expectation) const
    {
        const std::int64_t lasted = m_record.nanoseconds;
        const std::string was = "the run lasted " + durationText(std::chrono::nanoseconds(lasted));
        if (expectation.kind == Kind::LastsAtLeast)
            return lasted >= expectation.durationNanoseconds ? Judgement::held()
                                                             : Judgement::failed(was);
        if (lasted - m_record.slackNanoseconds > expectation.durationNanoseconds)
            return Judgement::failed(was);
        return m_record.end == RunRecord::End::Ended
            ? Judgement::held()
            : Judgement::unchecked("the run did not come to its end");
    }

    [[nodiscard]] bool isExpectedAssertion(const RaisedException& failed) const
    {
        return std::any_of(
            m_code.expectations.begin(), m_code.expectations.end(), [&](const Expectation& each) {
                return each.kind == Kind::AssertVerdict && !each.flag
                    && (each.texts.empty() || each.texts.front() == failed.text);
            });
    }

    [[nodiscard]] bool isExpectedException(const RaisedException& raised) const
    {
        return std::any_of(
            m_code.expectations.begin(), m_code.expectations.end(), [&](const Expectation& each) {
                const bool isException = each.kind == Kind::Exception && each.isReachable;
                const bool isEndOfMain = each.kind == Kind::ExitIn && each.name == "program";
                return isEndOfMain // the exit code says whether it ended as it should
                    || ((isException || each.kind == Kind::Raised) && each.name == raised.name);
            });
    }

    const Code& m_code;
    const RunRecord& m_record;
    const Trace* m_trace;
};

RunVerdict verdictOf(const RunReport& report, bool hasUnexpectedFailure)
{
    switch (report.record.end) {
    case RunRecord::End::Deadlocked:
        return RunVerdict::Deadlock;
    case RunRecord::End::TimedOut:
        return RunVerdict::Timeout;
    case RunRecord::End::Stopped:
        return RunVerdict::Stopped;
    case RunRecord::End::Crashed:
    case RunRecord::End::Refused:
        return RunVerdict::Error;
    case RunRecord::End::Ended:
        break;
    }
    const bool hasFailed = std::any_of(report.expectations.begin(), report.expectations.end(),
        [](const JudgedExpectation& each) { return each.status == Status::Failed; });
    return hasFailed || hasUnexpectedFailure ? RunVerdict::Failed : RunVerdict::Ok;
}

} // namespace

RunReport judge(const Code& code, RunRecord record, const std::shared_ptr<const Trace>& trace)
{
    RunReport report;
    report.program = code.title;
    report.record = std::move(record);
    if (trace)
        report.recorder = trace->recorder();
    const Judge judge(code, report.record, trace.get());
    for (std::size_t i = 0; i < code.expectations.size(); ++i) {
        Judgement judgement = judge.judgeOne(i);
        report.expectations.push_back({code.expectations[i].text, code.expectations[i].line,
            judgement.status, std::move(judgement.why)});
    }
    for (JudgedExpectation& implied : judge.impliedInvariants())
        report.expectations.push_back(std::move(implied));
    report.verdict = verdictOf(report, judge.hasUnexpectedFailure());
    return report;
}

} // namespace heddle

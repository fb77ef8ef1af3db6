// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text.h"
#include "engine/model/program/evaluate.h"
#include "engine/model/run/expectation_judge.h"

#include <algorithm>
#include <chrono>

namespace heddle {

namespace {

using Kind = Expectation::Kind;

std::string times(std::int64_t count)
{
    return count == 1 ? "once" : std::to_string(count) + " times";
}

std::string described(const Expectation::Line& line)
{
    return "\"" + line.pattern + "\"" + (line.by.empty() ? "" : " by " + line.by);
}

std::string moment(std::int64_t nanoseconds)
{
    return durationText(std::chrono::nanoseconds(nanoseconds));
}

bool matches(const RunRecord& record, const OutputLine& said, const Expectation::Line& line)
{
    return matchesPattern(said.text, line.pattern)
        && (line.by.empty() || isMeant(record, said.actor, line.by));
}

/// Numbers of the lines of the output that match.
std::vector<std::size_t> occurrences(const RunRecord& record, const Expectation::Line& line)
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < record.output.size(); ++i)
        if (matches(record, record.output[i], line))
            found.push_back(i);
    return found;
}

/// What holds only because lines are missing is not known to hold.
Judgement ifComplete(const RunRecord& record, Judgement judgement)
{
    if (record.outputDropped > 0 && judgement.status == JudgedExpectation::Status::Held)
        return Judgement::unchecked(
            std::to_string(record.outputDropped) + " lines of the output were not kept");
    return judgement;
}

Judgement judgeTimes(const Expectation& expectation, const RunRecord& record)
{
    const auto count =
        static_cast<std::int64_t>(occurrences(record, expectation.lines.front()).size());
    if (count >= expectation.low && count <= expectation.high)
        return expectation.high == INT64_MAX ? Judgement::held()
                                             : ifComplete(record, Judgement::held());
    if (count < expectation.low && record.outputDropped > 0)
        return Judgement::unchecked("lines of the output were not kept");
    return Judgement::failed(described(expectation.lines.front()) + " was said " + times(count));
}

Judgement judgeOrder(const Expectation& expectation, const RunRecord& record)
{
    std::optional<std::size_t> last;
    for (std::size_t i = 0; i < expectation.lines.size(); ++i) {
        const std::vector<std::size_t> found = occurrences(record, expectation.lines[i]);
        if (found.empty())
            return Judgement::failed(described(expectation.lines[i]) + " was not said");
        if (last && found.front() < *last)
            return Judgement::failed(described(expectation.lines[i]) + " was said before the last "
                + described(expectation.lines[i - 1]));
        last = found.back();
    }
    return ifComplete(record, Judgement::held());
}

Judgement judgeMoment(const Expectation& expectation, const RunRecord& record)
{
    const std::vector<std::size_t> found = occurrences(record, expectation.lines.front());
    if (found.empty())
        return Judgement::failed(described(expectation.lines.front()) + " was not said");
    std::int64_t from = 0;
    if (expectation.lines.size() > 1) {
        const std::vector<std::size_t> starts = occurrences(record, expectation.lines[1]);
        if (starts.empty())
            return Judgement::failed(described(expectation.lines[1]) + " was not said");
        from = record.output[starts.front()].time;
    }
    const std::int64_t after = record.output[found.front()].time - from;
    const std::int64_t bound = expectation.durationNanoseconds;
    const bool isHeld = expectation.kind == Kind::SaidAfter
        ? after >= bound
        : after - record.slackNanoseconds <= bound;
    return isHeld ? Judgement::held() : Judgement::failed("it was said after " + moment(after));
}

Judgement notSaid(const std::string& pattern)
{
    return Judgement::failed("\"" + pattern + "\" was not said");
}

Judgement judgeLinesInOrder(const std::vector<std::string>& wanted, const RunRecord& record)
{
    for (std::size_t i = 0; i < record.output.size(); ++i) {
        const std::string& line = record.output[i].text;
        if (i >= wanted.size())
            return Judgement::failed("\"" + line + "\" was said, too");
        if (!matchesPattern(line, wanted[i]))
            return Judgement::failed("line " + std::to_string(i + 1) + " is \"" + line + "\"");
    }
    return record.output.size() < wanted.size() ? notSaid(wanted[record.output.size()])
                                                : Judgement::held();
}

/// Each line must find a pattern of its own.
Judgement judgeLinesInAnyOrder(std::vector<std::string> wanted, const RunRecord& record)
{
    for (const OutputLine& line : record.output) {
        const auto match = std::find_if(wanted.begin(), wanted.end(),
            [&line](const std::string& pattern) { return matchesPattern(line.text, pattern); });
        if (match == wanted.end())
            return Judgement::failed("\"" + line.text + "\" was said, too");
        wanted.erase(match);
    }
    return wanted.empty() ? Judgement::held() : notSaid(wanted.front());
}

Judgement judgeOutcomes(const Expectation& expectation, const RunRecord& record)
{
    std::string outcome;
    for (const OutputLine& line : record.output)
        outcome += (&line == &record.output.front() ? "" : "; ") + line.text;
    const bool isMember = std::find(expectation.texts.begin(), expectation.texts.end(), outcome)
        != expectation.texts.end();
    return isMember ? ifComplete(record, Judgement::held())
                    : Judgement::failed("the outcome was \"" + outcome + "\"");
}

} // namespace

bool isInRanges(const Expectation& expectation, const Value& value)
{
    return std::any_of(
        expectation.ranges.begin(), expectation.ranges.end(), [&value](const auto& range) {
            return value == range.first || isInRange(value, range.first, range.second);
        });
}

bool isMeant(const RunRecord& record, const std::string& actor, const std::string& name)
{
    return isMeant(actor, name)
        || std::any_of(record.handles.begin(), record.handles.end(),
            [&](const auto& handle) { return handle.first == name && handle.second == actor; });
}

bool isMeant(const std::string& actor, const std::string& name)
{
    if (actor.compare(0, name.size(), name) != 0)
        return false;
    const std::string rest = actor.substr(name.size());
    if (rest.empty() || rest.front() == '[')
        return true;
    return rest.size() > 1 && rest.front() == '-'
        && rest.find_first_not_of("0123456789", 1) == std::string::npos;
}

Judgement judgeOutput(const Expectation& expectation, const RunRecord& record)
{
    switch (expectation.kind) {
    case Kind::SaidOrder:
        return judgeOrder(expectation, record);
    case Kind::SaidAfter:
    case Kind::SaidWithin:
        return judgeMoment(expectation, record);
    case Kind::SaidTimes:
        return judgeTimes(expectation, record);
    case Kind::NeverSaid: {
        const std::vector<std::size_t> found = occurrences(record, expectation.lines.front());
        return found.empty()
            ? ifComplete(record, Judgement::held())
            : Judgement::failed("it was said after " + moment(record.output[found.front()].time));
    }
    case Kind::Output:
        return ifComplete(record,
            expectation.flag ? judgeLinesInAnyOrder(expectation.texts, record)
                             : judgeLinesInOrder(expectation.texts, record));
    default:
        return judgeOutcomes(expectation, record);
    }
}

} // namespace heddle

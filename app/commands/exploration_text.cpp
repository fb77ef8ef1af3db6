// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/exploration_text.h"

#include "engine/base/text.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace heddle::app {

namespace {

using Status = ExploredExpectation::Status;

const char* statusText(Status status)
{
    switch (status) {
    case Status::Held:
        return "held         ";
    case Status::Failed:
        return "failed       ";
    case Status::Unchecked:
        return "not checked  ";
    }
    return "";
}

std::string verdictText(const ExplorationReport& report)
{
    switch (report.verdict) {
    case ExplorationVerdict::Holds:
        if (!report.isExact())
            return "holds: all that the program expects was decided";
        return report.hasExpectLines ? "holds: every schedule was explored"
                                     : "holds: nothing bad in any schedule";
    case ExplorationVerdict::Violated:
        return report.deadlockFound && !report.hasExpectLines ? "violated: a schedule deadlocks"
                                                              : "violated";
    case ExplorationVerdict::Undecided:
        break;
    }
    return "not decided";
}

std::string counted(std::uint64_t count, const std::string& one)
{
    return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

std::string figuresLine(const ExplorationReport& report)
{
    if (report.states == 0)
        return {};
    const auto time =
        std::chrono::nanoseconds(static_cast<std::int64_t>(report.seconds * 1'000'000'000));
    std::string line = "  " + counted(report.states, "state") + ", "
        + counted(report.transitions, "transition") + ", depth " + std::to_string(report.depth);
    if (report.schedules)
        line += ", " + counted(*report.schedules, "schedule");
    if (report.orders)
        line += " (" + std::to_string(*report.orders) + " truly different)";
    return line + ", " + durationText(time) + "\n";
}

std::string expectationLine(const ExploredExpectation& expectation)
{
    std::string line = std::string("  ") + statusText(expectation.status) + expectation.text;
    if (!expectation.why.isEmpty())
        line += ": " + expectation.why.text();
    return line + "\n";
}

std::string setLine(const std::string& what, const std::vector<std::string>& values)
{
    std::string line = "  " + what + ": {";
    for (const std::string& value : values)
        line += (&value == &values.front() ? "" : ", ") + value;
    return line + "}\n";
}

std::string outcomeLines(const ExplorationReport& report)
{
    constexpr std::size_t kMost = 12;
    std::string lines;
    for (const ExploredOutcome& outcome : report.histogram) {
        if (&outcome - report.histogram.data() == std::ptrdiff_t{kMost})
            return lines + "    and " + std::to_string(report.histogram.size() - kMost) + " more\n";
        lines += "    " + outcome.text;
        if (outcome.schedules)
            lines += "  (" + counted(*outcome.schedules, "schedule") + ")";
        lines += "\n";
    }
    return lines.empty() ? lines : "  comes out as\n" + lines;
}

std::string sampledLine(const ExplorationReport& report)
{
    if (!report.sampled)
        return {};
    return "  then " + std::to_string(report.sampled->schedules)
        + " schedules drawn by chance, seed " + std::to_string(report.sampled->seed) + "\n";
}

/// Leaves the middle out where nobody would read it all; of each step there is one line.
std::string shortened(const std::string& lines, std::size_t steps)
{
    constexpr std::size_t kFirst = 40;
    constexpr std::size_t kLast = 20;
    constexpr std::size_t kMost = 100; // a few more than shown are shown as well
    if (steps <= kMost)
        return lines;
    std::size_t head = 0;
    for (std::size_t i = 0; i < kFirst; ++i)
        head = lines.find('\n', head) + 1;
    std::size_t tail = lines.size();
    for (std::size_t i = 0; i < kLast; ++i)
        tail = lines.rfind('\n', tail - 2) + 1;
    return lines.substr(0, head) + "  … " + counted(steps - kFirst - kLast, "step")
        + " left out; --schedule OUT writes all of them\n" + lines.substr(tail);
}

std::string witnessText(const ExploredExpectation& expectation)
{
    const std::size_t steps = expectation.witness->steps.size();
    const char* what = expectation.status == Status::Failed ? "against " : "for ";
    std::string text = "\n" + std::string(what) + "\"" + expectation.text + "\", "
        + counted(steps, "step") + ":\n" + shortened(stepLines(*expectation.witness), steps);
    if (!expectation.explanation.isEmpty())
        text += expectation.explanation.text() + "\n";
    return text;
}

bool isSame(const Schedule& left, const Schedule& right)
{
    return std::equal(left.steps.begin(), left.steps.end(), right.steps.begin(), right.steps.end(),
        [](const ScheduledStep& one, const ScheduledStep& other) {
            return one.actor == other.actor && one.choice == other.choice;
        });
}

/// Of each failed line the schedule that shows it, and none twice; without one, the most telling.
std::vector<const ExploredExpectation*> shownWitnesses(const ExplorationReport& report)
{
    std::vector<const ExploredExpectation*> shown;
    for (const ExploredExpectation& each : report.expectations) {
        const bool isNew = each.status == Status::Failed && each.witness
            && std::none_of(shown.begin(), shown.end(), [&](const ExploredExpectation* other) {
                   return isSame(*other->witness, *each.witness);
               });
        if (isNew)
            shown.push_back(&each);
    }
    const ExploredExpectation* telling = mostTelling(report);
    if (shown.empty() && telling != nullptr)
        shown.push_back(telling);
    return shown;
}

} // namespace

const ExploredExpectation* mostTelling(const ExplorationReport& report)
{
    const auto first = [&](auto fits) -> const ExploredExpectation* {
        const auto found = std::find_if(report.expectations.begin(), report.expectations.end(),
            [&](const ExploredExpectation& each) { return each.witness && fits(each); });
        return found == report.expectations.end() ? nullptr : &*found;
    };
    const ExploredExpectation* telling =
        first([](const auto& each) { return each.status == Status::Failed; });
    if (telling == nullptr)
        telling = first([](const auto& each) { return each.text.rfind("deadlock", 0) == 0; });
    if (telling == nullptr)
        telling = first([](const auto&) { return true; });
    return telling;
}

/// Empty for a step that no line stands for, such as the coming of a signal.
std::string placeOf(const ScheduledStep& step)
{
    return step.line == 0 ? std::string() : "line " + std::to_string(step.line);
}

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

std::string stepLines(const Schedule& schedule)
{
    std::size_t nameWidth = 0;
    std::size_t placeWidth = 0;
    for (const ScheduledStep& step : schedule.steps) {
        nameWidth = std::max(nameWidth, step.actorName.size());
        placeWidth = std::max(placeWidth, placeOf(step).size());
    }
    const std::size_t digits = std::to_string(schedule.steps.size()).size();
    std::string lines;
    for (std::size_t i = 0; i < schedule.steps.size(); ++i) {
        const ScheduledStep& step = schedule.steps[i];
        const std::string number = std::to_string(i + 1);
        lines += "  " + std::string(digits - number.size(), ' ') + number + "  "
            + padded(step.actorName, nameWidth) + "  " + padded(placeOf(step), placeWidth) + "  "
            + step.text + "\n";
    }
    return lines;
}

std::string explorationText(const ExplorationReport& report)
{
    std::string text = report.program + ": " + verdictText(report);
    if (report.limit)
        text += ": " + report.limit->text();
    text += "\n" + figuresLine(report) + sampledLine(report);
    for (const ExploredExpectation& expectation : report.expectations)
        text += expectationLine(expectation);
    for (const auto& [expression, values] : report.finals)
        text += setLine(expression, values);
    for (const LostUpdate& lost : report.lostUpdates)
        text += "  lost update   of " + lost.variable + ", after "
            + counted(lost.witness.steps.size(), "step") + "\n";
    text += outcomeLines(report);
    if (report.histogram.empty() && !report.outcomes.empty())
        text += setLine("outputs", report.outcomes);
    for (const ExploredExpectation* shown : shownWitnesses(report))
        text += witnessText(*shown);
    return text;
}

} // namespace heddle::app

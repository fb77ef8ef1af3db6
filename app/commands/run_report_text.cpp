// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/run_report_text.h"

#include "engine/base/text.h"

#include <QString>

namespace heddle::app {

namespace {

std::string timeText(std::int64_t duration)
{
    return durationText(std::chrono::nanoseconds(duration));
}

const char* statusText(JudgedExpectation::Status status)
{
    switch (status) {
    case JudgedExpectation::Status::Held:
        return "held       ";
    case JudgedExpectation::Status::Failed:
        return "failed     ";
    case JudgedExpectation::Status::Unchecked:
        return "unchecked  ";
    }
    return "";
}

std::string expectationLine(const JudgedExpectation& expectation)
{
    std::string line = "  ";
    line += statusText(expectation.status);
    line += expectation.text;
    if (!expectation.why.empty())
        line += ": " + expectation.why;
    return line + "\n";
}

std::string linkLine(const DeadlockReport::Link& link)
{
    std::string line = "  " + link.actor;
    if (link.end == DeadlockReport::PipeEnd::None && link.heldBy == link.waitsFor)
        line += " waits for " + link.waitsFor; // a join
    else
        line += " " + link.sentence();
    return line + " (line " + std::to_string(link.line) + ")\n";
}

std::string deadlockLines(const DeadlockReport& deadlock)
{
    std::string lines = deadlock.isCycle ? "deadlock" : "stuck for good";
    lines += " after " + timeText(deadlock.time) + ":\n";
    for (const DeadlockReport::Link& link : deadlock.links)
        lines += linkLine(link);
    return lines;
}

std::string exceptionLine(const RaisedException& exception, const char* what)
{
    std::string line = std::string(what) + " in " + exception.actor + ", line "
        + std::to_string(exception.line) + ": " + exception.name;
    if (!exception.text.empty())
        line += " (" + exception.text + ")";
    return line + "\n";
}

std::string recorderLine(const RecorderFigures& figures)
{
    const QString cost = QString::number(figures.nanosecondsPerEvent, 'f', 1);
    const QString share = QString::number(figures.shareOfRun * 100, 'f', 2);
    const std::string lost =
        figures.lost == 0 ? "none lost" : std::to_string(figures.lost) + " lost";
    return "recorded " + std::to_string(figures.events) + " events, " + lost + ", "
        + cost.toStdString() + " ns each, " + share.toStdString()
        + " % of the running time; scheduler: " + figures.schedulerData + "\n";
}

} // namespace

std::string reportText(const RunReport& report)
{
    std::string text = report.program + ": " + toText(report.verdict) + " after "
        + timeText(report.record.nanoseconds) + "\n";
    if (!report.record.problem.empty())
        text += report.record.problem + "\n";
    for (const DeadlockReport& deadlock : report.record.deadlocks)
        text += deadlockLines(deadlock);
    for (const RaisedException& assertion : report.record.failedAssertions)
        text += exceptionLine(assertion, "failed assertion");
    for (const RaisedException& exception : report.record.raised)
        if (exception.isUncaught)
            text += exceptionLine(exception, "uncaught exception");
    for (const JudgedExpectation& expectation : report.expectations)
        text += expectationLine(expectation);
    return text + recorderLine(report.recorder);
}

} // namespace heddle::app

// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/stats.h"

#include "app/commands/command_result.h"
#include "app/commands/json_text.h"
#include "app/trace_file.h"
#include "engine/base/text.h"
#include "engine/model/trace/statistics.h"

#include <QJsonArray>
#include <QString>

#include <algorithm>
#include <cinttypes>
#include <cstdio>

namespace heddle::app {

namespace {

QJsonValue number(std::uint64_t value)
{
    return static_cast<qint64>(value);
}

QJsonValue number(std::int64_t value)
{
    return static_cast<qint64>(value);
}

QJsonObject waitEntry(const WaitStatistics& wait)
{
    return {{QStringLiteral("object"), QString::fromStdString(wait.object)},
        {QStringLiteral("count"), number(wait.count)},
        {QStringLiteral("total_ns"), number(wait.totalNanoseconds)},
        {QStringLiteral("p50_ns"), number(wait.p50Nanoseconds)},
        {QStringLiteral("p99_ns"), number(wait.p99Nanoseconds)},
        {QStringLiteral("longest_ns"), number(wait.longestNanoseconds)}};
}

QJsonObject laneEntry(const LaneStatistics& lane)
{
    QJsonArray waits;
    for (const WaitStatistics& wait : lane.waits)
        waits.append(waitEntry(wait));
    return {{QStringLiteral("name"), QString::fromStdString(lane.name)},
        {QStringLiteral("kind"), QString::fromStdString(lane.kind)},
        {QStringLiteral("running_ns"), number(lane.runningNanoseconds)},
        {QStringLiteral("runnable_ns"), number(lane.runnableNanoseconds)},
        {QStringLiteral("blocked_ns"), number(lane.blockedNanoseconds)},
        {QStringLiteral("waits"), waits}};
}

QJsonObject recorderEntry(const RecorderFigures& figures)
{
    return {{QStringLiteral("events"), number(figures.events)},
        {QStringLiteral("lost"), number(figures.lost)},
        {QStringLiteral("ns_per_event"), figures.nanosecondsPerEvent},
        {QStringLiteral("share_of_run"), figures.shareOfRun}};
}

void printJson(const StatsCommand& command, const Trace& trace, const TraceStatistics& found)
{
    QJsonArray lanes;
    for (const LaneStatistics& lane : found.lanes)
        lanes.append(laneEntry(lane));
    print(jsonText({{QStringLiteral("file"), QString::fromStdString(command.trace)},
        {QStringLiteral("duration_ns"), number(found.to - found.from)},
        {QStringLiteral("from_ns"), number(found.from)},
        {QStringLiteral("to_ns"), number(found.to)}, {QStringLiteral("lanes"), lanes},
        {QStringLiteral("pools"), QJsonArray()},
        {QStringLiteral("recorder"), recorderEntry(trace.recorder())},
        {QStringLiteral("scheduler_data"),
            QString::fromStdString(trace.recorder().schedulerData)}}));
}

QString timeText(std::int64_t duration)
{
    return QString::fromStdString(durationText(std::chrono::nanoseconds(duration)));
}

QString row(const QStringList& cells, const QList<qsizetype>& widths)
{
    QString line;
    for (qsizetype column = 0; column < cells.size(); ++column) {
        const QString& cell = cells.at(column);
        const bool isWord = column < 2;
        line +=
            isWord ? cell.leftJustified(widths.at(column)) : cell.rightJustified(widths.at(column));
        line += QStringLiteral("  ");
    }
    while (line.endsWith(u' '))
        line.chop(1);
    return line + u'\n';
}

void printTable(const QList<QStringList>& rows)
{
    QList<qsizetype> widths(rows.constFirst().size(), 0);
    for (const QStringList& cells : rows)
        for (qsizetype column = 0; column < cells.size(); ++column)
            widths[column] = std::max(widths.at(column), cells.at(column).size());
    for (const QStringList& cells : rows)
        print(row(cells, widths).toStdString());
}

void printLanes(const TraceStatistics& found)
{
    QList<QStringList> rows{{QStringLiteral("lane"), QStringLiteral("kind"),
        QStringLiteral("running"), QStringLiteral("runnable"), QStringLiteral("blocked")}};
    for (const LaneStatistics& lane : found.lanes)
        rows.append({QString::fromStdString(lane.name), QString::fromStdString(lane.kind),
            timeText(lane.runningNanoseconds), timeText(lane.runnableNanoseconds),
            timeText(lane.blockedNanoseconds)});
    printTable(rows);
}

void printWaits(const TraceStatistics& found)
{
    QList<QStringList> rows{
        {QStringLiteral("lane"), QStringLiteral("waits for"), QStringLiteral("times"),
            QStringLiteral("total"), QStringLiteral("median"), QStringLiteral("99 %")}};
    for (const LaneStatistics& lane : found.lanes)
        for (const WaitStatistics& wait : lane.waits)
            rows.append({QString::fromStdString(lane.name), QString::fromStdString(wait.object),
                QString::number(wait.count), timeText(wait.totalNanoseconds),
                timeText(wait.p50Nanoseconds), timeText(wait.p99Nanoseconds)});
    if (rows.size() == 1)
        return;
    print("\n");
    printTable(rows);
}

} // namespace

int showStatistics(const StatsCommand& command)
{
    const Result<LoadedTrace> loaded = readTrace(command.trace);
    if (!loaded) {
        complain(loaded.error().detail);
        return kInvalid;
    }
    const Trace& trace = *loaded->trace;
    const std::int64_t from = command.from ? command.from->count() : 0;
    const std::int64_t to = command.to ? command.to->count() : trace.end();
    if (from < 0 || from > to) {
        complain("--from must not be after --to.");
        return kInvalid;
    }
    const TraceStatistics found = statistics(trace, from, std::min(to, trace.end()));
    if (command.json) {
        printJson(command, trace, found);
    } else {
        printLanes(found);
        printWaits(found);
    }
    if (loaded->damage.empty())
        return kDone;
    complain("\"" + command.trace + "\" is damaged: " + loaded->damage);
    return kInvalid;
}

} // namespace heddle::app

// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "engine/explore/explore.h"
#include "engine/explore/stepper.h"
#include "engine/model/program/compiler.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStringList>
#include <QTemporaryDir>

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <optional>
#include <random>
#include <string>

/// What a run came to, in one text that is the same for the same outcome: "deadlock: a: one; b: two".
struct Forced
{
    QStringList outcomes; ///< of each run
    QString messages;
};

/// How a run ended and what was said by whom, in order.
inline QString outcomeOf(const QJsonObject& report)
{
    QStringList lines;
    for (const auto& line : report[QStringLiteral("output")].toArray())
        lines += line[QStringLiteral("actor")].toString() + QStringLiteral(": ")
            + line[QStringLiteral("text")].toString();
    const QString verdict = report[QStringLiteral("verdict")].toString();
    const QString problem = report[QStringLiteral("problem")].toString();
    const QString end = verdict == QStringLiteral("deadlock") ? verdict : QStringLiteral("ended");
    return (problem.isEmpty() ? end : problem) + QStringLiteral(" | ")
        + lines.join(QStringLiteral("; "));
}

/// The same outcome without what the machine cannot know: which numbers the system gives to processes,
/// and what commands write.
inline QString comparable(const heddle::Code& code, const QString& outcome)
{
    const QString end = outcome.section(QStringLiteral(" | "), 0, 0);
    QStringList lines;
    for (const QString& line :
        outcome.section(QStringLiteral(" | "), 1).split(QStringLiteral("; "))) {
        const QString actor = line.section(QStringLiteral(": "), 0, 0);
        const bool isCommands = std::any_of(code.commands.begin(), code.commands.end(),
            [&](const auto& command) { return actor == QString::fromStdString(command.name); });
        if (isCommands)
            continue;
        static const QRegularExpression kNumber(QStringLiteral("my number: \\d+"));
        lines += code.commands.empty() ? QString(line).replace(kNumber, QStringLiteral("my number"))
                                       : actor;
    }
    return end + QStringLiteral(" | ") + lines.join(QStringLiteral("; "));
}

/// Forces real threads through the schedule, `runs` times.
inline Forced force(const std::string& program, const heddle::Schedule& schedule, int runs,
    int patienceMilliseconds = 30'000)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("schedule"));
    QFile file(path);
    Forced forced;
    if (!file.open(QIODevice::WriteOnly)) {
        forced.messages = file.errorString();
        return forced;
    }
    file.write(QByteArray::fromStdString(heddle::toText(schedule)));
    file.close();
    QProcess process;
    process.start(QStringLiteral(HEDDLE_FORCED_RUN),
        {path, QString::number(runs), QString::number(patienceMilliseconds)});
    process.write(QByteArray::fromStdString(program));
    process.closeWriteChannel();
    if (!process.waitForFinished(600'000))
        process.kill();
    for (const QByteArray& line : process.readAllStandardOutput().split('\n')) {
        if (!line.isEmpty())
            forced.outcomes += outcomeOf(QJsonDocument::fromJson(line).object());
    }
    forced.messages = QString::fromUtf8(process.readAllStandardError());
    return forced;
}

/// The witness that an exploration gives for one of the program's lines.
inline std::optional<heddle::Schedule> witnessOf(
    const std::string& program, const std::string& line)
{
    const std::shared_ptr<const heddle::Code> code = heddle::compileProgram(program).code;
    if (code == nullptr)
        return std::nullopt;
    for (const heddle::ExploredExpectation& each : heddle::explore(code, {}).expectations) {
        if (each.text == line)
            return each.witness;
    }
    return std::nullopt;
}

/// A schedule that was drawn by lot, and what the machine says it comes to.
struct DrawnSchedule
{
    heddle::Schedule schedule;
    QString outcome;
    bool isWhole = false; ///< it goes to an end or a deadlock
};

inline QString outcomeOf(heddle::Machine& machine, std::span<const heddle::Cell> state)
{
    QStringList lines;
    for (const heddle::Machine::Event& event : machine.history(state)) {
        if (event.isLine)
            lines += QString::fromStdString(
                event.actor + ": " + machine.values().value(event.value).asText());
    }
    return (machine.isEnd(state) ? QStringLiteral("ended | ") : QStringLiteral("deadlock | "))
        + lines.join(QStringLiteral("; "));
}

/// What the machine says that a schedule comes to.
inline QString outcomeAfter(const std::string& program, const heddle::Schedule& schedule)
{
    heddle::MachineOptions options;
    options.keepsHistory = true;
    options.spareActors = heddle::kMostSpareActors;
    heddle::Machine machine(heddle::compileProgram(program).code, options);
    heddle::Stepper stepper(machine);
    for (heddle::ScheduledStep step : schedule.steps) {
        if (!stepper.move(step))
            return QStringLiteral("not possible");
    }
    return outcomeOf(machine, stepper.state());
}

inline DrawnSchedule draw(
    const std::shared_ptr<const heddle::Code>& code, unsigned seed, int longest)
{
    heddle::MachineOptions options;
    options.keepsHistory = true;
    options.spareActors = heddle::kMostSpareActors;
    heddle::Machine machine(code, options);
    heddle::Stepper stepper(machine);
    heddle::StepList steps(machine.width());
    std::mt19937 lot(seed);
    DrawnSchedule drawn;
    for (int step = 0; step < longest && !drawn.isWhole; ++step) {
        const std::vector<std::int32_t> movable = stepper.movable();
        if (machine.isEnd(stepper.state()) || movable.empty()) {
            drawn.isWhole = true;
            break;
        }
        heddle::ScheduledStep next;
        next.actor =
            movable[std::uniform_int_distribution<std::size_t>(0, movable.size() - 1)(lot)];
        machine.expand(stepper.state(), next.actor, steps);
        next.choice =
            std::uniform_int_distribution<int>(0, static_cast<int>(steps.size()) - 1)(lot);
        if (!stepper.move(next))
            break;
        drawn.schedule.steps.push_back(next);
    }
    drawn.outcome = outcomeOf(machine, stepper.state());
    return drawn;
}

/// How often each schedule is forced: HEDDLE_FORCED_RUNS, or a few times.
inline int runCount()
{
    bool isGiven = false;
    const int count = qEnvironmentVariableIntValue("HEDDLE_FORCED_RUNS", &isGiven);
    return isGiven && count > 0 ? count : 3;
}

/// Each actor's only way, in this order.
inline heddle::Schedule scheduleOf(std::initializer_list<int> actors)
{
    heddle::Schedule schedule;
    for (const int actor : actors) {
        heddle::ScheduledStep step;
        step.actor = actor;
        schedule.steps.push_back(step);
    }
    return schedule;
}

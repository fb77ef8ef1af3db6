// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/exploration_json.h"

#include <QString>

namespace heddle::app {

namespace {

QString text(const std::string& words)
{
    return QString::fromStdString(words);
}

QJsonValue textOrNull(const std::optional<Sentence>& words)
{
    return words ? QJsonValue(text(words->text())) : QJsonValue(QJsonValue::Null);
}

/// Counts beyond what a JSON number holds exactly become a text.
QJsonValue countJson(std::uint64_t count)
{
    constexpr std::uint64_t kExact = std::uint64_t{1} << 53U;
    if (count <= kExact)
        return static_cast<qint64>(count);
    return QString::number(count);
}

QJsonObject expectationJson(const ExploredExpectation& expectation)
{
    QJsonObject object{{QStringLiteral("text"), text(expectation.text)},
        {QStringLiteral("line"), static_cast<int>(expectation.line)},
        {QStringLiteral("status"), QString::fromLatin1(toText(expectation.status))},
        {QStringLiteral("why"), text(expectation.why.text())},
        {QStringLiteral("explanation"), text(expectation.explanation.text())},
        {QStringLiteral("witness"), QJsonValue::Null}};
    if (expectation.witness)
        object[QStringLiteral("witness")] =
            QJsonObject{{QStringLiteral("steps"), stepsJson(*expectation.witness)}};
    return object;
}

QJsonObject finalsJson(const ExplorationReport& report)
{
    QJsonObject finals;
    for (const auto& [expression, values] : report.finals) {
        QJsonArray texts;
        for (const std::string& value : values)
            texts.append(text(value));
        finals.insert(text(expression), texts);
    }
    return finals;
}

QJsonArray histogramJson(const ExplorationReport& report)
{
    QJsonArray histogram;
    for (const ExploredOutcome& outcome : report.histogram)
        histogram.append(QJsonObject{{QStringLiteral("text"), text(outcome.text)},
            {QStringLiteral("states"), countJson(outcome.states)},
            {QStringLiteral("schedules"),
                outcome.schedules ? countJson(*outcome.schedules) : QJsonValue(QJsonValue::Null)},
            {QStringLiteral("deadlock"), outcome.isDeadlock}});
    return histogram;
}

QJsonArray lostUpdatesJson(const ExplorationReport& report)
{
    QJsonArray lost;
    for (const LostUpdate& update : report.lostUpdates)
        lost.append(QJsonObject{{QStringLiteral("variable"), text(update.variable)},
            {QStringLiteral("witness"),
                QJsonObject{{QStringLiteral("steps"), stepsJson(update.witness)}}}});
    return lost;
}

QJsonValue sampledJson(const ExplorationReport& report)
{
    if (!report.sampled)
        return QJsonValue::Null;
    return QJsonObject{{QStringLiteral("schedules"), countJson(report.sampled->schedules)},
        {QStringLiteral("steps"), countJson(report.sampled->steps)},
        {QStringLiteral("seed"), countJson(report.sampled->seed)},
        {QStringLiteral("seconds"), report.sampled->seconds}};
}

} // namespace

QJsonArray stepsJson(const Schedule& schedule)
{
    QJsonArray steps;
    for (const ScheduledStep& step : schedule.steps)
        steps.append(QJsonObject{{QStringLiteral("actor"), text(step.actorName)},
            {QStringLiteral("line"), static_cast<int>(step.line)},
            {QStringLiteral("text"), text(step.text)}});
    return steps;
}

QJsonObject explorationJson(const ExplorationReport& report)
{
    QJsonArray expectations;
    for (const ExploredExpectation& expectation : report.expectations)
        expectations.append(expectationJson(expectation));
    QJsonArray outcomes;
    for (const std::string& outcome : report.outcomes)
        outcomes.append(text(outcome));
    return {{QStringLiteral("program"), text(report.program)},
        {QStringLiteral("verdict"), QString::fromLatin1(toText(report.verdict))},
        {QStringLiteral("states"), countJson(report.states)},
        {QStringLiteral("transitions"), countJson(report.transitions)},
        {QStringLiteral("depth"), static_cast<int>(report.depth)},
        {QStringLiteral("seconds"), report.seconds},
        {QStringLiteral("limit"), textOrNull(report.limit)},
        {QStringLiteral("exact"), report.isExact()},
        {QStringLiteral("schedules"),
            report.schedules ? countJson(*report.schedules) : QJsonValue(QJsonValue::Null)},
        {QStringLiteral("orders"),
            report.orders ? countJson(*report.orders) : QJsonValue(QJsonValue::Null)},
        {QStringLiteral("expectations"), expectations},
        {QStringLiteral("finals"), finalsJson(report)}, {QStringLiteral("outcomes"), outcomes},
        {QStringLiteral("histogram"), histogramJson(report)},
        {QStringLiteral("lost_updates"), lostUpdatesJson(report)},
        {QStringLiteral("sampled"), sampledJson(report)}};
}

} // namespace heddle::app

// SPDX-License-Identifier: GPL-3.0-only
#include "app/commands/moment_json.h"

#include "engine/model/program/catalogue.h"

#include <QJsonArray>
#include <QString>

namespace heddle::app {

namespace {

QString text(std::string_view words)
{
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

QString standingText(ExploredActor::Standing standing)
{
    switch (standing) {
    case ExploredActor::Standing::NotStarted:
        return QStringLiteral("not started");
    case ExploredActor::Standing::CanMove:
        return QStringLiteral("can move");
    case ExploredActor::Standing::Waits:
        return QStringLiteral("waits");
    case ExploredActor::Standing::Idle:
        return QStringLiteral("idle");
    case ExploredActor::Standing::Ended:
        return QStringLiteral("ended");
    case ExploredActor::Standing::Failed:
        return QStringLiteral("failed");
    }
    return {};
}

QString nameOf(const ExploredMoment& moment, std::int32_t number)
{
    for (const ExploredActor& actor : moment.actors)
        if (actor.number == number)
            return text(actor.name);
    return {};
}

QJsonArray namesOf(const ExploredMoment& moment, const std::vector<std::int32_t>& numbers)
{
    QJsonArray names;
    for (const std::int32_t number : numbers)
        names.append(nameOf(moment, number));
    return names;
}

QJsonObject actorJson(const ExploredMoment& moment, const ExploredActor& actor)
{
    QJsonObject locals;
    for (const NamedText& local : actor.locals)
        locals.insert(text(local.name), text(local.value));
    QJsonArray moves;
    for (const ExploredMove& move : actor.moves)
        moves.append(QJsonObject{
            {QStringLiteral("choice"), move.choice}, {QStringLiteral("text"), text(move.text)}});
    return {{QStringLiteral("number"), actor.number}, {QStringLiteral("name"), text(actor.name)},
        {QStringLiteral("standing"), standingText(actor.standing)},
        {QStringLiteral("line"), static_cast<int>(actor.line)},
        {QStringLiteral("next"), text(actor.next)},
        {QStringLiteral("sentence"), text(actor.sentence.text())},
        {QStringLiteral("waits_for"), namesOf(moment, actor.waitsFor)},
        {QStringLiteral("locals"), locals}, {QStringLiteral("moves"), moves}};
}

QJsonObject variableJson(const ExploredMoment& moment, const ExploredVariable& variable)
{
    const bool isWritten = variable.lastWriter >= 0;
    return {{QStringLiteral("name"), text(variable.name)},
        {QStringLiteral("value"), text(variable.value)},
        {QStringLiteral("last_writer"),
            isWritten ? QJsonValue(nameOf(moment, variable.lastWriter))
                      : QJsonValue(QJsonValue::Null)},
        {QStringLiteral("written_at"), static_cast<qint64>(variable.writtenAt)}};
}

QJsonObject objectJson(const ExploredMoment& moment, const ExploredObject& object)
{
    return {{QStringLiteral("name"), text(object.name)},
        {QStringLiteral("kind"), text(primitiveRow(object.kind).keyword)},
        {QStringLiteral("text"), text(object.text.text())},
        {QStringLiteral("holders"), namesOf(moment, object.holders)},
        {QStringLiteral("waiting"), namesOf(moment, object.waiting)}};
}

} // namespace

QJsonObject momentJson(const ExploredMoment& moment)
{
    QJsonArray actors;
    for (const ExploredActor& actor : moment.actors)
        actors.append(actorJson(moment, actor));
    QJsonArray variables;
    for (const ExploredVariable& variable : moment.variables)
        variables.append(variableJson(moment, variable));
    QJsonArray objects;
    for (const ExploredObject& object : moment.objects)
        objects.append(objectJson(moment, object));
    QJsonArray said;
    for (const std::string& line : moment.said)
        said.append(text(line));
    return {{QStringLiteral("step"), static_cast<qint64>(moment.step)},
        {QStringLiteral("headline"), text(moment.headline.text())},
        {QStringLiteral("actors"), actors}, {QStringLiteral("variables"), variables},
        {QStringLiteral("objects"), objects}, {QStringLiteral("said"), said}};
}

} // namespace heddle::app

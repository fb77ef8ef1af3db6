// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/inspector/explored_rows.h"

#include "widgets/shared/icons.h"
#include "widgets/shared/sentence_words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace heddle::widgets {

namespace {

class ExploredWords
{
    Q_DECLARE_TR_FUNCTIONS(ExploredWords)
};

using Standing = ExploredActor::Standing;

ActorId actorId(std::int32_t number)
{
    return ActorId{static_cast<std::uint32_t>(number + 1)};
}

const ExploredActor* actorOf(const ExploredMoment& moment, std::int32_t number)
{
    const auto found = std::find_if(moment.actors.begin(), moment.actors.end(),
        [number](const ExploredActor& each) { return each.number == number; });
    return found == moment.actors.end() ? nullptr : &*found;
}

QString namesOf(const ExploredMoment& moment, const std::vector<std::int32_t>& numbers)
{
    QStringList names;
    for (const std::int32_t number : numbers)
        if (const ExploredActor* actor = actorOf(moment, number))
            names.append(QString::fromStdString(actor->name));
    return names.join(QStringLiteral(", "));
}

/// What it waits for, as the colours of the timeline have it.
State waitState(const ExploredMoment& moment, const ExploredActor& actor)
{
    for (const ExploredObject& object : moment.objects) {
        if (std::find(object.waiting.begin(), object.waiting.end(), actor.number)
            == object.waiting.end())
            continue;
        switch (object.kind) {
        case PrimitiveKind::Condition:
        case PrimitiveKind::Event:
        case PrimitiveKind::Barrier:
        case PrimitiveKind::Latch:
            return State::WaitCondition;
        case PrimitiveKind::Pipe:
            return State::WaitInput;
        case PrimitiveKind::Queue:
            return State::WaitQueue;
        default:
            return State::WaitLock;
        }
    }
    return State::WaitActor;
}

State stateOf(const ExploredMoment& moment, const ExploredActor& actor)
{
    switch (actor.standing) {
    case Standing::CanMove:
        return State::Runnable;
    case Standing::Waits:
        return waitState(moment, actor);
    case Standing::Failed:
        return State::Error;
    case Standing::NotStarted:
    case Standing::Idle:
    case Standing::Ended:
        break;
    }
    return State::None;
}

ActorMoment waitOf(const ExploredMoment& moment, const ExploredActor& actor)
{
    ActorMoment shown;
    shown.actor = actorId(actor.number);
    shown.name = actor.name;
    shown.state = stateOf(moment, actor);
    shown.line = static_cast<std::uint16_t>(std::min<std::uint32_t>(actor.line, UINT16_MAX));
    if (actor.standing != Standing::Waits)
        return shown;
    for (std::size_t i = 0; i < moment.objects.size(); ++i) {
        const std::vector<std::int32_t>& waiting = moment.objects[i].waiting;
        if (std::find(waiting.begin(), waiting.end(), actor.number) != waiting.end())
            shown.waitsFor = ObjectId{static_cast<std::uint32_t>(i + 1)};
    }
    for (const std::int32_t other : actor.waitsFor)
        shown.heldBy.push_back(actorId(other));
    if (!shown.waitsFor && !shown.heldBy.empty())
        shown.waitsForActor = shown.heldBy.front();
    return shown;
}

/// The chain of forced waits from an actor back to itself, if there is one.
std::vector<WaitCycle::Link> chainFrom(
    const WaitGraph& graph, const ExploredMoment& moment, std::int32_t start)
{
    std::vector<WaitCycle::Link> links;
    std::int32_t at = start;
    for (std::size_t i = 0; i < moment.actors.size(); ++i) {
        const ExploredActor* actor = actorOf(moment, at);
        const bool isForced = actor != nullptr && actor->standing == Standing::Waits
            && actor->isForced && actor->waitsFor.size() == 1;
        if (!isForced)
            return {};
        const auto index = static_cast<std::size_t>(actor - moment.actors.data());
        const ActorMoment& shown = graph.actors[index];
        links.push_back(
            {shown.actor, shown.waitsFor, actorId(actor->waitsFor.front()), shown.line});
        at = actor->waitsFor.front();
        if (at == start)
            return links;
    }
    return {};
}

} // namespace

std::vector<Row> exploredObjectRows(const ExploredMoment& moment)
{
    std::vector<Row> rows;
    for (const ExploredObject& object : moment.objects) {
        Row row{.key = rows.size() + 1, .cells = {}};
        row.cells.push_back(
            {.text = QString::fromStdString(object.name), .icon = primitiveIcon(object.kind)});
        row.cells.push_back({.text = inWords(object.text)});
        row.cells.push_back({.text = namesOf(moment, object.waiting)});
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Row> exploredVariableRows(const ExploredMoment& moment)
{
    std::vector<Row> rows;
    for (const ExploredVariable& variable : moment.variables) {
        Row row{.key = rows.size() + 1, .cells = {}};
        row.cells.push_back({.text = QString::fromStdString(variable.name)});
        row.cells.push_back({.text = QString::fromStdString(variable.value)});
        const ExploredActor* writer = actorOf(moment, variable.lastWriter);
        row.cells.push_back(
            {.text = writer == nullptr ? QString()
                                       : ExploredWords::tr("%1, step %2")
                                             .arg(QString::fromStdString(writer->name))
                                             .arg(variable.writtenAt)});
        rows.push_back(std::move(row));
    }
    for (const ExploredActor& actor : moment.actors)
        for (const NamedText& local : actor.locals) {
            Row row{.key = rows.size() + 1, .cells = {}, .line = static_cast<int>(actor.line)};
            row.cells.push_back({.text = QString::fromStdString(local.name)});
            row.cells.push_back({.text = QString::fromStdString(local.value)});
            row.cells.push_back(
                {.text = ExploredWords::tr("only %1").arg(QString::fromStdString(actor.name))});
            rows.push_back(std::move(row));
        }
    return rows;
}

WaitGraph exploredWaits(const ExploredMoment& moment)
{
    WaitGraph graph;
    for (const ExploredActor& actor : moment.actors)
        graph.actors.push_back(waitOf(moment, actor));
    for (std::size_t i = 0; i < moment.objects.size(); ++i) {
        ObjectMoment shown;
        shown.object = ObjectId{static_cast<std::uint32_t>(i + 1)};
        shown.name = moment.objects[i].name;
        shown.kind = moment.objects[i].kind;
        graph.objects.push_back(std::move(shown));
    }
    std::vector<std::uint32_t> seen;
    for (const ExploredActor& actor : moment.actors) {
        if (std::find(seen.begin(), seen.end(), actorId(actor.number).value) != seen.end())
            continue;
        WaitCycle cycle{chainFrom(graph, moment, actor.number), 0};
        for (const WaitCycle::Link& link : cycle.links)
            seen.push_back(link.actor.value);
        if (!cycle.links.empty())
            graph.cycles.push_back(std::move(cycle));
    }
    return graph;
}

} // namespace heddle::widgets

// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/inspector/inspected_moment.h"

#include "engine/model/trace/track.h"
#include "widgets/shared/end_text.h"
#include "widgets/shared/icons.h"
#include "widgets/shared/state_colours.h"

#include <QCoreApplication>
#include <QHash>
#include <QPainter>

#include <algorithm>

namespace heddle::widgets {

namespace {

constexpr std::size_t kLastMoments = 8; ///< the end, and what may come behind it
constexpr std::size_t kMostMoments = 4096; ///< how far is looked back for the loss of its parent

class InspectorWords
{
    Q_DECLARE_TR_FUNCTIONS(InspectorWords)
};

bool isProcess(const Lane& lane)
{
    return lane.actorKind == ActorKind::Process || lane.actorKind == ActorKind::Command;
}

std::int64_t processOf(const Trace& trace, ActorId actor)
{
    const auto lane = trace.lane(trace.laneOfActor(actor));
    return lane && isProcess(*lane) ? lane->number : 0;
}

std::int64_t cpuOf(const Trace& trace, ActorId actor, std::int64_t time)
{
    const auto lane = trace.lane(trace.laneOfActor(actor));
    if (!lane)
        return 0;
    std::int64_t byProgram = 0;
    for (const TrackId id : lane->tracks) {
        const Track* track = trace.track(id);
        if (track == nullptr)
            continue;
        const auto sums = track->sums(0, time);
        if (track->kind() == TrackKind::Scheduler)
            return sums[static_cast<std::size_t>(State::Running)];
        if (track->kind() == TrackKind::Activity)
            byProgram = sums[static_cast<std::size_t>(State::Running)]
                + sums[static_cast<std::size_t>(State::Computing)];
    }
    return byProgram;
}

/// An actor that does nothing at all has not begun, or has ended.
ActorLife lifeOf(const Trace& trace, const ActorMoment& actor, std::int64_t time)
{
    if (actor.state != State::None)
        return actor.state == State::Zombie ? ActorLife::Zombie : ActorLife::Living;
    const auto lane = trace.lane(trace.laneOfActor(actor.actor));
    if (!lane)
        return ActorLife::NotStarted;
    for (const TrackId id : lane->tracks) {
        const Track* track = trace.track(id);
        if (track != nullptr && track->kind() == TrackKind::Activity && track->sliceCount() > 0
            && track->slice(0).begin <= time)
            return ActorLife::Ended;
    }
    return ActorLife::NotStarted;
}

/// The end of an actor is among its lane's last moments; it may have become an orphan long before.
ActorFate fateOf(const Trace& trace, const ActorMoment& actor, std::int64_t time)
{
    ActorFate fate;
    fate.life = lifeOf(trace, actor, time);
    const auto lane = trace.lane(trace.laneOfActor(actor.actor));
    if (!lane || fate.life == ActorLife::NotStarted)
        return fate;
    const std::size_t count = trace.momentCount(lane->id, 0, time);
    const std::size_t first =
        count - std::min(count, isProcess(*lane) ? kMostMoments : kLastMoments);
    std::optional<Moment> stop;
    for (std::size_t i = count; i > first; --i) {
        const Moment moment = trace.moment(lane->id, i - 1);
        if (isEnd(moment.kind) && !fate.end && fate.life != ActorLife::Living) {
            fate.end = moment;
            fate.failure = QString::fromStdString(trace.name(moment.name));
        }
        fate.isOrphan = fate.isOrphan || moment.kind == Moment::Kind::Orphaned;
        if (moment.kind == Moment::Kind::Stopped || moment.kind == Moment::Kind::Continued)
            stop = stop.value_or(moment);
    }
    fate.isStopped = stop && stop->kind == Moment::Kind::Stopped;
    return fate;
}

QString fateText(const ActorFate& fate)
{
    if (fate.life == ActorLife::NotStarted)
        return InspectorWords::tr("not started");
    if (!fate.end)
        return fate.life == ActorLife::Zombie ? stateWord(State::Zombie)
                                              : InspectorWords::tr("has ended");
    const QString how = endText(*fate.end, fate.failure);
    return fate.life == ActorLife::Zombie ? InspectorWords::tr("zombie: %1, not reaped").arg(how)
                                          : how;
}

QString nameOf(const WaitGraph& graph, ActorId id)
{
    const auto found = std::find_if(graph.actors.begin(), graph.actors.end(),
        [id](const ActorMoment& actor) { return actor.actor == id; });
    return found == graph.actors.end() ? QString() : QString::fromStdString(found->name);
}

QString nameOf(const WaitGraph& graph, ObjectId id)
{
    const auto found = std::find_if(graph.objects.begin(), graph.objects.end(),
        [id](const ObjectMoment& object) { return object.object == id; });
    return found == graph.objects.end() ? QString() : QString::fromStdString(found->name);
}

QString livingText(const WaitGraph& graph, const ActorMoment& actor)
{
    if (actor.waitsForActor)
        return InspectorWords::tr("waits for the end of %1")
            .arg(nameOf(graph, actor.waitsForActor));
    if (!actor.waitsFor)
        return stateWord(actor.state);
    const QString object = nameOf(graph, actor.waitsFor);
    if (actor.heldBy.empty())
        return InspectorWords::tr("waits for %1").arg(object);
    return InspectorWords::tr("waits for %1 held by %2")
        .arg(object, actorNames(graph, actor.heldBy));
}

QPixmap swatch(State state, ColourScheme scheme)
{
    constexpr int kSide = 14;
    constexpr qreal kRatio = 2;
    QPixmap pixmap(static_cast<int>(kSide * kRatio), static_cast<int>(kSide * kRatio));
    pixmap.setDevicePixelRatio(kRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(stateLook(state, scheme).ink, 1));
    painter.setBrush(stateBrush(state, scheme, kRatio));
    painter.drawRoundedRect(QRectF(1.5, 1.5, kSide - 3, kSide - 3), 3, 3);
    return pixmap;
}

} // namespace

InspectedMoment inspect(const Trace& trace, std::int64_t time)
{
    InspectedMoment moment;
    moment.graph = waitGraphAt(trace, time);
    moment.times = TraceTimes(trace);
    for (const ActorMoment& actor : moment.graph.actors) {
        moment.cpuNanoseconds.push_back(cpuOf(trace, actor.actor, time));
        moment.fates.push_back(fateOf(trace, actor, time));
        moment.processes.push_back(processOf(trace, actor.actor));
    }
    return moment;
}

QString actorNames(const WaitGraph& graph, const std::vector<ActorId>& actors)
{
    QStringList names;
    for (const ActorId actor : actors)
        names.append(nameOf(graph, actor));
    return names.join(QStringLiteral(", "));
}

QString doingText(const WaitGraph& graph, const ActorMoment& actor, const ActorFate& fate)
{
    if (fate.life != ActorLife::Living)
        return fateText(fate);
    QString doing = livingText(graph, actor);
    if (fate.isStopped)
        doing = InspectorWords::tr("stopped by a signal (%1)").arg(doing);
    return fate.isOrphan ? InspectorWords::tr("%1, an orphan").arg(doing) : doing;
}

QIcon stateIcon(State state, ColourScheme scheme)
{
    static QHash<int, QIcon> icons;
    QIcon& icon = icons[static_cast<int>(state) * 2 + static_cast<int>(scheme)];
    if (icon.isNull())
        icon = QIcon(swatch(state, scheme));
    return icon;
}

std::vector<Row> actorRows(const InspectedMoment& moment, ColourScheme scheme)
{
    std::vector<Row> rows;
    for (std::size_t i = 0; i < moment.graph.actors.size(); ++i) {
        const ActorMoment& actor = moment.graph.actors[i];
        const std::int64_t since = std::max<std::int64_t>(0, moment.graph.time - actor.since);
        Row row{.key = actor.actor.value, .cells = {}, .line = actor.line};
        row.cells.push_back(
            {.text = QString::fromStdString(actor.name), .icon = stateIcon(actor.state, scheme)});
        const bool isThere = actor.state != State::None;
        const QString doing = doingText(moment.graph, actor, moment.fates[i]);
        row.cells.push_back({.text = doing, .toolTip = doing});
        row.cells.push_back(
            {.text = isThere ? moment.times.duration(since) : QString(), .isNumber = true});
        row.cells.push_back(
            {.text = moment.times.duration(moment.cpuNanoseconds[i]), .isNumber = true});
        row.cells.push_back(
            {.text = actor.line > 0 ? QString::number(actor.line) : QString(), .isNumber = true});
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Row> objectRows(const InspectedMoment& moment)
{
    std::vector<Row> rows;
    for (const ObjectMoment& object : moment.graph.objects) {
        Row row{.key = object.object.value, .cells = {}};
        row.cells.push_back(
            {.text = QString::fromStdString(object.name), .icon = primitiveIcon(object.kind)});
        row.cells.push_back({.text = actorNames(moment.graph, object.holders)});
        row.cells.push_back({.text = actorNames(moment.graph, object.queue)});
        row.cells.push_back({.text = object.hasLevel ? QString::number(object.level) : QString(),
            .isNumber = true});
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace heddle::widgets

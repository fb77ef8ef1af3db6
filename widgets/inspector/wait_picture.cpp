// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/inspector/wait_picture.h"

#include <QHash>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace heddle::widgets {

namespace {

constexpr std::size_t kNodeLimit = 24;
constexpr qreal kNodeHalfWidth = 58;
constexpr qreal kNodeHalfHeight = 16;

class PictureBuilder
{
public:
    explicit PictureBuilder(const WaitGraph& graph)
        : m_graph(graph)
    {
        for (const WaitCycle& cycle : graph.cycles)
            for (const WaitCycle::Link& link : cycle.links)
                if (const auto node = nodeOf(link.actor); node >= 0)
                    m_picture.nodes[static_cast<std::size_t>(node)].isInCycle = true;
        for (const ActorMoment& actor : graph.actors)
            if (actor.waitsFor || actor.waitsForActor)
                addWaits(actor);
    }

    WaitPicture take() { return std::move(m_picture); }

private:
    void addWaits(const ActorMoment& actor)
    {
        const auto from = nodeOf(actor.actor);
        if (from < 0) {
            ++m_picture.notDrawn;
            return;
        }
        if (actor.waitsForActor) {
            addArrow(from, nodeOf(actor.waitsForActor), {});
        } else if (actor.heldBy.empty()) {
            addArrow(from, nodeOf(actor.waitsFor), {});
        } else {
            for (const ActorId holder : actor.heldBy)
                addArrow(from, nodeOf(holder), objectName(actor.waitsFor));
        }
    }

    void addArrow(std::ptrdiff_t from, std::ptrdiff_t to, const QString& label)
    {
        if (to < 0)
            return;
        const auto first = static_cast<std::size_t>(from);
        const auto second = static_cast<std::size_t>(to);
        m_picture.arrows.push_back({first, second, label, isCycleStep(first, second)});
    }

    [[nodiscard]] bool isCycleStep(std::size_t from, std::size_t to) const
    {
        for (const WaitCycle& cycle : m_graph.cycles)
            for (const WaitCycle::Link& link : cycle.links)
                if (link.actor == m_picture.nodes[from].actor
                    && link.heldBy == m_picture.nodes[to].actor)
                    return true;
        return false;
    }

    std::ptrdiff_t nodeOf(ActorId id)
    {
        const auto found = m_actors.constFind(id.value);
        if (found != m_actors.constEnd())
            return *found;
        const auto actor = std::find_if(m_graph.actors.begin(), m_graph.actors.end(),
            [id](const ActorMoment& candidate) { return candidate.actor == id; });
        if (actor == m_graph.actors.end() || m_picture.nodes.size() >= kNodeLimit)
            return -1;
        m_actors.insert(id.value, static_cast<std::ptrdiff_t>(m_picture.nodes.size()));
        m_picture.nodes.push_back(
            {QString::fromStdString(actor->name), id, actor->state, false, {}});
        return static_cast<std::ptrdiff_t>(m_picture.nodes.size()) - 1;
    }

    std::ptrdiff_t nodeOf(ObjectId id)
    {
        const auto found = m_objects.constFind(id.value);
        if (found != m_objects.constEnd())
            return *found;
        if (m_picture.nodes.size() >= kNodeLimit)
            return -1;
        m_objects.insert(id.value, static_cast<std::ptrdiff_t>(m_picture.nodes.size()));
        m_picture.nodes.push_back({objectName(id), {}, State::None, false, {}});
        return static_cast<std::ptrdiff_t>(m_picture.nodes.size()) - 1;
    }

    [[nodiscard]] QString objectName(ObjectId id) const
    {
        const auto found = std::find_if(m_graph.objects.begin(), m_graph.objects.end(),
            [id](const ObjectMoment& object) { return object.object == id; });
        return found == m_graph.objects.end() ? QString() : QString::fromStdString(found->name);
    }

    const WaitGraph& m_graph;
    WaitPicture m_picture;
    QHash<quint32, std::ptrdiff_t> m_actors;
    QHash<quint32, std::ptrdiff_t> m_objects;
};

} // namespace

WaitPicture layOutWaits(const WaitGraph& graph, QSizeF size)
{
    WaitPicture picture = PictureBuilder(graph).take();
    const QPointF middle(size.width() / 2, size.height() / 2);
    const qreal radiusX = std::max(0.0, middle.x() - kNodeHalfWidth - 6);
    const qreal radiusY = std::max(0.0, middle.y() - kNodeHalfHeight - 6);
    const auto count = static_cast<qreal>(picture.nodes.size());
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
        const qreal angle =
            2 * std::numbers::pi * static_cast<qreal>(i) / count - std::numbers::pi / 2;
        picture.nodes[i].centre =
            middle + QPointF(radiusX * std::cos(angle), radiusY * std::sin(angle));
    }
    return picture;
}

} // namespace heddle::widgets

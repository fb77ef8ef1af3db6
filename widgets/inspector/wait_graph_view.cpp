// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/inspector/wait_graph_view.h"

#include "widgets/shared/arrow_walk.h"
#include "widgets/shared/state_colours.h"
#include "widgets/shared/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStringBuilder>

#include <algorithm>
#include <cmath>

namespace heddle::widgets {

namespace {

constexpr qreal kBoxHeight = 22;
constexpr qreal kArrowLength = 9;
constexpr qreal kLabelPlace = 0.4; // of the arrow: those of an opposite pair stand side by side

/// Where the line from outside to the centre of the box meets its edge.
QPointF edgeOf(const QRectF& box, QPointF outside)
{
    const QPointF centre = box.center();
    const QPointF away = outside - centre;
    const qreal byWidth = away.x() == 0 ? 1e9 : std::abs(box.width() / 2 / away.x());
    const qreal byHeight = away.y() == 0 ? 1e9 : std::abs(box.height() / 2 / away.y());
    return centre + away * std::min({byWidth, byHeight, 1.0});
}

} // namespace

WaitGraphView::WaitGraphView(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Who waits for whom"));
}

void WaitGraphView::setGraph(std::optional<WaitGraph> graph)
{
    m_graph = std::move(graph);
    layOut();
    describe();
}

void WaitGraphView::describe()
{
    const int current = currentNode();
    setAccessibleDescription(
        current < 0 ? description() : tr("%1 is marked. %2").arg(m_current, description()));
}

QString WaitGraphView::description() const
{
    if (!m_graph)
        return tr("Who waits for whom is drawn here while a program runs.");
    if (m_picture.nodes.empty())
        return tr("At this moment nobody waits for anybody.");
    QStringList sentences;
    for (const WaitPicture::Arrow& arrow : m_picture.arrows) {
        const QString from = m_picture.nodes[arrow.from].name;
        const QString to = m_picture.nodes[arrow.to].name;
        sentences.append(arrow.label.isEmpty()
                ? tr("%1 waits for %2.").arg(from, to)
                : tr("%1 waits for %2, held by %3.").arg(from, arrow.label, to));
    }
    return sentences.join(u' ');
}

void WaitGraphView::layOut()
{
    m_picture = m_graph ? layOutWaits(*m_graph, size()) : WaitPicture{};
    update();
}

void WaitGraphView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void WaitGraphView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("Who waits for whom"));
    QWidget::changeEvent(event);
}

void WaitGraphView::paintEvent(QPaintEvent* /*event*/)
{
    const ThemeColours& colours = themeColours(schemeOf(palette()));
    QPainter painter(this);
    painter.fillRect(rect(), colours.surface);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_picture.nodes.empty()) {
        painter.setPen(colours.textMuted);
        painter.drawText(
            rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap, description());
    }
    for (const WaitPicture::Arrow& arrow : m_picture.arrows)
        drawArrow(painter, arrow);
    for (const WaitPicture::Node& node : m_picture.nodes)
        drawNode(painter, node);
    for (const WaitPicture::Arrow& arrow : m_picture.arrows)
        drawLabel(painter, arrow);
    if (m_picture.notDrawn > 0) {
        painter.setPen(colours.textMuted);
        painter.drawText(rect().adjusted(6, 4, -6, -4), Qt::AlignBottom | Qt::AlignRight,
            tr("and %n more who wait", nullptr, static_cast<int>(m_picture.notDrawn)));
    }
    if (hasFocus())
        drawFocus(painter);
}

void WaitGraphView::drawFocus(QPainter& painter) const
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(themeColours(schemeOf(palette())).accent, 2));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
    if (const int current = currentNode(); current >= 0)
        painter.drawRoundedRect(
            boxOf(m_picture.nodes[static_cast<std::size_t>(current)]).adjusted(-3, -3, 3, 3), 6, 6);
}

QRectF WaitGraphView::boxOf(const WaitPicture::Node& node) const
{
    // Three side by side always find room.
    const qreal most = std::clamp<qreal>(width() / 3.0 - 8, 60, 140);
    const qreal wide = std::min<qreal>(fontMetrics().horizontalAdvance(node.name) + 16, most);
    return {node.centre.x() - wide / 2, node.centre.y() - kBoxHeight / 2, wide, kBoxHeight};
}

void WaitGraphView::drawArrow(QPainter& painter, const WaitPicture::Arrow& arrow) const
{
    const ThemeColours& colours = themeColours(schemeOf(palette()));
    const QColor colour = arrow.isInCycle ? colours.danger : colours.textMuted;
    painter.setPen(QPen(colour, arrow.isInCycle ? 2 : 1));
    if (arrow.from == arrow.to) {
        const QRectF box = boxOf(m_picture.nodes[arrow.from]);
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(QRectF(box.right() - 10, box.top() - 16, 24, 24));
        return;
    }
    const QRectF from = boxOf(m_picture.nodes[arrow.from]);
    const QRectF to = boxOf(m_picture.nodes[arrow.to]);
    const QPointF tail = edgeOf(from, to.center());
    const QPointF tip = edgeOf(to, from.center());
    painter.drawLine(tail, tip);
    const qreal angle = std::atan2(tip.y() - tail.y(), tip.x() - tail.x());
    const auto wing = [&](qreal turn) {
        return tip - QPointF(std::cos(angle + turn), std::sin(angle + turn)) * kArrowLength;
    };
    painter.setBrush(colour);
    painter.drawPolygon(QPolygonF({tip, wing(0.4), wing(-0.4)}));
}

void WaitGraphView::drawLabel(QPainter& painter, const WaitPicture::Arrow& arrow) const
{
    if (arrow.label.isEmpty())
        return;
    const ThemeColours& colours = themeColours(schemeOf(palette()));
    const QPointF from = m_picture.nodes[arrow.from].centre;
    const QPointF to = m_picture.nodes[arrow.to].centre;
    const QPointF middle =
        arrow.from == arrow.to ? from + QPointF(0, -24) : from + (to - from) * kLabelPlace;
    const QSizeF size(fontMetrics().horizontalAdvance(arrow.label) + 8, fontMetrics().height());
    const QRectF box(
        middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height());
    const bool coversNode = std::any_of(m_picture.nodes.begin(), m_picture.nodes.end(),
        [&](const WaitPicture::Node& node) { return boxOf(node).intersects(box); });
    if (coversNode) // there is no room for it; the tables say it as well
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.surface);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(arrow.isInCycle ? colours.danger : colours.text);
    painter.drawText(box, Qt::AlignCenter, arrow.label);
}

void WaitGraphView::drawNode(QPainter& painter, const WaitPicture::Node& node) const
{
    const ThemeColours& colours = themeColours(schemeOf(palette()));
    const QRectF box = boxOf(node);
    painter.setPen(QPen(node.isInCycle ? colours.danger : colours.border, node.isInCycle ? 2 : 1));
    painter.setBrush(colours.surfaceRaised);
    const qreal radius = node.actor ? 4 : kBoxHeight / 2;
    painter.drawRoundedRect(box, radius, radius);
    painter.setPen(colours.text);
    painter.drawText(box.adjusted(6, 0, -6, 0), Qt::AlignCenter,
        fontMetrics().elidedText(node.name, Qt::ElideMiddle, static_cast<int>(box.width()) - 12));
}

void WaitGraphView::mousePressEvent(QMouseEvent* event)
{
    for (const WaitPicture::Node& node : m_picture.nodes)
        if (node.actor && boxOf(node).contains(event->position()))
            emit actorChosen(node.actor.value);
    QWidget::mousePressEvent(event);
}

int WaitGraphView::currentNode() const
{
    for (std::size_t i = 0; i < m_picture.nodes.size(); ++i)
        if (m_picture.nodes[i].name == m_current)
            return static_cast<int>(i);
    return -1;
}

void WaitGraphView::focusInEvent(QFocusEvent* event)
{
    if (currentNode() < 0 && !m_picture.nodes.empty())
        m_current = m_picture.nodes.front().name;
    describe();
    QWidget::focusInEvent(event);
}

void WaitGraphView::keyPressEvent(QKeyEvent* event)
{
    const int current = currentNode();
    const bool isChoice = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Space;
    if (isArrow(event->key())) {
        std::vector<QPointF> places;
        for (const WaitPicture::Node& node : m_picture.nodes)
            places.push_back(node.centre);
        const int next = placeTowards(places, current, static_cast<Qt::Key>(event->key()));
        if (next >= 0)
            m_current = m_picture.nodes[static_cast<std::size_t>(next)].name;
        describe();
        update();
    } else if (isChoice && current >= 0
        && m_picture.nodes[static_cast<std::size_t>(current)].actor) {
        emit actorChosen(m_picture.nodes[static_cast<std::size_t>(current)].actor.value);
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace heddle::widgets

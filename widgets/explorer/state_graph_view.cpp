// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/state_graph_view.h"

#include "widgets/shared/theme.h"

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace heddle::widgets {

namespace {

constexpr qreal kRadius = 8;
constexpr qreal kLeastZoom = 0.05;
constexpr qreal kMostZoom = 6;
constexpr qreal kMargin = 14;

QPainterPath curveOf(const std::vector<QPointF>& points)
{
    QPainterPath path(points.front());
    for (std::size_t i = 1; i + 2 < points.size(); i += 3)
        path.cubicTo(points[i], points[i + 1], points[i + 2]);
    return path;
}

} // namespace

StateGraphView::StateGraphView(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    retranslate();
}

void StateGraphView::retranslate()
{
    setAccessibleName(tr("Graph of all states"));
    setAccessibleDescription(description());
}

void StateGraphView::setPicture(StatePicture picture, StateGraphLayout layout)
{
    m_picture = std::move(picture);
    m_layout = std::move(layout);
    m_message.clear();
    m_current.reset();
    fit();
    retranslate();
}

void StateGraphView::setMessage(const QString& message)
{
    m_picture = {};
    m_layout.reset();
    m_walk.clear();
    m_current.reset();
    m_message = message;
    retranslate();
    update();
}

void StateGraphView::setWalk(std::vector<std::uint32_t> states)
{
    m_walk = std::move(states);
    update();
}

QString StateGraphView::description() const
{
    if (!m_layout)
        return m_message;
    const auto count = [this](bool StatePicture::Node::*what) {
        return static_cast<int>(std::count_if(m_picture.nodes.begin(), m_picture.nodes.end(),
            [what](const StatePicture::Node& node) { return node.*what; }));
    };
    return tr("States: %1 · ends: %2 · deadlocks: %3 · violations: %4")
        .arg(m_picture.nodes.size())
        .arg(count(&StatePicture::Node::isEnd))
        .arg(count(&StatePicture::Node::isDeadlock))
        .arg(count(&StatePicture::Node::isViolated));
}

QPointF StateGraphView::placeOf(std::uint32_t state) const
{
    return m_layout ? m_layout->nodes[state] * m_zoom + m_offset : QPointF();
}

void StateGraphView::fit()
{
    m_isFitted = true;
    if (m_layout && !m_layout->size.isEmpty()) {
        const QSizeF room =
            QSizeF(size()) - QSizeF(2 * kMargin, 2 * kMargin + fontMetrics().height());
        m_zoom = std::clamp(std::min(room.width() / m_layout->size.width(),
                                room.height() / m_layout->size.height()),
            kLeastZoom, 1.4);
        const QSizeF drawn = m_layout->size * m_zoom;
        m_offset = QPointF((width() - drawn.width()) / 2,
            kMargin + std::max(0.0, (room.height() - drawn.height()) / 2));
    }
    update();
}

void StateGraphView::zoomBy(qreal factor)
{
    zoomAt(QRectF(rect()).center(), factor);
}

void StateGraphView::zoomAt(QPointF place, qreal factor)
{
    const qreal zoom = std::clamp(m_zoom * factor, kLeastZoom, kMostZoom);
    m_offset = place - (place - m_offset) * (zoom / m_zoom);
    m_zoom = zoom;
    m_isFitted = false;
    update();
}

void StateGraphView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (m_isFitted)
        fit();
}

void StateGraphView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

bool StateGraphView::isWalked(const StateGraphLayout::Edge& edge) const
{
    for (std::size_t i = 1; i < m_walk.size(); ++i)
        if (m_walk[i - 1] == edge.from && m_walk[i] == edge.to)
            return true;
    return false;
}

void StateGraphView::paintEvent(QPaintEvent* /*event*/)
{
    const ThemeColours& colours = themeColours(schemeOf(palette()));
    QPainter painter(this);
    painter.fillRect(rect(), colours.surface);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_layout) {
        painter.setPen(colours.textMuted);
        painter.drawText(
            rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap, m_message);
        paintFocus(painter);
        return;
    }
    painter.save();
    painter.translate(m_offset);
    painter.scale(m_zoom, m_zoom);
    for (const StateGraphLayout::Edge& edge : m_layout->edges)
        if (!isWalked(edge))
            paintEdge(painter, edge);
    for (const StateGraphLayout::Edge& edge : m_layout->edges)
        if (isWalked(edge))
            paintEdge(painter, edge);
    for (const StatePicture::Node& node : m_picture.nodes)
        paintNode(painter, node);
    painter.restore();
    paintLegend(painter);
    paintFocus(painter);
}

void StateGraphView::paintEdge(QPainter& painter, const StateGraphLayout::Edge& edge) const
{
    const ThemeColours& colours = themeColours(schemeOf(palette()));
    const bool walked = isWalked(edge);
    const QColor colour = walked ? colours.accent : colours.textMuted;
    painter.setPen(QPen(colour, walked ? 3 : 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(curveOf(edge.curve));
    const QPointF tip = edge.curve.back();
    const QPointF before = edge.curve[edge.curve.size() - 2];
    const qreal angle = std::atan2(tip.y() - before.y(), tip.x() - before.x());
    const qreal length = walked ? 8 : 6;
    const auto wing = [&](qreal turn) {
        return tip - QPointF(std::cos(angle + turn), std::sin(angle + turn)) * length;
    };
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const QPointF end = tip + QPointF(std::cos(angle), std::sin(angle)) * 3;
    painter.drawPolygon(QPolygonF({end, wing(0.45), wing(-0.45)}));
}

/// A square for a deadlock, a diamond for a violation, a ring for an end: told apart without colour.
void StateGraphView::paintShape(QPainter& painter, const StatePicture::Node& node, QPointF centre)
{
    const QRectF box(centre.x() - kRadius, centre.y() - kRadius, 2 * kRadius, 2 * kRadius);
    if (node.isDeadlock) {
        painter.drawRect(box.adjusted(1, 1, -1, -1));
    } else if (node.isViolated) {
        painter.drawPolygon(
            QPolygonF({centre - QPointF(0, kRadius + 2), centre + QPointF(kRadius + 2, 0),
                centre + QPointF(0, kRadius + 2), centre - QPointF(kRadius + 2, 0)}));
    } else {
        painter.drawEllipse(box);
        if (node.isEnd)
            painter.drawEllipse(box.adjusted(3.5, 3.5, -3.5, -3.5));
    }
}

void StateGraphView::paintNode(QPainter& painter, const StatePicture::Node& node) const
{
    const ThemeColours& colours = themeColours(schemeOf(palette()));
    const QPointF centre = m_layout->nodes[node.number];
    const bool isHere = !m_walk.empty() && m_walk.back() == node.number;
    const bool isOnWalk = std::find(m_walk.begin(), m_walk.end(), node.number) != m_walk.end();
    const QColor colour = node.isDeadlock ? colours.danger
        : node.isViolated                 ? colours.warning
        : node.isEnd                      ? colours.success
        : isOnWalk                        ? colours.accent
                                          : colours.textMuted;
    const bool isFilled = isHere || node.isDeadlock || node.isViolated;
    painter.setPen(QPen(isHere ? colours.accent : colour, isHere ? 4 : 1.6));
    painter.setBrush(isFilled ? colour : colours.surface);
    paintShape(painter, node, centre);
    if (!node.isStart)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(isHere ? colours.accentText : colours.text);
    painter.drawPolygon(
        QPolygonF({centre + QPointF(4, 0), centre + QPointF(-3, 4), centre + QPointF(-3, -4)}));
}

void StateGraphView::paintLegend(QPainter& painter) const
{
    const ThemeColours& colours = themeColours(schemeOf(palette()));
    const QString text = description();
    const QSize room = fontMetrics().size(Qt::TextSingleLine, text);
    const QRect box(6, height() - room.height() - 8, std::min(room.width() + 12, width() - 12),
        room.height() + 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.surfaceRaised);
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(colours.textMuted);
    painter.drawText(box.adjusted(6, 0, -6, 0), Qt::AlignVCenter,
        fontMetrics().elidedText(text, Qt::ElideRight, box.width() - 12));
}

std::optional<std::uint32_t> StateGraphView::stateAt(QPointF place) const
{
    if (!m_layout)
        return std::nullopt;
    const qreal reach = std::max(5.0, kRadius * m_zoom + 2);
    for (const StatePicture::Node& node : m_picture.nodes) {
        const QPointF away = placeOf(node.number) - place;
        if (std::hypot(away.x(), away.y()) <= reach)
            return node.number;
    }
    return std::nullopt;
}

QString StateGraphView::toolTipOf(std::uint32_t state) const
{
    const StatePicture::Node& node = m_picture.nodes[state];
    QString text = tr("State %1").arg(state);
    if (node.isDeadlock)
        text += QStringLiteral(" — ") + tr("deadlock");
    else if (node.isViolated)
        text += QStringLiteral(" — ") + tr("violation");
    else if (node.isEnd)
        text += QStringLiteral(" — ") + tr("end");
    return text + u'\n' + QString::fromStdString(node.label);
}

bool StateGraphView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const auto state = stateAt(help->pos());
        if (state)
            QToolTip::showText(help->globalPos(), toolTipOf(*state), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void StateGraphView::wheelEvent(QWheelEvent* event)
{
    zoomAt(event->position(), std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

void StateGraphView::mousePressEvent(QMouseEvent* event)
{
    m_pressedAt = event->position();
    m_draggedFrom = m_offset;
    m_isDragging = false;
}

void StateGraphView::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF moved = event->position() - m_pressedAt;
    if (!m_isDragging && moved.manhattanLength() < QApplication::startDragDistance())
        return;
    m_isDragging = true;
    m_isFitted = false;
    m_offset = m_draggedFrom + moved;
    update();
}

void StateGraphView::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_isDragging || event->button() != Qt::LeftButton)
        return;
    if (const auto state = stateAt(event->position()))
        emit stateChosen(*state);
}

} // namespace heddle::widgets

// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/explorer/state_graph_view.h"
#include "widgets/shared/arrow_walk.h"
#include "widgets/shared/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

// The graph of the states by keys: from state to state, into one, and nearer or farther away.

namespace heddle::widgets {

namespace {

constexpr qreal kPan = 40;
constexpr qreal kRing = 13; ///< around the state that the keys have come to
constexpr int kTellMilliseconds = 20'000;

} // namespace

void StateGraphView::paintFocus(QPainter& painter) const
{
    if (!hasFocus())
        return;
    const ThemeColours& colours = themeColours(schemeOf(palette()));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colours.accent, 2));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
    if (!m_current)
        return;
    painter.setPen(QPen(colours.text, 2, Qt::DashLine));
    painter.drawEllipse(
        placeOf(*m_current), std::max(6.0, kRing * m_zoom), std::max(6.0, kRing * m_zoom));
}

void StateGraphView::pan(QPointF way)
{
    m_offset += way;
    m_isFitted = false;
    update();
}

void StateGraphView::goTowards(Qt::Key arrow)
{
    if (!m_layout || m_layout->nodes.empty())
        return;
    if (!m_current) {
        m_current = m_walk.empty() ? 0 : m_walk.back();
    } else {
        const std::vector<QPointF> places(m_layout->nodes.begin(), m_layout->nodes.end());
        m_current =
            static_cast<std::uint32_t>(placeTowards(places, static_cast<int>(*m_current), arrow));
    }
    showCurrent();
}

/// Within the picture, with all that a tooltip would say.
void StateGraphView::showCurrent()
{
    const QPointF place = placeOf(*m_current);
    const QRectF room = QRectF(rect()).adjusted(kPan / 2, kPan / 2, -kPan / 2, -kPan / 2);
    const QPointF seen(std::clamp(place.x(), room.left(), std::max(room.left(), room.right())),
        std::clamp(place.y(), room.top(), std::max(room.top(), room.bottom())));
    if (seen != place)
        pan(seen - place);
    setAccessibleDescription(toolTipOf(*m_current));
    QToolTip::showText(mapToGlobal((placeOf(*m_current) + QPointF(kRing, kRing)).toPoint()),
        toolTipOf(*m_current), this, {}, kTellMilliseconds);
    update();
}

void StateGraphView::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    if (isArrow(key) && event->modifiers().testFlag(Qt::ControlModifier)) {
        pan(QPointF(key == Qt::Key_Left ? kPan
                : key == Qt::Key_Right  ? -kPan
                                        : 0,
            key == Qt::Key_Up         ? kPan
                : key == Qt::Key_Down ? -kPan
                                      : 0));
        return;
    }
    if (isArrow(key)) {
        goTowards(static_cast<Qt::Key>(key));
        return;
    }
    switch (key) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomBy(1.25);
    case Qt::Key_Minus:
        return zoomBy(0.8);
    case Qt::Key_Home:
    case Qt::Key_0:
        return fit();
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current)
            emit stateChosen(*m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace heddle::widgets

// SPDX-License-Identifier: GPL-3.0-only
// The gestures of the timeline.
#include "widgets/timeline/timeline_canvas.h"

#include <QApplication>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace heddle::widgets {

namespace {

constexpr double kPanByWheel = 0.1;
constexpr double kZoomByWheel = 0.8;
constexpr int kScrollByWheel = 60;
constexpr double kWheelStep = 120.0;

} // namespace

TimelineCanvas::Drag TimelineCanvas::dragFor(const QMouseEvent& event) const
{
    const TimelineFrame& frame = m_view.scene().frame;
    const QPoint point = event.pos();
    if (frame.minimap().contains(point))
        return Drag::Minimap;
    if (point.x() < frame.headerWidth)
        return Drag::None;
    if (event.button() == Qt::MiddleButton || event.button() == Qt::RightButton)
        return Drag::Pan;
    if (event.modifiers() & Qt::ShiftModifier)
        return Drag::Scrub;
    if (frame.ruler().contains(point) || (event.modifiers() & Qt::ControlModifier))
        return Drag::ZoomRegion;
    return Drag::Select;
}

void TimelineCanvas::mousePressEvent(QMouseEvent* event)
{
    setFocus(Qt::MouseFocusReason);
    m_drag = dragFor(*event);
    m_hasMoved = false;
    m_pressed = event->pos();
    m_pressedTime = timeUnder(m_pressed.x());
    m_pressedBegin = m_range.begin().count();
    m_pressedScroll = m_view.scene().frame.scrollY;
    if (m_drag == Drag::Minimap || m_drag == Drag::Scrub)
        dragTo(m_pressed);
    else if (m_drag == Drag::None && event->button() == Qt::LeftButton)
        clickHeader(m_pressed);
    else if (m_drag == Drag::Pan)
        setCursor(Qt::ClosedHandCursor);
}

void TimelineCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() == Qt::NoButton || m_drag == Drag::None) {
        m_view.setHovered(sliceAt(m_view.scene(), event->pos()));
        return;
    }
    if (!m_hasMoved
        && (event->pos() - m_pressed).manhattanLength() < QApplication::startDragDistance() / 2)
        return;
    m_hasMoved = true;
    dragTo(event->pos());
}

void TimelineCanvas::dragTo(const QPoint& point)
{
    switch (m_drag) {
    case Drag::None:
        return;
    case Drag::Select:
    case Drag::ZoomRegion:
        selectArea(point);
        return;
    case Drag::Pan: {
        const double moved =
            (m_pressed.x() - point.x()) * nanosecondsPerPixel(m_view.scene().scale);
        m_navigator.panTo(m_pressedBegin + static_cast<std::int64_t>(std::llround(moved)));
        m_view.scrollTo(m_pressedScroll + m_pressed.y() - point.y());
        return;
    }
    case Drag::Minimap:
        centreOnMinimap(point.x());
        return;
    case Drag::Scrub:
        m_range.setCursor(std::chrono::nanoseconds{timeUnder(point.x())});
        return;
    }
}

void TimelineCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    const Drag drag = std::exchange(m_drag, Drag::None);
    unsetCursor();
    if (drag == Drag::ZoomRegion && m_hasMoved) {
        const TimelineSelection selection = m_range.selection();
        m_range.clearSelection();
        if (!selection.isEmpty())
            m_navigator.show(selection.begin.count(), selection.end.count());
        return;
    }
    if (!m_hasMoved && (drag == Drag::Select || drag == Drag::ZoomRegion))
        click(event->pos());
}

void TimelineCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (const auto place = sliceAt(m_view.scene(), event->pos()))
        m_navigator.fit(place->slice.begin, place->slice.end);
}

void TimelineCanvas::selectArea(const QPoint& point)
{
    const TimelineScene& scene = m_view.scene();
    const auto [begin, end] = std::minmax({m_pressedTime, timeUnder(point.x())});
    TimelineSelection selection{std::chrono::nanoseconds{begin}, std::chrono::nanoseconds{end}, {}};
    if (m_drag == Drag::Select)
        selection.lanes =
            lanesBetween(scene.layout, m_pressedScroll + m_pressed.y() - scene.frame.lanesTop(),
                scene.frame.toLayout(point.y()));
    m_range.setSelection(selection);
}

void TimelineCanvas::click(const QPoint& point)
{
    const TimelineScene& scene = m_view.scene();
    m_range.clearSelection();
    m_range.setCursor(std::chrono::nanoseconds{timeUnder(point.x())});
    if (!scene.frame.lanes().contains(point))
        return;
    if (const GroupPlace* group = scene.layout.groupAt(scene.frame.toLayout(point.y()))) {
        m_view.toggleGroup(group->group);
        return;
    }
    select(sliceAt(scene, point));
    if (const LanePlace* lane = scene.layout.laneAt(scene.frame.toLayout(point.y()))) {
        setRowOfLane(lane->lane.id);
        emit laneActivated(lane->lane.id);
    }
}

void TimelineCanvas::clickHeader(const QPoint& point)
{
    const TimelineScene& scene = m_view.scene();
    if (!scene.frame.headers().contains(point))
        return;
    const int y = scene.frame.toLayout(point.y());
    if (const GroupPlace* group = scene.layout.groupAt(y))
        m_view.toggleGroup(group->group);
    else if (const LanePlace* lane = scene.layout.laneAt(y)) {
        setRowOfLane(lane->lane.id);
        update();
        emit laneActivated(lane->lane.id);
    }
}

void TimelineCanvas::centreOnMinimap(int x)
{
    const double centre = shareUnder(x) * static_cast<double>(m_range.extent().count());
    m_navigator.panTo(static_cast<std::int64_t>(centre) - m_range.duration().count() / 2);
}

void TimelineCanvas::wheelEvent(QWheelEvent* event)
{
    const QPoint delta = event->angleDelta();
    // Some platforms turn Shift+wheel into a horizontal wheel themselves.
    const double steps = (delta.y() != 0 ? delta.y() : delta.x()) / kWheelStep;
    const bool isSideways = (event->modifiers() & Qt::ShiftModifier) || delta.y() == 0;
    if (event->modifiers() & Qt::ControlModifier)
        m_navigator.zoom(shareUnder(qRound(event->position().x())), std::pow(kZoomByWheel, steps));
    else if (isSideways)
        m_navigator.pan(-steps * kPanByWheel);
    else
        m_view.scrollTo(m_view.scene().frame.scrollY - qRound(steps * kScrollByWheel));
    event->accept();
}

} // namespace heddle::widgets

// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/overlay_painter.h"

#include <QFontMetrics>
#include <QPainterPath>

#include <algorithm>

namespace heddle::widgets {

namespace {

constexpr std::size_t kMostEdges = 200;

} // namespace

OverlayPainter::OverlayPainter(QPainter& painter, const TimelineScene& scene)
    : m_painter(painter)
    , m_scene(scene)
    , m_colours(themeColours(scene.scheme))
{
}

void OverlayPainter::paint()
{
    m_painter.save();
    m_painter.setClipRect(m_scene.frame.lanes());
    paintDeadlocks();
    if (m_scene.hovered)
        paintSlice(*m_scene.hovered, m_colours.text, 1.0);
    if (m_scene.selected)
        paintSlice(*m_scene.selected, m_colours.accent, 2.0);
    paintEdges();
    paintSelection();
    m_painter.restore();
    paintCursor();
}

QRectF OverlayPainter::areaOf(const PlacedSlice& place) const
{
    const LanePlace* lane = m_scene.layout.laneWith(place.lane);
    if (!lane)
        return {};
    const double width = m_scene.frame.canvasWidth();
    const double left = std::clamp(pixelAt(m_scene.scale, place.slice.begin), -3.0, width + 3.0);
    const double right = std::clamp(pixelAt(m_scene.scale, place.slice.end), -3.0, width + 3.0);
    for (const StripPlace& strip : lane->strips) {
        if (strip.track == place.track)
            return {m_scene.frame.headerWidth + std::round(left),
                static_cast<qreal>(m_scene.frame.toWidget(strip.y)),
                std::max(2.0, std::round(right) - std::round(left) - 1),
                static_cast<qreal>(strip.height)};
    }
    return {};
}

void OverlayPainter::paintSlice(const PlacedSlice& place, const QColor& colour, double thickness)
{
    const QRectF area = areaOf(place);
    if (area.isEmpty())
        return;
    QPen pen(colour, thickness);
    pen.setJoinStyle(Qt::MiterJoin);
    m_painter.setPen(pen);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRect(area.adjusted(thickness / 2, thickness / 2, -thickness / 2, -thickness / 2));
}

void OverlayPainter::paintDeadlocks()
{
    for (const DeadlockMark& mark : m_scene.deadlocks) {
        const LanePlace* lane = m_scene.layout.laneWith(mark.lane);
        if (!lane || lane->strips.empty() || mark.since >= m_scene.scale.end)
            continue;
        const StripPlace& strip = lane->strips.front();
        const double width = m_scene.frame.canvasWidth();
        const double left = std::max(-4.0, std::round(pixelAt(m_scene.scale, mark.since)));
        const double right = std::min(
            width + 4.0, std::round(pixelAt(m_scene.scale, std::max(mark.time, m_scene.extent))));
        const QRectF frame(m_scene.frame.headerWidth + left, m_scene.frame.toWidget(strip.y) - 1.0,
            right - left, strip.height + 2.0);
        m_painter.setBrush(Qt::NoBrush);
        // A line of the surface around it keeps the frame apart from the colour of the wait.
        for (const QPen& line : {QPen(m_colours.surface, 5), QPen(m_colours.danger, 2)}) {
            QPen pen = line;
            pen.setJoinStyle(Qt::MiterJoin);
            m_painter.setPen(pen);
            m_painter.drawRect(frame);
        }
        const double noticed =
            m_scene.frame.headerWidth + std::round(pixelAt(m_scene.scale, mark.time));
        QPainterPath flag;
        flag.moveTo(noticed, frame.top());
        flag.lineTo(noticed + 9, frame.top() + 4);
        flag.lineTo(noticed, frame.top() + 8);
        flag.closeSubpath();
        m_painter.fillPath(flag, m_colours.danger);
        m_painter.fillRect(QRectF(noticed - 1, frame.top(), 2, frame.height()), m_colours.danger);
    }
}

void OverlayPainter::paintEdges()
{
    m_painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t index = 0; index < std::min(m_scene.edges.size(), kMostEdges); ++index)
        paintEdge(m_scene.edges[index]);
    m_painter.setRenderHint(QPainter::Antialiasing, false);
}

void OverlayPainter::paintEdge(const Edge& edge)
{
    const LanePlace* from = m_scene.layout.laneWith(edge.from);
    const LanePlace* to = m_scene.layout.laneWith(edge.to);
    if (!from || !to)
        return;
    const auto pointIn = [this](const LanePlace& lane, std::int64_t time) {
        const double y = lane.strips.empty()
            ? lane.y + lane.height / 2.0
            : lane.strips.front().y + lane.strips.front().height / 2.0;
        const double x = std::clamp(pixelAt(m_scene.scale, time), -20000.0, 20000.0);
        return QPointF(m_scene.frame.headerWidth + x, m_scene.frame.toWidget(0) + y);
    };
    const QPointF start = pointIn(*from, edge.fromTime);
    const QPointF finish = pointIn(*to, edge.toTime);
    const double bend = std::clamp(std::abs(finish.x() - start.x()) / 2, 12.0, 60.0);
    QPainterPath path(start);
    path.cubicTo(start + QPointF(bend, 0), finish - QPointF(bend, 0), finish);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(QPen(m_colours.surface, 3.5));
    m_painter.drawPath(path);
    m_painter.setPen(QPen(m_colours.accent, 1.6));
    m_painter.drawPath(path);
    QPainterPath head(finish);
    head.lineTo(finish + QPointF(-7, -4));
    head.lineTo(finish + QPointF(-7, 4));
    head.closeSubpath();
    m_painter.fillPath(head, m_colours.accent);
}

void OverlayPainter::paintSelection()
{
    if (m_scene.selection.isEmpty())
        return;
    const double left =
        std::max(-2.0, std::round(pixelAt(m_scene.scale, m_scene.selection.begin.count())));
    const double right = std::min(m_scene.frame.canvasWidth() + 2.0,
        std::round(pixelAt(m_scene.scale, m_scene.selection.end.count())));
    const QRect lanes = m_scene.frame.lanes();
    QRectF area(m_scene.frame.headerWidth + left, lanes.top(), right - left, lanes.height());
    if (!m_scene.selection.lanes.empty()) {
        const LanePlace* first = m_scene.layout.laneWith(m_scene.selection.lanes.front());
        const LanePlace* last = m_scene.layout.laneWith(m_scene.selection.lanes.back());
        if (!first || !last)
            return;
        area.setTop(m_scene.frame.toWidget(first->y));
        area.setBottom(m_scene.frame.toWidget(last->y + last->height - 1));
    }
    QColor tint = m_colours.accent;
    tint.setAlpha(38);
    m_painter.fillRect(area, tint);
    m_painter.setPen(m_colours.accent);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRect(area.adjusted(0, 0, -1, -1));
}

void OverlayPainter::paintCursor()
{
    if (!m_scene.cursor || *m_scene.cursor < m_scene.scale.begin
        || *m_scene.cursor > m_scene.scale.end)
        return;
    const QRect ruler = m_scene.frame.ruler();
    const double x =
        m_scene.frame.headerWidth + std::round(pixelAt(m_scene.scale, *m_scene.cursor));
    m_painter.fillRect(
        QRectF(x, ruler.top(), 1, m_scene.frame.height - ruler.top()), m_colours.accent);
    const auto resolution = static_cast<std::int64_t>(nanosecondsPerPixel(m_scene.scale));
    const QString words = m_scene.times.moment(*m_scene.cursor, resolution);
    m_painter.save();
    m_painter.setFont(m_scene.font);
    const int width = QFontMetrics(m_scene.font).horizontalAdvance(words) + 12;
    const double left = std::clamp(x - width / 2.0, static_cast<double>(ruler.left()),
        std::max<double>(ruler.left(), ruler.right() + 1 - width));
    const QRectF chip(left, ruler.top() + 2, width, ruler.height() - 5);
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_colours.accent);
    m_painter.drawRoundedRect(chip, 4, 4);
    m_painter.setPen(m_colours.accentText);
    m_painter.drawText(chip, Qt::AlignCenter, words);
    m_painter.restore();
}

} // namespace heddle::widgets
